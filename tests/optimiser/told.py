"""An engine's run told in the twin's words: proposals by id, goals by name."""

from collections.abc import Sequence
from typing import Any

from optimiser.fit import fit_of_pairs
from optimiser.instance import NONE
from optimiser.match import Match
from optimiser.reasons.missing import questions

from ..twin.problem import GOALS


def goals_told(values: Sequence[int]) -> dict[str, int]:
    """Goal values by name; the tie-break left out, cost as a positive sum."""
    told = dict(zip(GOALS, values, strict=False))
    return told | {"cost": -told["cost"]}


def proposals_told(match: Match) -> list[dict[str, Any]]:
    """The proposals of a run with their figures, each counted by the part of the engine that owns it."""
    a, plan = match.assessment, match.plan
    households, pools = a.instance.household_ids, a.instance.pool_ids
    fit = fit_of_pairs(a, plan.household, plan.pool)
    asks = questions(a, plan.household, plan.pool)
    cost = a.instance.pools["monthly_cost_sek"]
    return [
        {
            "household": households[plan.household[i]],
            "pool": pools[plan.pool[i]],
            "from_pool": None if plan.from_pool[i] == NONE else pools[plan.from_pool[i]],
            "tier": int(match.priority.tier[plan.household[i]]),
            "points": int(match.priority.points[plan.household[i]]),
            "fit": int(fit[i]),
            "monthly_cost_sek": max(int(cost[plan.pool[i]]), 0),
            "chain": step.chain,
            "step": step.step,
            "ask": asks[i],
        }
        for step in match.steps
        for i in (step.proposal,)
    ]


def conditional_told(match: Match) -> list[dict[str, str]]:
    """The conditional proposals of a run by id."""
    instance, plan = match.assessment.instance, match.conditional
    return [
        {"household": instance.household_ids[h], "pool": instance.pool_ids[p]}
        for h, p in zip(plan.household.tolist(), plan.pool.tolist(), strict=True)
    ]
