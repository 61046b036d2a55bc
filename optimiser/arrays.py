"""Plain arrays read as a matching problem; what does not fit is refused by the name of its argument."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from optimiser.problem import NO_HOME, Problem, SideLimit
from optimiser.solve.flow import largest_worth

Index = NDArray[np.int64]

WHOLE = 1 << 53
"""Whole numbers up to here are the same as floating point numbers, which some engines count in."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit beside the capacities, for instance on school places, on single parents, or on cost.

    Attributes
    ----------
    name
        Which limit it is, for messages.
    coefficients
        What a household uses when it is placed, shape (households,), or in which pool, shape
        (households, pools); whole numbers, below zero where it gives back.
    most
        What there is: one number for all pools together, or one for each pool, shape (pools,); 0 or
        more, so that to place nobody keeps the limit.
    """

    name: str
    coefficients: ArrayLike
    most: ArrayLike


@dataclass(frozen=True, slots=True)
class Shape:
    """Eligible pairs and the counts that every other argument has to fit."""

    households: int
    pools: int
    household: Index
    pool: Index


def read_problem(
    goals: ArrayLike | Sequence[ArrayLike],
    eligible: ArrayLike,
    capacities: ArrayLike,
    sizes: ArrayLike | None,
    homes: ArrayLike | None,
    limits: Sequence[Limit],
) -> Problem:
    """The problem that some arrays state; see `assign` for what each of them means.

    Raises
    ------
    ValueError
        When an argument does not fit; the message names it.
    """
    home = None if homes is None else _whole("homes", homes)
    shape = _shape(eligible, home)
    capacity = _fitting("capacities", _at_least(0, "capacities", _whole("capacities", capacities)), shape)
    home = _homes(home, shape)
    worth = _goals(goals, shape)
    if sizes is None:
        vacant = capacity - np.bincount(home[home != NO_HOME], minlength=shape.pools)
        _refuse_crowded(vacant)
        rows: list[SideLimit] = []
    else:
        vacant, rows = _sized(sizes, shape, home, capacity)
        home = np.full(shape.households, NO_HOME)
    for limit in limits:
        rows += _limit_rows(limit, shape)
    problem = Problem(shape.household, shape.pool, worth, vacant, home, tuple(rows))
    _refuse_huge(problem)
    return problem


def _shape(eligible: ArrayLike, home: Index | None) -> Shape:
    open_to = np.asarray(eligible)
    if open_to.ndim != 2 or open_to.dtype != np.bool_:
        raise ValueError("eligible: must be a matrix of True and False, households x pools")
    n, m = open_to.shape
    if home is not None and home.shape == (n,) and m:
        open_to = open_to.copy()
        lives = np.flatnonzero((home >= 0) & (home < m))
        open_to[lives, home[lives]] = False
    household, pool = np.nonzero(open_to)
    return Shape(n, m, household.astype(np.int64), pool.astype(np.int64))


def _homes(home: Index | None, shape: Shape) -> Index:
    if home is None:
        return np.full(shape.households, NO_HOME)
    if home.shape != (shape.households,):
        raise ValueError(f"homes: must have shape ({shape.households},), not {home.shape}")
    if bool(((home < NO_HOME) | (home >= shape.pools)).any()):
        raise ValueError(f"homes: must be {NO_HOME} or a pool from 0 to {shape.pools - 1}")
    return home


def _goals(goals: ArrayLike | Sequence[ArrayLike], shape: Shape) -> Index:
    """Worth of each pair under each goal, shape (goals, pairs); what is not eligible is not read."""
    stack = np.asarray(goals)
    stack = stack[None] if stack.ndim == 2 else stack
    if stack.ndim != 3 or not len(stack) or stack.shape[1:] != (shape.households, shape.pools):
        wanted = f"{shape.households} x {shape.pools}"
        raise ValueError(f"goals: must be one matrix or several, each {wanted} as eligible is")
    return _whole("goals", stack[:, shape.household, shape.pool])


def _sized(sizes: ArrayLike, shape: Shape, home: Index, capacity: Index) -> tuple[Index, list[SideLimit]]:
    """How many households each pool takes at most, and a row for each pool that sizes may overfill.

    Where all take the same, the number alone says it; else the row counts places, and the number is
    how many of the smallest fit.
    """
    size = _per_pair("sizes", _at_least(0, "sizes", _whole("sizes", sizes)), shape)
    lives = np.flatnonzero(home != NO_HOME)
    place_left = np.zeros(shape.households, dtype=np.int64)
    place_left[lives] = size[lives, home[lives]]
    taken = np.zeros(shape.pools, dtype=np.int64)
    np.add.at(taken, home[lives], place_left[lives])
    free = capacity - taken
    _refuse_crowded(free)
    most, rows = np.full(shape.pools, shape.households), []
    for pool in range(shape.pools):
        into = np.flatnonzero(shape.pool == pool)
        use = size[shape.household[into], pool]
        out_of = np.flatnonzero(home[shape.household] == pool)
        if not out_of.size:
            most[pool] = np.searchsorted(np.cumsum(np.sort(use)), free[pool], side="right")
            if np.unique(use).size <= 1:
                continue
        pairs = np.concatenate([into, out_of])
        coefficient = np.concatenate([use, -place_left[shape.household[out_of]]])
        rows.append(SideLimit(f"capacity of pool {pool}", pairs, coefficient, int(free[pool])))
    return most, rows


def _limit_rows(limit: Limit, shape: Shape) -> list[SideLimit]:
    name = f"limits: {limit.name}"
    use = _per_pair(name, _whole(name, limit.coefficients), shape)[shape.household, shape.pool]
    most = _at_least(0, name, _whole(name, limit.most))
    if most.ndim == 0:
        pairs = np.flatnonzero(use)
        return [SideLimit(limit.name, pairs, use[pairs], int(most))]
    _fitting(name, most, shape)
    rows = []
    for pool in range(shape.pools):
        pairs = np.flatnonzero((shape.pool == pool) & (use != 0))
        rows.append(SideLimit(f"{limit.name} in pool {pool}", pairs, use[pairs], int(most[pool])))
    return [row for row in rows if int(np.maximum(row.coefficient, 0).sum()) > row.most]


def _per_pair(name: str, values: Index, shape: Shape) -> Index:
    """Values per household, or per household and pool, as a whole matrix."""
    whole = (shape.households, shape.pools)
    if values.shape == whole:
        return values
    if values.shape == (shape.households,):
        return np.broadcast_to(values[:, None], whole)
    raise ValueError(f"{name}: must have shape ({shape.households},) or {whole}, not {values.shape}")


def _fitting(name: str, values: Index, shape: Shape) -> Index:
    if values.shape != (shape.pools,):
        raise ValueError(f"{name}: must have shape ({shape.pools},), not {values.shape}")
    return values


def _whole(name: str, values: ArrayLike) -> Index:
    read = np.asarray(values)
    if read.dtype.kind not in "iuf" and read.dtype != np.bool_:
        raise ValueError(f"{name}: must be numbers")
    if not bool((np.abs(read.astype(np.float64)) <= WHOLE).all() and (read == np.rint(read)).all()):
        raise ValueError(f"{name}: must be whole numbers; scale them up and round")
    return read.astype(np.int64)


def _at_least(least: int, name: str, values: Index) -> Index:
    if bool((values < least).any()):
        raise ValueError(f"{name}: must be {least} or more")
    return values


def _refuse_crowded(free: Index) -> None:
    crowded = np.flatnonzero(free < 0)
    if crowded.size:
        raise ValueError(f"capacities: pool {crowded[0]} is the home of more than it holds")


def _refuse_huge(problem: Problem) -> None:
    room = min(largest_worth(problem), WHOLE // max(1, len(problem.home)))
    if int(np.abs(problem.goals).max(initial=0)) > room:
        raise ValueError(f"goals: must be within {room} either way, so that sums stay exact")
    if any(int(np.abs(row.coefficient).sum()) > WHOLE for row in problem.sides):
        raise ValueError("limits and sizes: must be smaller, so that sums stay exact")
