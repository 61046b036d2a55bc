"""What a reform makes of each week's rates, budget and way of choosing."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.segments import SEGMENTS
from scenarios.whatif.scenario import MATCHING, Change
from scenarios.whatif.settings import forms_of, segments_of

Timed = Sequence[tuple[Change, range]]
"""Changes, each with the weeks in which it holds."""

Factors = NDArray[np.float64]


def arrival_factors(timed: Timed, weeks: int) -> Factors:
    """Factor on the inflow, shape (weeks, segments)."""
    factors = np.ones((weeks, len(SEGMENTS)))
    for settings, held in _of_kind("arrivals", timed):
        names = dict.fromkeys(segments_of(settings["segments"]))
        columns = [SEGMENTS.index(name) for name in names]
        factors[held.start : held.stop, columns] *= settings["factor"]
    return factors


def stay_factors(timed: Timed, weeks: int) -> dict[str, Factors]:
    """Factor on the weekly chance that a stay ends, each (weeks,).

    By form, and by `form.outcome` where a change concerns one way of ending only.
    """
    factors: dict[str, Factors] = {}
    for settings, held in _of_kind("stays", timed):
        outcome = f".{settings['outcome']}" if "outcome" in settings else ""
        for form in dict.fromkeys(forms_of(settings["form"])):
            weekly = factors.setdefault(f"{form}{outcome}", np.ones(weeks))
            weekly[held.start : held.stop] *= settings["factor"]
    return dict(sorted(factors.items()))


def refusal_factors(timed: Timed, weeks: int) -> Factors:
    """Factor on the chance that a household says no, shape (weeks,)."""
    factors = np.ones(weeks)
    for settings, held in _of_kind("refusals", timed):
        factors[held.start : held.stop] *= settings["factor"]
    return factors


def ways_of_matching(timed: Timed, weeks: int) -> tuple[str, ...]:
    """Way of choosing in each week; the first of MATCHING where nothing else is said."""
    ways = [MATCHING[0]] * weeks
    for settings, held in _of_kind("matching", timed):
        ways[held.start : held.stop] = [settings["way"]] * len(held)
    return tuple(ways)


def budgets(timed: Timed, weeks: int) -> tuple[int | None, ...]:
    """Most SEK/month that one week's placements may add, in each week; None for no limit."""
    most: list[int | None] = [None] * weeks
    for settings, held in _of_kind("budget", timed):
        most[held.start : held.stop] = [settings["sek_per_month"]] * len(held)
    return tuple(most)


def _of_kind(kind: str, timed: Timed) -> list[tuple[Any, range]]:
    return [(change.settings, held) for change, held in timed if change.kind == kind and held]
