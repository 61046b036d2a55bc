"""Who could come to a pool: households that suit by the rules, in the order of need; others are counted."""

from dataclasses import dataclass

import numpy as np

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from models.households import Household


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household for a pool; `eligible` is `yes`, or `unknown` where a fact is awaited."""

    household: Household
    tier: int
    points: int
    eligible: str


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those that the person may see, by need, and how many others there are."""

    seen: list[Candidate]
    others: int


def candidates_for(view: CityView, actor: Actor, pool_id: str) -> Candidates:
    """Candidates that suit a pool, or may once a fact is known, and do not live there."""
    p, priority = view.pool_at[pool_id], view.priority
    lives = view.assessment.instance.households["current_pool"]
    seen: list[Candidate] = []
    others = 0
    pairs = (("yes", view.compatible.eligible), ("unknown", view.compatible.unknown))
    for eligible, (household, pool) in pairs:
        for row in household[np.asarray(pool == p)].tolist():
            if not priority.candidate[row] or lives[row] == p:
                continue
            case = view.households[view.assessment.instance.household_ids[row]]
            if may_see(actor, case):
                seen.append(Candidate(case, int(priority.tier[row]), int(priority.points[row]), eligible))
            else:
                others += 1
    return Candidates(sorted(seen, key=order_of_need), others)


def order_of_need(one: Candidate) -> tuple[int, int, str]:
    """By tier, then points, then reference."""
    return one.tier, -one.points, one.household.household_id
