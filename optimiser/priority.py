"""Who takes part, and in what order of need: candidates, tiers and points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import MISSING
from optimiser.kleene import YES


@dataclass(frozen=True, slots=True)
class Priority:
    """Of every household: candidate or not, tier 1 (first) to 5, and points of need; all shape (n,)."""

    candidate: NDArray[np.bool_]
    tier: NDArray[np.int8]
    points: NDArray[np.int64]


def prioritise(a: Assessment) -> Priority:
    """Candidates, tiers and points by the policy; an unknown fact neither excludes nor adds points."""
    tier = np.full(a.instance.n, len(a.policy.tiers), dtype=np.int8)
    for entry in reversed(a.policy.tiers):
        tier[a.condition(entry["condition"]) == YES] = entry["number"]
    return Priority(a.condition(a.policy.excluded_when) != YES, tier, _points(a))


def _points(a: Assessment) -> NDArray[np.int64]:
    points = np.zeros(a.instance.n, dtype=np.int64)
    for item in a.policy.points:
        if "days_since" in item:
            day = a.instance.households[item["days_since"]]
            points += np.where(day == MISSING, 0, np.clip(-day.astype(np.int64), 0, item["at_most"]))
        elif "per_child" in item:
            children = np.minimum(a.instance.households["children"], item["children_at_most"])
            points += children.astype(np.int64) * item["per_child"]
        else:
            points += np.where(a.condition(item["condition"]) == YES, item["points"], 0)
    return points
