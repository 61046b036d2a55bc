"""Figures of a run to those who see counts alone: of people in steps of five, and never a count from 1 to 4.

A run starts in the real city, so its first weeks are nearly counts of it. Rounded to five, neither a level
nor the difference of two, nor what is left of a sum, tells how few somebody is. A night is a person's: 35 in
a week are five people. So is a cost: whoever knows what a place costs reads from it how many live there, so
money is told in steps of what five people cost in the dearest place of the run. Over many weeks one person
adds nights and costs again and again; the step of a sum is that of a person's stay. Waits and costs of a
group that is too small to be told are left out with it.

That holds for what one run tells, its borders being hidden (`borders`). Who asks dozens of runs that differ
in nothing that matters may average them; every run is in the record with who asked for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor, log10
from typing import Any

from api.usecases.scenario_runs.borders import Border

PEOPLE, NIGHTS = 5, 35
STAY_WEEKS = 26
"""Weeks for which one person at the most is counted in a sum over weeks: half a year."""

WEEKS_A_YEAR = 365.25 / 7
PARTS = ("mean", "low", "high")
RESTS_ON = {
    "wait_median_days": "placed",
    "wait_p90_days": "placed",
    "waiting_median_days": "waiting",
    "waiting_p90_days": "waiting",
    "cost_sek": "occupied",
    "cost_support_sek": "occupied",
    "cost_hotel_sek": "nights_hotel",
}
"""Whose size decides whether a measure that counts nobody is told: cost_sek.women by occupied.women."""

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Grain:
    """How coarsely the figures of a stretch of weeks are told.

    Attributes
    ----------
    weeks
        For how many weeks one person may count in a figure of nights or costs.
    place_week_sek
        What a place costs a week at the most, SEK; None where that is not known, and no cost is told.
    restoration_sek
        What it costs at the most to restore a place after a stay, SEK.
    border
        Where figures are rounded up; halfway where there is none.
    """

    weeks: float = 1.0
    place_week_sek: float | None = None
    restoration_sek: float = 0.0
    border: Border | None = None

    def to_step(self, measure: str, value: float | None) -> float | None:
        """A figure to a step near it; a whole number of steps stays as it is."""
        step = self.step(measure)
        if step is None or value is None:
            return value
        share = 0.5 if self.border is None else self.border.share(measure)
        # The least of a step's parts is taken off, lest 10.000000001 count as more than ten.
        return float(step * floor(round(value / step, 9) + share))

    def of(self, border: Border | None) -> "Grain":
        """The grain of another side."""
        return replace(self, border=border)

    def in_week(self, week: int) -> "Grain":
        """The grain of a week."""
        return self if self.border is None else self.of(self.border.in_week(week))

    def step(self, measure: str) -> float | None:
        """What a measure is rounded to; None for one that counts no people, or that is not told."""
        first = measure.partition(".")[0]
        if first.endswith("_days"):
            return None
        if first.endswith("_sek"):
            return self._money(first)
        return _even(NIGHTS * self.weeks) if "nights_" in first else PEOPLE

    def hides(self, measure: str) -> bool:
        """Whether a measure is not told at all."""
        return self.place_week_sek is None and measure.partition(".")[0].endswith("_sek")

    def whole(self, weeks: int) -> "Grain":
        """The grain of sums over all weeks of a run."""
        return replace(self, weeks=min(weeks, STAY_WEEKS))

    def a_year(self, weeks: int) -> "Grain":
        """The grain of such sums, told as a year's worth."""
        share = WEEKS_A_YEAR / weeks
        return replace(
            self, weeks=min(weeks, STAY_WEEKS) * share, restoration_sek=self.restoration_sek * share
        )

    def _money(self, first: str) -> float | None:
        if self.place_week_sek is None:
            return None
        places, stays = self.place_week_sek * self.weeks, self.restoration_sek
        if first == "cost_restoration_sek":
            return _even(PEOPLE * stays)
        return _even(PEOPLE * max(places, stays if first == "cost_total_sek" else 0.0))


A_WEEK = Grain()
"""The grain of a week, or of a month told as a week's worth, where no cost is told."""


def _even(step: float) -> float:
    """A step of at least this much with two figures, so that what is shown is easily read."""
    if step <= NIGHTS:
        return float(ceil(step))
    tens = 10.0 ** (floor(log10(step)) - 1)
    return float(ceil(round(step / tens, 6)) * tens)


def rested_on(measure: str) -> str | None:
    """The measure that says how many people another one is of; None where it is one itself."""
    first, dot, group = measure.partition(".")
    return f"{RESTS_ON[first]}{dot}{group}" if first in RESTS_ON else None


def is_small(measure: str, value: float | None, grain: Grain = A_WEEK) -> bool:
    """Whether a count is too small to be told."""
    step = grain.step(measure)
    return step is not None and value is not None and 0 < abs(value) < step


def rounded(value: float | None, step: float) -> float | None:
    """A number to the nearest step."""
    return None if value is None else float(step * round(value / step))


def shown_interval(measure: str, told: Answer, base: bool = False, grain: Grain = A_WEEK) -> dict[str, Any]:
    """A figure with its interval as it is shown; one too small is null, and `shown` says below what it is.

    Parameters
    ----------
    base
        Whether the figure rests on people too few to be told.
    """
    step = grain.step(measure)
    if base or grain.hides(measure):
        return {**told, **dict.fromkeys(PARTS)}
    if step is None:
        return dict(told)
    if is_small(measure, told["mean"], grain):
        return {**told, **dict.fromkeys(PARTS), "shown": f"<{step:.0f}"}
    return {**told, **{part: grain.to_step(measure, told[part]) for part in PARTS}}


def shown_series(
    measure: str,
    told: Answer,
    few: Sequence[bool] | None = None,
    grain: Grain = A_WEEK,
    begins: Sequence[int] | None = None,
) -> dict[str, Any]:
    """A figure of each week or month as it is shown.

    Parameters
    ----------
    begins
        First week of each month; without it figures are of weeks.
    """
    moments = [
        shown_interval(
            measure,
            {part: told[part][at] for part in PARTS},
            few is not None and at < len(few) and few[at],
            grain.in_week(at if begins is None else begins[at]),
        )
        for at in range(len(told["mean"]))
    ]
    series: dict[str, Any] = {part: [one[part] for one in moments] for part in PARTS}
    return {**series, "shown": [one.get("shown") for one in moments]}
