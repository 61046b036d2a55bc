"""What is worth telling of a scenario in words: figures and how sure they are, never a cause."""

from dataclasses import dataclass

import numpy as np

from scenarios.experiments.comparison import Verdict, shared_numbers, verdict
from scenarios.experiments.experiment import Arm
from scenarios.experiments.interval import Interval, Values, over_replications
from scenarios.simulation.measures import MEASURES

WEEKS_A_YEAR = 365.25 / 7

WAITS = ("wait_median_days.women", "wait_median_days.men", "wait_median_days.families")
"""Median waits of those placed, told first."""

COSTS = ("cost_sek", "cost_void_sek", "cost_restoration_sek", "cost_support_sek", "cost_hotel_sek")
"""What makes up `cost_total_sek`, which no week counts by itself."""

COST = "cost_total_sek"

FIGURES = (
    *("waiting", "placed", "women_gap_now", "women_gap_structural"),
    *("nights_outdoors", "nights_shelter", "nights_hotel", "child_nights_hotel"),
    *("moves_temporary", "school_changes", COST),
)
"""Measures of the whole city, told next."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure of a scenario beside the baseline.

    Attributes
    ----------
    a_year
        Whether figures are a year's worth, as flows are told where the horizon is a year or more.
    before, after
        Baseline and scenario, each with its interval.
    difference
        Scenario less baseline, paired.
    """

    measure: str
    a_year: bool
    before: Interval
    after: Interval
    difference: Interval
    verdict: Verdict


def findings(baseline: Arm, arm: Arm, weeks: int) -> tuple[Finding, ...]:
    """Every measure of WAITS and FIGURES that both sides have, in that order."""
    numbers = shared_numbers(baseline, arm)
    found = []
    for measure in (*WAITS, *FIGURES):
        before, after = (_totals(side, measure, numbers) for side in (baseline, arm))
        if before is None or after is None or np.isnan(after - before).all():
            continue
        a_year = is_flow(measure) and weeks >= WEEKS_A_YEAR
        factor = WEEKS_A_YEAR / weeks if a_year else 1.0
        today, then, difference = (
            over_replications(values).scaled(factor) for values in (before, after, after - before)
        )
        told = verdict(difference, float(today.mean))
        found.append(Finding(measure, a_year, today, then, difference, told))
    return tuple(found)


def levels(arm: Arm, weeks: int) -> tuple[Finding, ...]:
    """The same measures of one arm alone, its difference from itself being nothing."""
    return findings(arm, arm, weeks)


def is_flow(measure: str) -> bool:
    """Whether a measure adds up over the horizon."""
    return measure == COST or MEASURES[measure.partition(".")[0]] == "sum"


def _totals(arm: Arm, measure: str, numbers: tuple[int, ...]) -> Values | None:
    parts = COSTS if measure == COST else (measure,)
    if not set(parts) <= set(arm.total_names):
        return None
    return np.asarray(sum(arm.totals(part, numbers) for part in parts))
