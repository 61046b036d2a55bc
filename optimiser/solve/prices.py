"""Prices of places from an optimal flow: shortest paths in its residual graph, over pools only."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.face import Face

Index = NDArray[np.int64]


class NegativeCycle(Exception):
    """The choice can be improved, so it is not optimal: an error of ours."""


class Arcs(NamedTuple):
    """Arcs of the residual graph, sorted by head; nodes are the pools and, last, the hub."""

    tail: Index
    head: Index
    cost: Index


def prices_of(problem: Problem, face: Face, worth: Index, taken: NDArray[np.bool_]) -> Index:
    """Optimal prices of places, shape (m,), for an optimal choice of open pairs (taken (k,)).

    An arc u -> v costs what the goal loses when one unit more leaves u for v: a seeker placed in u goes
    to v instead, a seeker outside enters v, one drops out, or an empty place is used. Potentials by
    Bellman-Ford are the prices with the sign changed.

    Raises
    ------
    NegativeCycle
        When the choice was not optimal.
    """
    arcs = _residual(problem, face, worth, taken)
    nodes = len(problem.vacant) + 1
    distance = np.zeros(nodes, dtype=np.int64)
    if not arcs.head.size:
        return np.zeros(nodes - 1, dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, arcs.head[1:] != arcs.head[:-1]])
    reached = arcs.head[starts]
    for _ in range(nodes + 1):
        nearest = np.minimum.reduceat(distance[arcs.tail] + arcs.cost, starts)
        shorter = nearest < distance[reached]
        if not shorter.any():
            return np.asarray(distance[-1] - distance[:-1])
        distance[reached[shorter]] = nearest[shorter]
    raise NegativeCycle("the choice can still be improved")


def _residual(problem: Problem, face: Face, worth: Index, taken: NDArray[np.bool_]) -> Arcs:
    hub = len(problem.vacant)
    seeker, pool = problem.seeker[face.pairs], problem.pool[face.pairs]
    home = np.where(problem.home == NO_HOME, hub, problem.home)
    stands, own_worth = home.copy(), np.zeros(len(home), dtype=np.int64)
    placed = np.zeros(len(home), dtype=bool)
    stands[seeker[taken]] = pool[taken]
    own_worth[seeker[taken]] = worth[taken]
    placed[seeker[taken]] = True
    drops = np.flatnonzero(placed & ~face.must)

    entries = np.bincount(pool[taken], minlength=hub)
    departures = np.bincount(problem.home[placed & (problem.home != NO_HOME)], minlength=hub)
    free = ~face.full
    into_hub = np.flatnonzero(free & (entries - departures < problem.vacant))
    from_hub = np.flatnonzero(free)
    untaken = ~taken
    tail = np.concatenate([stands[seeker[untaken]], stands[drops], into_hub, np.full(len(from_hub), hub)])
    head = np.concatenate([pool[untaken], home[drops], np.full(len(into_hub), hub), from_hub])
    nothing = np.zeros(len(into_hub) + len(from_hub), dtype=np.int64)
    cost = np.concatenate([(own_worth[seeker] - worth)[untaken], own_worth[drops], nothing])
    order = np.argsort(head, kind="stable")
    return Arcs(tail[order], head[order], cost[order])
