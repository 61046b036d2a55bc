"""What one more place in each pool would bring, goal by goal, and where places lack for those without one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import compatibility
from optimiser.gap.deficiency import Graph, Shortage, connected_parts, largest_deficiency_set
from optimiser.gap.open_doors import opened_by_one_more, problem_with_doors_open
from optimiser.gap.residual import is_pure_flow, one_more_place
from optimiser.gap.within_face import first_reached, values_within
from optimiser.instance import NONE
from optimiser.limits.conflict import LimitsConflict, has_plan, minimal_conflict
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.matching import GOALS, Moves
from optimiser.priority import Priority, prioritise
from optimiser.problem import NoPlan, Problem
from optimiser.solve.lexicographic import solve
from optimiser.within import solve_within

Index = NDArray[np.int64]
Progress = Callable[[int, int], None]
"""Told how many pools have been solved again, of how many."""


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """What more places would do.

    gains (m, goals): the exact change of GOALS with one more place in each pool, cost as a positive sum.
    solved_again counts the pools that the residual graph of the run did not settle.
    """

    assessment: Assessment
    gains: Index
    groups: tuple[Shortage, ...]
    solved_again: int


def bottlenecks(
    a: Assessment, moves: Moves, progress: Progress | None = None, limits: Limits = NO_LIMITS
) -> Bottlenecks:
    """The exact gain of one more place in each pool, and the groups for whom places lack.

    Where the run is a pure flow, gains are read off its residual graph; a pool whose new plan would break
    a limit across pools is solved again, and so is every pool where the run is no flow. Gains count under
    the limits of the run: a budget that is spent already leaves nothing for a place more. Groups are about
    the stock and those who wait, whatever the limits.

    Raises
    ------
    LimitsProblem
        When a limit names something that is not there.
    LimitsConflict
        When no plan keeps all limits; names the fewest that stand in each other's way.
    """
    priority = prioritise(a)
    eligible = compatibility(a).eligible
    # The goals below those told change no goal, so they need not be solved for.
    problem = problem_with_doors_open(a, priority, eligible, moves, limits)
    problem = replace(problem, goals=problem.goals[: len(GOALS)])
    try:
        gains, solved_again = _gains(problem, moves, opened_by_one_more(a.instance, limits), progress)
    except NoPlan:
        conflict = minimal_conflict(limits, lambda some: has_plan(a, priority, eligible, moves, some))
        raise LimitsConflict(conflict) from None
    return Bottlenecks(a, gains, short_groups(a, priority, eligible), solved_again)


def short_groups(a: Assessment, priority: Priority, eligible: tuple[Index, Index]) -> tuple[Shortage, ...]:
    """The largest deficiency set over the vacant places, split where no pool joins it, shortest first.

    Over candidates without a current pool who have at least one eligible pool, full or not: a full pool
    has no vacant place but does join those who wait for it.
    """
    waits = priority.candidate & (a.instance.households["current_pool"] == NONE)
    household, pool = eligible
    rows, at = np.unique(household[waits[household]], return_inverse=True)
    graph = Graph(at, pool[waits[household]], a.instance.pools["vacant"].astype(np.int64), len(rows))
    parts = connected_parts(graph, largest_deficiency_set(graph))
    return tuple(replace(part, households=rows[part.households]) for part in parts)


def bottlenecks_answer(found: Bottlenecks) -> dict[str, Any]:
    """What `bottlenecks --json` prints."""
    ids = found.assessment.instance.pool_ids
    return {
        "pools": [
            {"pool": pool, "gains": dict(zip(GOALS, row, strict=True))}
            for pool, row in zip(ids, found.gains.tolist(), strict=True)
        ],
        "groups": [
            {
                "households": len(group.households),
                "pools": [ids[p] for p in group.pools.tolist()],
                "places": group.places,
                "short": group.short,
            }
            for group in found.groups
        ],
    }


def _gains(problem: Problem, moves: Moves, opened: Index, progress: Progress | None) -> tuple[Index, int]:
    """Gains (m, goals) with cost as a positive sum, and how many pools were solved again.

    opened says in which pools one more place comes open, shape (m,).
    """
    base = solve(problem)
    values = solve_within(problem, moves)[0].values if isinstance(moves, int) else base.values
    trusted = first_reached(values, base.bounds)
    gains = np.zeros((len(problem.vacant), len(GOALS)), dtype=np.int64)
    again = [pool for pool in np.unique(problem.pool).tolist() if opened[pool]]
    if is_pure_flow(problem, base) and not isinstance(moves, int):
        again = _by_residual_graph(problem, base.chosen, again, gains)
    for done, pool in enumerate(again):
        if progress is not None:
            progress(done, len(again))
        more = _with_place(problem, pool)
        reached = values_within(more, moves, trusted) if isinstance(moves, int) else solve(more).values
        gains[pool] = np.subtract(reached, values)
    gains[:, GOALS.index("cost")] *= -1
    return gains, len(again)


def _by_residual_graph(
    problem: Problem, chosen: NDArray[np.bool_], pools: list[int], gains: Index
) -> list[int]:
    """Fill in the gains that the residual graph of a pure flow settles; the pools that it does not."""
    found = one_more_place(problem, chosen)
    left = []
    for pool in pools:
        after = found.applied(chosen, pool)
        if all(side.load(after) <= side.most for side in problem.sides):
            gains[pool] = -found.loss[pool]
        else:
            left.append(pool)
    return left


def _with_place(problem: Problem, pool: int) -> Problem:
    vacant = problem.vacant.copy()
    vacant[pool] += 1
    return replace(problem, vacant=vacant)
