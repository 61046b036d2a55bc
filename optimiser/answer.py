"""A run as the data that `match --json` prints and the database stores."""

from collections.abc import Sequence
from typing import Any

from optimiser.fit import fit_of_pairs
from optimiser.instance import NONE
from optimiser.limits.told import limits_told
from optimiser.match import Match
from optimiser.matching import GOALS, Plan, goals_of_pairs
from optimiser.problem import Solution
from optimiser.reasons.missing import needed_facts, questions
from optimiser.reasons.unmatched import unmatched


def answer(match: Match, inputs: str) -> dict[str, Any]:
    """The answer of a run but for its id and seconds, which the caller adds; `inputs` is their hash."""
    return {
        "run": {
            "as_of": str(match.assessment.instance.as_of),
            "moves": match.moves,
            "policy": match.assessment.policy.digest,
            "inputs": inputs,
            "engine": match.solution.engine,
            "status": "optimal" if match.optimal else "feasible",
            "goals": _goals(match.solution),
            "conditional_goals": _goals(match.conditional_solution),
            **({"limits": _limits(match)} if match.limits else {}),
        },
        "proposals": _proposals(match),
        "conditional": _conditional(match),
        "unmatched": _unmatched(match),
    }


def _goals(solution: Solution) -> list[dict[str, Any]]:
    signs = [-1 if name == "cost" else 1 for name in GOALS]
    rows = zip(GOALS, signs, solution.values, solution.bounds, strict=False)
    return [{"name": name, "value": sign * value, "bound": sign * bound} for name, sign, value, bound in rows]


def _limits(match: Match) -> dict[str, Any]:
    """The limits of the run, how many proposals of an earlier plan stand, and which engine they needed."""
    told = limits_told(match.limits)
    if match.limits.like is not None:
        value, bound = (row[len(GOALS)] for row in (match.solution.values, match.solution.bounds))
        told["like"] = {"proposals": len(match.limits.like), "kept": value, "bound": bound}
    return {**told, "engine_reason": match.engine_reason}


def _figures(match: Match, plan: Plan) -> Sequence[dict[str, int]]:
    a, priority = match.assessment, match.priority
    cost = -goals_of_pairs(a, priority, plan.household, plan.pool)[GOALS.index("cost")]
    fit = fit_of_pairs(a, plan.household, plan.pool)
    return [
        {
            "tier": int(priority.tier[h]),
            "points": int(priority.points[h]),
            "fit": int(f),
            "monthly_cost_sek": int(c),
        }
        for h, f, c in zip(plan.household, fit, cost, strict=True)
    ]


def _proposals(match: Match) -> list[dict[str, Any]]:
    a, plan = match.assessment, match.plan
    households, pools = a.instance.household_ids, a.instance.pool_ids
    figures, asks = _figures(match, plan), questions(a, plan.household, plan.pool)
    return [
        {
            "household": households[plan.household[i]],
            "pool": pools[plan.pool[i]],
            "from_pool": None if plan.from_pool[i] == NONE else pools[plan.from_pool[i]],
            **figures[i],
            "chain": step.chain,
            "step": step.step,
            "ask": asks[i],
        }
        for step in match.steps
        for i in (step.proposal,)
    ]


def _conditional(match: Match) -> list[dict[str, Any]]:
    a, plan = match.assessment, match.conditional
    return [
        {
            "household": a.instance.household_ids[h],
            "pool": a.instance.pool_ids[p],
            "tier": int(match.priority.tier[h]),
            "needs": needed_facts(a, int(h), int(p)),
        }
        for h, p in zip(plan.household, plan.pool, strict=True)
    ]


def _unmatched(match: Match) -> list[dict[str, Any]]:
    a, priority = match.assessment, match.priority
    help_sv = [entry["sv"] for entry in a.policy.other_help]
    return [
        {
            "household": a.instance.household_ids[left.household],
            "tier": int(priority.tier[left.household]),
            "points": int(priority.points[left.household]),
            "cause": left.cause,
            "missing": list(left.missing),
            "blocking": list(left.blocking),
            "other_help": help_sv if left.cause == "no_eligible_pool" else [],
        }
        for left in unmatched(a, priority, match.plan, match.moves)
    ]
