"""Solving with a limit on chains again and again: on the few pairs that the bounds without it leave open."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NoPlan, Problem, SideLimit
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import narrowed, scaled_bound, whole_face
from optimiser.solve.flow import NoFlow
from optimiser.solve.sideprices import price_sides
from optimiser.within import solve_within

Index = NDArray[np.int64]


def values_within(problem: Problem, most: int, trusted: int) -> tuple[int, ...]:
    """The goal values of the best choice whose chains and cycles hold at most `most` proposals; exact.

    Without the limit each goal has a bound, and a face of pairs that every choice reaching the bounds so
    far must keep to. No choice within the limit exceeds those bounds in their order. So if the best choice
    on the face after k goals reaches the first k bounds, the best of all does too, hence keeps to that
    face, and is found. Else the goals that were reached say where to try next, at last on all pairs.

    Parameters
    ----------
    trusted
        How many goals are expected to reach their bounds; it steers the time taken, never the answer.

    Raises
    ------
    NoPlan
        When no choice keeps every limit: proved.
    """
    bounds, faces = _bounds(problem)
    k = min(trusted, len(bounds))
    while k > 0:
        try:
            solution, _ = solve_within(_restricted(problem, faces[k - 1]), most)
        except NoPlan:
            # A limit asks for a proposal that this face lacks, so the bounds up to k are out of reach.
            k -= 1
            continue
        reached = first_reached(solution.values, bounds)
        if reached >= k:
            return solution.values
        k = reached
    return solve_within(problem, most)[0].values


def first_reached(values: tuple[int, ...], bounds: tuple[int, ...]) -> int:
    """How many goals, counted from the first without a gap, have reached their bound."""
    unequal = [i for i, (value, bound) in enumerate(zip(values, bounds, strict=False)) if value != bound]
    return unequal[0] if unequal else min(len(values), len(bounds))


def _bounds(problem: Problem) -> tuple[tuple[int, ...], list[Index]]:
    """Bounds of the goals in their order without a limit on chains, and the pairs left open after each."""
    face = whole_face(problem)
    bounds: list[int] = []
    open_pairs: list[Index] = []
    for goal in problem.goals:
        worth = goal[face.pairs]
        try:
            prices, _, _ = price_sides(problem, face, worth, Deadline())
        except NoFlow:
            # The limits across pools leave nothing at the bounds so far; those found still hold.
            break
        bounds.append(scaled_bound(problem, face, worth, prices) // prices.scale)
        face = narrowed(problem, face, worth, prices, bounds[-1])
        open_pairs.append(face.pairs)
    return tuple(bounds), open_pairs


def _restricted(problem: Problem, pairs: Index) -> Problem:
    """The problem with only some of its pairs."""
    at = np.full(len(problem.seeker), -1, dtype=np.int64)
    at[pairs] = np.arange(len(pairs))
    sides = []
    for side in problem.sides:
        kept = at[side.pairs] >= 0
        # A limit with nothing left to load holds by itself, unless it asks for a proposal.
        if kept.any() or side.most < 0:
            sides.append(SideLimit(side.name, at[side.pairs[kept]], side.coefficient[kept], side.most))
    return replace(
        problem,
        seeker=problem.seeker[pairs],
        pool=problem.pool[pairs],
        goals=problem.goals[:, pairs],
        sides=tuple(sides),
    )
