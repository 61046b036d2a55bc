"""What may stand at a key of a change: numbers, words and texts, and what is wrong when it may not."""

import math
from collections.abc import Callable, Iterator
from typing import Any

from models.exchange.cells import refused
from models.exchange.columns import LARGEST_NUMBER
from scenarios.whatif.faults import Place, ScenarioFault

YEARS = ("this", "next")
"""Calendar years told from the as-of date."""

MOST_FACTOR = 1000
MOST_PLACES = 100_000
MOST_WEEKS = 5200
"""A factor, places or weeks above this are a slip of the hand."""

Reader = Callable[[Place, str, Any], Iterator[ScenarioFault]]
"""Faults of a value at a key."""


def listed(value: Any) -> tuple[Any, ...]:
    """A value that may stand alone or in a list, as a tuple."""
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def is_whole(value: Any) -> bool:
    """Whether a value is a whole number; true and false are none."""
    return isinstance(value, int) and not isinstance(value, bool)


def whole(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A whole number."""
    if not is_whole(value):
        yield place.fault(key, "not a whole number", value)
    elif abs(value) > LARGEST_NUMBER:
        yield place.fault(key, "too large", value, most=str(LARGEST_NUMBER))


def count(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A whole number from zero."""
    yield from whole(place, key, value)
    if is_whole(value) and value < 0:
        yield place.fault(key, "below zero", value)


def places(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A number of places, below zero for fewer."""
    yield from whole(place, key, value)
    if is_whole(value) and MOST_PLACES < abs(value) <= LARGEST_NUMBER:
        yield place.fault(key, "too large", value, most=str(MOST_PLACES))


def places_from_zero(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A number of places from zero."""
    yield from places(place, key, value)
    if is_whole(value) and value < 0:
        yield place.fault(key, "below zero", value)


def number_of_weeks(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A number of weeks from zero."""
    yield from count(place, key, value)
    if is_whole(value) and MOST_WEEKS < value <= LARGEST_NUMBER:
        yield place.fault(key, "too large", value, most=str(MOST_WEEKS))


def factor(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A number from zero to multiply with."""
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        yield place.fault(key, "not a factor", value)
    elif value < 0:
        yield place.fault(key, "below zero", value)
    elif not value <= MOST_FACTOR:
        yield place.fault(key, "too large", value, most=str(MOST_FACTOR))


def text(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A text with something in it."""
    if not isinstance(value, str) or not value.strip():
        yield place.fault(key, "not a text", value)
        return
    wrong = refused(value)
    if wrong is not None:
        yield place.fault(key, wrong.kind, value, **wrong.details)


def texts(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A text, or a list of texts."""
    if isinstance(value, list | tuple) and not value:
        yield place.fault(key, "empty list", value)
    for part in listed(value):
        yield from text(place, key, part)


def true_or_false(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """True or false."""
    if not isinstance(value, bool):
        yield place.fault(key, "not true or false", value)


def anything(_place: Place, _key: str, _value: Any) -> Iterator[ScenarioFault]:
    """Whatever stands there: what it must be depends on other keys."""
    yield from ()


def one(*known: str) -> Reader:
    """One of some words."""

    def read(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
        if value not in known:
            yield place.unknown(key, value, known)

    return read


def some(known: Callable[[], tuple[str, ...]], also: str | None = None) -> Reader:
    """One or several of some words, or the word for all of them."""

    def read(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
        if also is not None and value == also:
            return
        wrong = list(texts(place, key, value))
        yield from wrong
        if not wrong:
            words = (*known(), *([also] if also else ()))
            yield from (place.unknown(key, part, words) for part in listed(value) if part not in known())

    return read


def year(place: Place, key: str, value: Any) -> Iterator[ScenarioFault]:
    """A calendar year, or a word for one."""
    if value not in YEARS and not (is_whole(value) and 2000 <= value <= 2100):
        yield place.fault(key, "not a year", value)
