"""Who is ahead: the households that have or are proposed the places that one household could have had."""

from dataclasses import dataclass

import numpy as np

from optimiser.compatibility import eligibility
from optimiser.instance import NONE
from optimiser.kleene import YES
from optimiser.match import Match


@dataclass(frozen=True, slots=True)
class Ahead:
    """A household and the pool in which it is ahead, by indices; proposed to it, or its home today."""

    household: int
    pool: int
    proposed: bool


def ahead(match: Match, h: int) -> list[Ahead]:
    """Who is proposed to, then who lives in, the pools that a household is eligible for and not proposed.

    Within each group by tier, then points (highest first), then id. Residents who move away are not
    ahead; the household itself never is.
    """
    a, plan = match.assessment, match.plan
    current = a.instance.households["current_pool"]
    could = np.flatnonzero(eligibility(a, np.array([h]))[0] == YES)
    mine = set(plan.pool[plan.household == h].tolist()) | {int(current[h])}
    pools = [p for p in could.tolist() if p not in mine]
    order = np.lexsort((np.arange(a.instance.n), -match.priority.points, match.priority.tier))
    rank = np.empty(a.instance.n, dtype=np.int64)
    rank[order] = np.arange(a.instance.n)

    def sorted_by_need(households: list[int], p: int, proposed: bool) -> list[Ahead]:
        others = [other for other in households if other != h]
        return [Ahead(other, p, proposed) for other in sorted(others, key=lambda other: int(rank[other]))]

    leaves = np.zeros(a.instance.n, dtype=bool)
    leaves[plan.household[plan.from_pool != NONE]] = True
    proposed = [e for p in pools for e in sorted_by_need(plan.household[plan.pool == p].tolist(), p, True)]
    live = [
        e for p in pools for e in sorted_by_need(np.flatnonzero((current == p) & ~leaves).tolist(), p, False)
    ]
    return proposed + live
