"""Several goals in one weight, where a proof at hand says that a lower goal can never outweigh a higher."""

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.flow import largest_worth


def packed_goals(problem: Problem) -> list[NDArray[np.int64]]:
    """The goals in as few weights per pair as the engine's range allows, in the same strict order.

    Each entry (k,) stands for one or more goals in a row. A choice that is best for the entries in
    order is best for the goals in order, and the other way round.

    Dominance. No choice has more than K pairs (`most_pairs`). So between any two choices a goal with
    worths from a to b differs by at most S = K (max(b, 0) - min(a, 0)). With the lower goals' spans
    S_j, a goal's factor is the product of (S_j + 1): one unit of it is worth more than all the lower
    ones can differ, which is that product less one. Range. The sum of the greatest worths times their
    factors stays within what the engine certainly takes, so neither it nor a sum of K of them overflows;
    the products are taken in Python's own numbers, which have no range.
    """
    limit = largest_worth(problem)
    most = most_pairs(problem)
    packs: list[NDArray[np.int64]] = []
    group: list[NDArray[np.int64]] = []
    for goal in problem.goals:
        if group and _greatest(_factors([*group, goal], most), [*group, goal]) > limit:
            packs.append(_packed(group, most))
            group = []
        group.append(goal)
    return [*packs, _packed(group, most)] if group else packs


def most_pairs(problem: Problem) -> int:
    """A number of pairs that no choice exceeds: seekers, or places vacant and left by movers."""
    seekers = np.unique(problem.seeker)
    movers = int((problem.home[seekers] != NO_HOME).sum())
    return min(len(seekers), int(problem.vacant.sum()) + movers)


def _span(goal: NDArray[np.int64], most: int) -> int:
    return most * (max(int(goal.max(initial=0)), 0) - min(int(goal.min(initial=0)), 0))


def _factors(goals: list[NDArray[np.int64]], most: int) -> list[int]:
    factors = [1]
    for goal in goals[:0:-1]:
        factors.append(factors[-1] * (_span(goal, most) + 1))
    return factors[::-1]


def _greatest(factors: list[int], goals: list[NDArray[np.int64]]) -> int:
    sizes = [int(np.abs(goal).max(initial=0)) for goal in goals]
    return sum(factor * size for factor, size in zip(factors, sizes, strict=True))


def _packed(goals: list[NDArray[np.int64]], most: int) -> NDArray[np.int64]:
    total = np.zeros(len(goals[0]), dtype=np.int64)
    for factor, goal in zip(_factors(goals, most), goals, strict=True):
        total += np.int64(factor) * goal
    return total
