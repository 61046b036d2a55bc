"""Who wins and who loses by a scenario: each group's waiting, places and median wait."""

from dataclasses import dataclass

import numpy as np

from scenarios.experiments.comparison import Verdict, difference, verdict
from scenarios.experiments.experiment import Arm
from scenarios.experiments.interval import Interval, over_replications
from scenarios.segments import SEGMENTS
from scenarios.simulation.measures import GROUPS

GOOD_WHEN = {"waiting": -1, "placed": 1, "wait_median_days": -1}
"""Measures that a group is judged by, and the direction that is good for it: fewer wait, more are placed,
those who are wait less. The median may rise though nobody waits longer, when those who waited longest are
placed at last; that is why no one measure decides alone."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measure of one group: its figure in the baseline and the scenario, and the paired difference."""

    before: float
    after: float
    difference: Interval
    verdict: Verdict
    good: bool | None
    """Whether a clear difference is good for the group; None unless it is clear."""


@dataclass(frozen=True, slots=True)
class GroupOutcome:
    """What a scenario means for a group, by measure."""

    group: str
    outcomes: dict[str, Outcome]

    @property
    def result(self) -> str:
        """`wins` or `loses` where all clear differences point one way, `mixed` where not, else `unclear`.

        `unchanged` where every measure is.
        """
        clear = {o.good for o in self.outcomes.values() if o.good is not None}
        if clear:
            return "mixed" if len(clear) > 1 else ("wins" if clear == {True} else "loses")
        unchanged = all(o.verdict is Verdict.UNCHANGED for o in self.outcomes.values())
        return "unchanged" if unchanged else "unclear"


def group_outcomes(baseline: Arm, arm: Arm) -> tuple[GroupOutcome, ...]:
    """Every group and segment, in the order of GROUPS and SEGMENTS; those without figures are left out."""
    found = []
    for group in (*GROUPS, *SEGMENTS):
        outcomes = {
            measure: outcome
            for measure in GOOD_WHEN
            if (outcome := outcome_of(baseline, arm, f"{measure}.{group}")) is not None
        }
        if outcomes:
            found.append(GroupOutcome(group, outcomes))
    return tuple(found)


def outcome_of(baseline: Arm, arm: Arm, name: str) -> Outcome | None:
    """One measure compared, None where either side never had it."""
    before, after = (float(over_replications(side.totals(name)).mean) for side in (baseline, arm))
    if not (np.isfinite(before) and np.isfinite(after)):
        return None
    found = difference(baseline, arm, name)
    told = verdict(found, before)
    direction = GOOD_WHEN.get(name.split(".")[0], 0)
    good = bool(float(found.mean) * direction > 0) if told is Verdict.CLEAR and direction else None
    return Outcome(before, after, found, told, good)
