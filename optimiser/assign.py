"""Assignment on plain arrays, proved: for anyone who has a matrix and no city.

Households and pools here may as well be jobs and machines, patients and donors, families and towns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from optimiser.arrays import Limit, read_problem
from optimiser.chains import Step
from optimiser.problem import Problem, Solution
from optimiser.solve.deadline import Deadline
from optimiser.solve.lexicographic import solve
from optimiser.within import solve_within

__all__ = ["NOWHERE", "Assignment", "Limit", "assign"]

NOWHERE = -1
"""Pool of a household that is given none."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who goes where, with what is proved of it.

    Attributes
    ----------
    pool
        Pool given to each household, or NOWHERE, shape (households,). Who has a home and is given no
        other stays there.
    values, bounds
        Sum of each goal, and a number that no assignment as good in the goals before exceeds.
    optimal
        Whether every value is at its bound.
    engine
        What was needed: `flow`, `vacancies`, `flow+prices`, `flow+mip` or `chains+mip`.
    chains, cycles
        With longest_chain: households in the order in which places are handed on, one chain (from a
        vacant place) or cycle after the other. Else empty.
    """

    pool: NDArray[np.int64]
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    optimal: bool
    engine: str
    chains: tuple[tuple[int, ...], ...] = ()
    cycles: tuple[tuple[int, ...], ...] = ()


def assign(
    goals: ArrayLike | Sequence[ArrayLike],
    eligible: ArrayLike,
    capacities: ArrayLike,
    *,
    sizes: ArrayLike | None = None,
    homes: ArrayLike | None = None,
    limits: Sequence[Limit] = (),
    longest_chain: int | None = None,
    longest_cycle: int | None = None,
    time_limit: float | None = None,
) -> Assignment:
    """The assignment that is best goal by goal: each household at most one pool, every limit kept.

    Among equals any may be returned, the same one every time; a last goal that tells all pairs apart
    makes the choice yours.

    Parameters
    ----------
    goals
        Worth of each pair, shape (households, pools), or several such matrices, the first before all
        others; whole numbers, maximised. To place as many as possible at least cost: first ones, then
        the cost below zero.
    eligible
        Which pairs may be, shape (households, pools), boolean.
    capacities
        Places in each pool, shape (pools,), those included in which the households of `homes` live.
    sizes
        Places that a household takes, shape (households,), or takes in each pool, shape (households,
        pools); 1 when left out.
    homes
        Pool that a household leaves when it is given another, or -1, shape (households,); the place
        left can be taken. To stay is no proposal and has no worth.
    limits
        Limits beside the capacities.
    longest_chain
        Most households in a chain of moves; None for no limit.
    longest_cycle
        Most households in a cycle of moves; None for the same limit as chains. Below 2: no cycles.
    time_limit
        Seconds; then the best found is returned, with bounds that hold. None for no limit.

    Raises
    ------
    ValueError
        When an argument does not fit the others; the message names it.
    """
    problem = read_problem(goals, eligible, capacities, sizes, homes, limits)
    _refuse_chains(sizes, longest_chain, longest_cycle)
    if time_limit is not None and not time_limit >= 0:
        raise ValueError("time_limit: must be 0 seconds or more")
    deadline = Deadline(time_limit)
    if longest_chain is None:
        return _assignment(problem, solve(problem, deadline), [])
    return _assignment(problem, *solve_within(problem, longest_chain, longest_cycle, deadline))


def _refuse_chains(sizes: ArrayLike | None, longest_chain: int | None, longest_cycle: int | None) -> None:
    if longest_chain is None and longest_cycle is not None:
        raise ValueError("longest_cycle: needs longest_chain too")
    if longest_chain is not None and longest_chain < 1:
        raise ValueError("longest_chain: must be 1 or more")
    if longest_cycle is not None and longest_cycle < 0:
        raise ValueError("longest_cycle: must be 0 or more")
    if longest_chain is not None and sizes is not None:
        raise ValueError("sizes: leave them out with longest_chain; in a chain each hands on one place")


def _assignment(problem: Problem, solution: Solution, steps: Sequence[Step]) -> Assignment:
    pool = np.full(len(problem.home), NOWHERE)
    pool[problem.seeker[solution.chosen]] = problem.pool[solution.chosen]
    household = problem.seeker[solution.chosen]
    parts: dict[int, list[Step]] = {}
    for step in steps:
        parts.setdefault(step.chain, []).append(step)
    chains: list[tuple[int, ...]] = []
    cycles: list[tuple[int, ...]] = []
    for part in parts.values():
        listed = tuple(int(household[step.proposal]) for step in part)
        is_cycle = len(part) > 1 and part[-1].step == 1
        (cycles if is_cycle else chains).append(listed)
    return Assignment(
        pool=pool,
        values=solution.values,
        bounds=solution.bounds,
        optimal=solution.optimal,
        engine=solution.engine,
        chains=tuple(chains),
        cycles=tuple(cycles),
    )
