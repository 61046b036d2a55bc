"""Small matching problems on plain arrays, and what is true of them by slower and plainer means."""

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from optimiser.problem import NO_HOME, Problem, SideLimit

TIE = 2**31


def plain_problem(
    pairs: list[tuple[int, int]],
    goals: list[list[int]],
    vacant: list[int],
    home: list[int] | None = None,
    sides: tuple[SideLimit, ...] = (),
) -> Problem:
    """A problem spelled out; nobody has a home unless told."""
    seekers = 1 + max((seeker for seeker, _ in pairs), default=-1)
    return Problem(
        seeker=np.array([seeker for seeker, _ in pairs], dtype=np.int64),
        pool=np.array([pool for _, pool in pairs], dtype=np.int64),
        goals=np.array(goals, dtype=np.int64).reshape(len(goals), len(pairs)),
        vacant=np.array(vacant, dtype=np.int64),
        home=np.array(home if home is not None else [NO_HOME] * seekers, dtype=np.int64),
        sides=sides,
    )


def side(pairs: list[int], coefficient: list[int], most: int) -> SideLimit:
    """A limit across pools."""
    return SideLimit("side", np.array(pairs, dtype=np.int64), np.array(coefficient, dtype=np.int64), most)


def random_problem(
    luck: np.random.Generator,
    n: int,
    m: int,
    k: int,
    sides: int,
    *,
    homes: float = 0.4,
    knapsack: bool = False,
) -> Problem:
    """A problem with three tiers, points, fit (also below zero), cost and a tie-break.

    With knapsack some sides have coefficients of several sizes and signs, so that their prices leave a
    gap between bound and best choice.
    """
    seeker, pool = np.divmod(np.unique(luck.integers(0, n * m, k)), m)
    home = np.where(luck.random(n) < homes, luck.integers(0, m, n), NO_HOME)
    keep = home[seeker] != pool
    seeker, pool = seeker[keep], pool[keep]
    tier = luck.integers(0, 3, n)
    goals = [(tier[seeker] == number).astype(np.int64) for number in range(3)]
    goals += [luck.integers(0, 30, n)[seeker], luck.integers(-9, 20, len(seeker))]
    goals += [-luck.integers(1, 9, m)[pool], luck.integers(0, TIE, len(seeker))]
    made = [_random_side(luck, seeker, pool, home, m, knapsack) for _ in range(sides if len(seeker) else 0)]
    return Problem(seeker, pool, np.stack(goals), luck.integers(0, 3, m), home, tuple(made))


def _random_side(
    luck: np.random.Generator, seeker: Any, pool: Any, home: Any, m: int, knapsack: bool
) -> SideLimit:
    some_pools = luck.choice(m, min(m, int(luck.integers(1, 4))), replace=False)
    kind = luck.choice(["quota", "conflict", "weights"] if knapsack else ["quota", "conflict"])
    if kind == "weights":
        pairs = np.flatnonzero(luck.random(len(seeker)) < 0.7)
        lowest = int(luck.choice([1, -5]))
        weights = luck.integers(lowest, 12, len(pairs))
        return SideLimit("weights", pairs, weights, int(luck.integers(0, 25)))
    if kind == "quota":
        pairs = np.flatnonzero(np.isin(pool, some_pools))
        return SideLimit("quota", pairs, np.ones(len(pairs), dtype=np.int64), int(luck.integers(0, 4)))
    one, other = luck.choice(len(home), 2, replace=False)
    into = np.flatnonzero(np.isin(pool, some_pools) & np.isin(seeker, [one, other]))
    ones = np.ones(len(into), dtype=np.int64)
    if home[other] == NO_HOME or home[other] not in some_pools:
        return SideLimit("conflict", into, ones, 1)
    leaving = np.flatnonzero(seeker == other)
    coefficient = np.concatenate([ones, -np.ones(len(leaving), dtype=np.int64)])
    return SideLimit("conflict", np.concatenate([into, leaving]), coefficient, 0)


def faults(problem: Problem, chosen: NDArray[np.bool_]) -> list[str]:
    """What a choice breaks, counted pair by pair."""
    found = []
    placed = problem.seeker[chosen].tolist()
    if len(placed) > len(set(placed)):
        found.append("a seeker is placed twice")
    net = np.zeros(len(problem.vacant), dtype=np.int64)
    for seeker, pool in zip(placed, problem.pool[chosen].tolist(), strict=True):
        net[pool] += 1
        if problem.home[seeker] != NO_HOME:
            net[problem.home[seeker]] -= 1
    found += [f"pool {pool} is overfull" for pool in np.flatnonzero(net > problem.vacant).tolist()]
    for limit in problem.sides:
        told = zip(limit.pairs.tolist(), limit.coefficient.tolist(), strict=True)
        if sum(weight for pair, weight in told if chosen[pair]) > limit.most:
            found.append(f"{limit.name} is broken")
    return found


def all_choices(problem: Problem) -> Iterator[NDArray[np.bool_]]:
    """Every choice of a tiny problem that keeps all limits."""
    options = [[None, *np.flatnonzero(problem.seeker == s).tolist()] for s in range(len(problem.home))]
    for picks in product(*options):
        chosen = np.zeros(len(problem.seeker), dtype=bool)
        chosen[[pick for pick in picks if pick is not None]] = True
        if not faults(problem, chosen):
            yield chosen


def choice_count(problem: Problem) -> int:
    """How many choices `all_choices` looks at."""
    pairs = np.bincount(problem.seeker, minlength=len(problem.home))
    return int(np.prod(pairs + 1))


def worths(problem: Problem, chosen: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(goal[chosen].sum()) for goal in problem.goals)


def best_by_enumeration(problem: Problem) -> tuple[int, ...]:
    """The best values of all goals, in their order."""
    return max(worths(problem, chosen) for chosen in all_choices(problem))


def best_by_milp(problem: Problem, goals: int) -> tuple[int, ...]:
    """The best values of the first goals, one integer programme after the other by HiGHS."""
    k = len(problem.seeker)
    if k == 0:
        return (0,) * goals
    rows = [(problem.seeker == seeker).astype(float) for seeker in range(len(problem.home))]
    for pool in range(len(problem.vacant)):
        entering = (problem.pool == pool).astype(float)
        rows.append(entering - (problem.home[problem.seeker] == pool))
    for limit in problem.sides:
        row = np.zeros(k)
        np.add.at(row, limit.pairs, limit.coefficient)
        rows.append(row)
    high = [*np.ones(len(problem.home)), *problem.vacant, *(limit.most for limit in problem.sides)]
    low = [-np.inf] * len(high)
    values = []
    for goal in problem.goals[:goals]:
        answer = milp(
            -goal.astype(float),
            constraints=LinearConstraint(np.array(rows), low, high),
            integrality=np.ones(k),
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0},
        )
        assert answer.status == 0, answer.message
        values.append(round(-answer.fun))
        rows, low, high = [*rows, goal.astype(float)], [*low, values[-1] - 0.5], [*high, np.inf]
    return tuple(values)
