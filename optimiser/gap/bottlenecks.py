"""What one more place in each pool would bring, goal by goal, and where places lack for those without one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import compatibility
from optimiser.gap.deficiency import Graph, Shortage, connected_parts, largest_deficiency_set
from optimiser.gap.residual import one_more_place, with_one_more
from optimiser.gap.within_face import first_reached, values_within
from optimiser.instance import NONE
from optimiser.matching import GOALS, Moves, matching_problem
from optimiser.priority import Priority, prioritise
from optimiser.problem import Problem
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


def bottlenecks(a: Assessment, moves: Moves, progress: Progress | None = None) -> Bottlenecks:
    """The exact gain of one more place in each pool, and the groups for whom places lack.

    Where the run is a pure flow, gains are read off its residual graph; a pool whose new plan would break
    a limit across pools is solved again, and so is every pool where the run is no flow.
    """
    priority = prioritise(a)
    eligible = compatibility(a).eligible
    problem = _problem_with_doors_open(a, priority, eligible, moves)
    gains, solved_again = _gains(problem, moves, progress)
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


def _problem_with_doors_open(
    a: Assessment, priority: Priority, eligible: tuple[Index, Index], moves: Moves
) -> Problem:
    """The problem of the run with the pairs into full pools kept, which a place more could make use of.

    The tie-break is left out: it changes no goal.
    """
    roomy = Assessment(a.policy, a.instance.with_pools(vacant=a.instance.pools["vacant"] + 1))
    roomy.unsuitable = a.unsuitable
    problem = matching_problem(roomy, priority, eligible, moves)
    vacant = a.instance.pools["vacant"].astype(np.int64)
    return replace(problem, vacant=vacant, goals=problem.goals[: len(GOALS)])


def _gains(problem: Problem, moves: Moves, progress: Progress | None) -> tuple[Index, int]:
    """Gains (m, goals) with cost as a positive sum, and how many pools were solved again."""
    base = solve(problem)
    values = solve_within(problem, moves)[0].values if isinstance(moves, int) else base.values
    trusted = first_reached(values, base.bounds)
    gains = np.zeros((len(problem.vacant), len(GOALS)), dtype=np.int64)
    again = np.unique(problem.pool).tolist()
    if base.engine == "flow" and not isinstance(moves, int):
        again = _by_residual_graph(problem, base.chosen, gains)
    for done, pool in enumerate(again):
        if progress is not None:
            progress(done, len(again))
        more = _with_place(problem, pool)
        reached = values_within(more, moves, trusted) if isinstance(moves, int) else solve(more).values
        gains[pool] = np.subtract(reached, values)
    gains[:, GOALS.index("cost")] *= -1
    return gains, len(again)


def _by_residual_graph(problem: Problem, chosen: NDArray[np.bool_], gains: Index) -> list[int]:
    """Fill in the gains that the residual graph of a pure flow settles; the pools that it does not."""
    found = one_more_place(problem, chosen)
    left = []
    for pool in np.unique(problem.pool).tolist():
        after = with_one_more(found, chosen, pool)
        if all(side.load(after) <= side.most for side in problem.sides):
            gains[pool] = found.gains[pool]
        else:
            left.append(pool)
    return left


def _with_place(problem: Problem, pool: int) -> Problem:
    vacant = problem.vacant.copy()
    vacant[pool] += 1
    return replace(problem, vacant=vacant)
