"""Figures of a simulation in words: rounded to what they are worth, with units, intervals and plurals."""

from typing import NamedTuple

from api.cli.voice import Voice
from scenarios.experiments.interval import Interval

WEEK = 7
WEEKS_FROM_DAYS = 70
"""Waits from ten weeks up are told in weeks, shorter ones in days."""
MILLION = 1_000_000
MOST_FINER = 3


class Unit(NamedTuple):
    """How figures of a measure are told: how many go to one, and the noun, if it is named."""

    size: float
    noun: str


ONE = Unit(1, "")


def unit_of(measure: str, *figures: float) -> Unit:
    """The unit of a measure, for figures of the size of those given."""
    name = measure.partition(".")[0]
    if name.endswith("_days"):
        return Unit(WEEK, "week") if max(figures) >= WEEKS_FROM_DAYS else Unit(1, "day")
    return Unit(MILLION, "million_sek") if name.endswith("_sek") else Unit(1, "")


def rounded(value: float, finer: int = 0) -> float:
    """A figure to three digits and no more than one decimal, or so many digits finer: 3 150, 41 and 2.5."""
    size = abs(value)
    digits = 3 - len(str(int(size))) if size >= 1000 else 0 if size >= 10 else 1
    return round(value, digits + finer) + 0.0


def figure(voice: Voice, value: float, unit: Unit = ONE, finer: int = 0) -> str:
    """A figure in its unit, rounded, as the language writes it."""
    told = rounded(value / unit.size, finer)
    return voice.figures.number(int(told) if told == int(told) else told)


def finer_to_tell(voice: Voice, one: float, other: float, unit: Unit) -> int:
    """How much finer two figures must be told so that they do not look the same though they differ."""
    for finer in range(MOST_FINER):
        if figure(voice, one, unit, finer) != figure(voice, other, unit, finer):
            return finer
    return MOST_FINER


def finer_than_nothing(value: float, unit: Unit, finer: int = 0) -> int:
    """How much finer a figure that is not 0 must be told so that it does not look like 0."""
    while finer < MOST_FINER and rounded(value / unit.size, finer) == 0:
        finer += 1
    return finer


def counted(voice: Voice, value: float, unit: Unit, finer: int = 0) -> str:
    """A figure with its noun in the right number."""
    told = figure(voice, value, unit, finer)
    form = "one" if told == voice.figures.number(1) else "other"
    return voice.texts(f"count.{unit.noun}.{form}", n=told)


def span(voice: Voice, low: float, high: float, unit: Unit, finer: int = 0) -> str:
    """An interval: 14–21, or with a word between where there is a minus sign.

    An interval that holds no 0 has none at its ends, however near it comes.
    """
    if low * high > 0:
        finer = finer_than_nothing(min(low, high, key=abs), unit, finer)
    ends = {"low": figure(voice, low, unit, finer), "high": figure(voice, high, unit, finer)}
    if ends["low"] == ends["high"]:
        return ends["low"]
    signs = rounded(low / unit.size, finer) < 0
    return voice.texts("simulate.span_signed" if signs else "simulate.span", **ends)


def signed(voice: Voice, value: float, unit: Unit) -> str:
    """A difference with its sign."""
    told = figure(voice, value, unit)
    return f"+{told}" if rounded(value / unit.size) > 0 else told


def magnitude(found: Interval) -> tuple[float, float, float]:
    """A clear difference without its sign: mean, low and high, from the smaller to the greater."""
    ends = sorted((abs(float(found.low)), abs(float(found.high))))
    return abs(float(found.mean)), ends[0], ends[1]
