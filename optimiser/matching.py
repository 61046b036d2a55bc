"""From a city's eligible pairs to the matching problem, and from its solution to a plan."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.fit import fit_of_pairs
from optimiser.ground import WHOLE, Ground
from optimiser.hashing import tie_breaks
from optimiser.instance import NONE
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.limits.pins import blocked
from optimiser.limits.reserve import reserved
from optimiser.limits.rows import limit_sides
from optimiser.limits.scope import scope_of
from optimiser.limits.stability import kept_goal
from optimiser.priority import Priority
from optimiser.problem import NO_HOME, Problem
from optimiser.sides import barred_by_conflict, conflict_sides, quota_sides, whereabouts

Index = NDArray[np.int64]
Moves = Literal["none", "unlimited"] | int

GOALS = ("tier_1", "tier_2", "tier_3", "tier_4", "tier_5", "points", "fit", "cost")
"""The goals in their order; cost counts against, all others for. Below them only the tie-break."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Proposals as arrays, sorted by household: household, pool and the pool left (NONE), all (k,)."""

    household: Index
    pool: Index
    from_pool: Index

    def pool_after(self, instance_pool: Index) -> Index:
        """Where every household is once the plan is carried out, shape (n,)."""
        after = np.asarray(instance_pool).astype(np.int64)
        after[self.household] = self.pool
        return after


def matching_problem(
    a: Assessment,
    priority: Priority,
    pairs: tuple[Index, Index],
    moves: Moves,
    limits: Limits = NO_LIMITS,
    ground: Ground = WHOLE,
) -> Problem:
    """The problem of a run: candidates, eligible pairs, goals, vacant places, conflicts, quotas, limits.

    Raises
    ------
    LimitsProblem
        When a limit names something that is not there.
    """
    h, p = pairs
    current = a.instance.households["current_pool"].astype(np.int64)
    may_leave = priority.candidate & (current != NONE) & (moves != "none")
    if ground.seekers is not None:
        may_leave &= np.isin(np.arange(a.instance.n), ground.seekers)
    open_to = priority.candidate & ((current == NONE) | may_leave)
    keep = open_to[h] & (p != current[h])
    vacant = a.instance.pools["vacant"] - reserved(a.instance, limits.reserves)
    if moves == "none":
        keep &= (vacant > 0)[p]
    home = np.where(may_leave, current, NO_HOME)
    return _problem(
        a,
        priority,
        (h[keep], p[keep]),
        home,
        vacant,
        current if ground.whereabouts is None else ground.whereabouts,
        may_leave,
        limits,
        fit_less=ground.fit_less,
    )


def conditional_problem(
    a: Assessment,
    priority: Priority,
    pairs: tuple[Index, Index],
    plan: Plan,
    limits: Limits = NO_LIMITS,
) -> Problem:
    """The problem on what a plan leaves: unknown pairs of households without a place or a proposal.

    Only places vacant before the run and still vacant after it count: a place left at the end of a
    chain stays empty. What the plan leaves of each limit holds; its pins and its likeness are done with.
    """
    current = a.instance.households["current_pool"].astype(np.int64)
    after = plan.pool_after(current)
    taken = np.bincount(after[after != NONE], minlength=a.instance.m)
    held = reserved(a.instance, limits.reserves)
    still_free = np.maximum(a.instance.pools["capacity"] - taken - held, 0)
    vacant = np.minimum(a.instance.pools["vacant"] - held, still_free)
    h, p = pairs
    keep = (priority.candidate & (after == NONE))[h] & (vacant > 0)[p]
    nobody = np.zeros(a.instance.n, dtype=bool)
    home = np.full(a.instance.n, NO_HOME)
    return _problem(
        a,
        priority,
        (h[keep], p[keep]),
        home,
        vacant,
        after,
        nobody,
        replace(limits, pins=(), like=None),
        spent=(plan.household, plan.pool),
    )


def plan_of(problem: Problem, chosen: NDArray[np.bool_]) -> Plan:
    """The chosen pairs as a plan."""
    household = problem.seeker[chosen]
    return Plan(household, problem.pool[chosen], problem.home[household])


def goals_of_pairs(a: Assessment, priority: Priority, h: Index, p: Index) -> NDArray[np.int64]:
    """Worth of a list of pairs under GOALS, every goal to be maximised, shape (8, k)."""
    tier = priority.tier[h]
    cost = a.instance.pools["monthly_cost_sek"][p].astype(np.int64)
    rows = [(tier == number).astype(np.int64) for number in range(1, 6)]
    rows += [priority.points[h], fit_of_pairs(a, h, p), -np.where(cost == NONE, 0, cost)]
    return np.stack(rows)


def _problem(
    a: Assessment,
    priority: Priority,
    pairs: tuple[Index, Index],
    home: Index,
    vacant: Index,
    current: Index,
    may_leave: NDArray[np.bool_],
    limits: Limits,
    spent: tuple[Index, Index] | None = None,
    fit_less: Index | None = None,
) -> Problem:
    at = whereabouts(a.instance, current, may_leave)
    keep = ~barred_by_conflict(a.instance, at, *pairs) & ~blocked(a.instance, limits.blocks, *pairs)
    h, p = pairs[0][keep], pairs[1][keep]
    goals = [goals_of_pairs(a, priority, h, p)]
    if fit_less is not None:
        goals[0][GOALS.index("fit")] -= fit_less[p]
    if limits.like is not None:
        goals.append(kept_goal(a.instance, limits.like, h, p))
    goals.append(tie_breaks(a.instance.household_ids, a.instance.pool_ids, h, p))
    scope = scope_of(a.instance, h, p, current, spent)
    return Problem(
        seeker=h,
        pool=p,
        goals=np.concatenate(goals),
        vacant=np.asarray(vacant, dtype=np.int64),
        home=np.asarray(home, dtype=np.int64),
        sides=(
            *conflict_sides(a.instance, at, h, p),
            *quota_sides(a.instance, h, p, spent),
            *limit_sides(scope, limits),
        ),
    )
