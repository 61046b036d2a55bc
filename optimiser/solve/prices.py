"""Prices of places from an optimal flow: shortest paths in its residual graph, over pools only."""

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.face import Face

FAR = np.iinfo(np.int64).max // 4


class NegativeCycle(Exception):
    """The choice can be improved, so it is not optimal: an error of ours."""


def prices_of(
    problem: Problem, face: Face, worth: NDArray[np.int64], taken: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Optimal prices of places, shape (m,), for an optimal choice of open pairs (taken (k,)).

    Nodes are the pools and, last, the hub. An arc u -> v costs what the goal loses when one unit more
    leaves u for v: a seeker placed in u goes to v instead, a seeker outside enters v, one drops out, or
    an empty place is used. Potentials by Bellman-Ford are the prices with the sign changed.

    Raises
    ------
    NegativeCycle
        When the choice was not optimal.
    """
    cost = _residual(problem, face, worth, taken)
    distance = np.zeros(len(cost), dtype=np.int64)
    for _ in range(len(cost) + 1):
        shorter = np.minimum(distance, (distance[:, None] + cost).min(axis=0))
        if (shorter == distance).all():
            hub = distance[-1]
            return np.asarray(hub - distance[:-1])
        distance = shorter
    raise NegativeCycle("the choice can still be improved")


def _residual(
    problem: Problem, face: Face, worth: NDArray[np.int64], taken: NDArray[np.bool_]
) -> NDArray[np.int64]:
    m = len(problem.vacant)
    seeker, pool = problem.seeker[face.pairs], problem.pool[face.pairs]
    home = np.where(problem.home == NO_HOME, m, problem.home)
    placed_at = np.full(len(problem.home), m)
    own_worth = np.zeros(len(problem.home), dtype=np.int64)
    placed_at[seeker[taken]] = pool[taken]
    own_worth[seeker[taken]] = worth[taken]
    placed = np.zeros(len(problem.home), dtype=bool)
    placed[seeker[taken]] = True

    cost = np.full((m + 1, m + 1), FAR, dtype=np.int64)
    stands = np.where(placed, placed_at, home)[seeker]
    np.minimum.at(cost, (stands[~taken], pool[~taken]), (own_worth[seeker] - worth)[~taken])
    drops = np.flatnonzero(placed & ~face.must)
    np.minimum.at(cost, (placed_at[drops], home[drops]), own_worth[drops])

    entries = np.bincount(pool[taken], minlength=m)
    departures = np.bincount(problem.home[placed & (problem.home != NO_HOME)], minlength=m)
    net = entries - departures
    free = ~face.full
    into_hub = free & (net < problem.vacant)
    cost[np.flatnonzero(into_hub), m] = np.minimum(cost[np.flatnonzero(into_hub), m], 0)
    cost[m, np.flatnonzero(free)] = np.minimum(cost[m, np.flatnonzero(free)], 0)
    return cost
