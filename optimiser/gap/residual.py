"""What one more place is worth after an optimal flow: lexicographically best paths in its residual graph."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

FAR = np.iinfo(np.int64).max // 4
NO_PAIR = -1
NO_ARC = -1


@dataclass(frozen=True, slots=True)
class Arcs:
    """Arcs between pools and, last, the hub: one seeker more leaves the tail for the head.

    tail, head (k,); loss (goals, k) of every goal; adds, drops (k,) are the pairs chosen and let go by the
    arc, NO_PAIR for none. An arc without pairs uses a place that is free, or leaves one empty.
    """

    tail: Index
    head: Index
    loss: Index
    adds: Index
    drops: Index

    def only(self, kept: Flags) -> "Arcs":
        """Some of the arcs."""
        return Arcs(self.tail[kept], self.head[kept], self.loss[:, kept], self.adds[kept], self.drops[kept])


@dataclass(frozen=True, slots=True)
class OneMore:
    """What one more place in each pool brings when no limit cuts across pools.

    gains (m, goals): the lexicographically greatest change of all goals, exact. tight are the arcs that lie
    on best paths, and came (m + 1,) the one by which each node is reached first; NO_ARC for the hub.
    """

    gains: Index
    tight: Arcs
    came: Index


def one_more_place(problem: Problem, chosen: Flags) -> OneMore:
    """The change of the goals with one more place in each pool, from an optimal choice of pairs (k,).

    One place more raises the capacity of one arc of the flow (pool to hub) by one. The difference of the new
    best flow and the old one falls apart into cycles of the residual graph; those that do not use the new
    unit gain nothing, since the old flow was best, and at most one uses it. So the gain is that of the best
    path from the hub to the pool. Goals are vectors in an ordered group, for which all this holds; they are
    taken one by one, each on the arcs that are tight for the goals before, where every cycle still loses or
    is level, and only lower goals may fall.
    """
    m = len(problem.vacant)
    arcs = residual_arcs(problem, chosen)
    gains = np.zeros((m, len(problem.goals)), dtype=np.int64)
    for goal in range(len(problem.goals)):
        distance = _distances(arcs, goal, m)
        arcs = arcs.only(distance[arcs.tail] + arcs.loss[goal] == distance[arcs.head])
        gains[:, goal] = -distance[:m]
    return OneMore(gains, arcs, _reached_by(arcs, m))


def with_one_more(found: OneMore, chosen: Flags, pool: int) -> Flags:
    """The optimal choice of pairs (k,) once there is one more place in a pool: along one best path.

    A path visits a pool once and a seeker stands in one place, so no seeker is moved twice.
    """
    arcs, after, node = found.tight, chosen.copy(), pool
    while found.came[node] != NO_ARC:
        arc = found.came[node]
        if arcs.drops[arc] != NO_PAIR:
            after[arcs.drops[arc]] = False
        if arcs.adds[arc] != NO_PAIR:
            after[arcs.adds[arc]] = True
        node = int(arcs.tail[arc])
    return after


def residual_arcs(problem: Problem, chosen: Flags) -> Arcs:
    """All arcs of the residual graph of a choice, seekers folded into the arcs between pools."""
    m, n = len(problem.vacant), len(problem.home)
    pairs = np.arange(len(problem.seeker))
    taken, left = pairs[chosen], pairs[~chosen]
    own = np.full(n, NO_PAIR, dtype=np.int64)
    own[problem.seeker[taken]] = taken
    home = np.where(problem.home == NO_HOME, m, problem.home)
    stands = home.copy()
    stands[problem.seeker[taken]] = problem.pool[taken]
    worth = np.concatenate([problem.goals, np.zeros((len(problem.goals), 1), dtype=np.int64)], axis=1)

    net = np.bincount(problem.pool[taken], minlength=m)
    homes = problem.home[problem.seeker[taken]]
    net -= np.bincount(homes[homes != NO_HOME], minlength=m)
    spare = np.flatnonzero(net < problem.vacant)
    everywhere = np.arange(m)

    mover = problem.seeker[left]
    hub = np.full(m, m)
    nothing = np.full(len(spare) + m, NO_PAIR)
    adds = np.concatenate([left, np.full(len(taken), NO_PAIR), nothing])
    drops = np.concatenate([own[mover], taken, nothing])
    return Arcs(
        tail=np.concatenate([stands[mover], problem.pool[taken], spare, hub]),
        head=np.concatenate([problem.pool[left], home[problem.seeker[taken]], hub[: len(spare)], everywhere]),
        loss=worth[:, drops] - worth[:, adds],
        adds=adds,
        drops=drops,
    )


def _distances(arcs: Arcs, goal: int, m: int) -> Index:
    """Least loss of one goal on a walk from the hub to each node, shape (m + 1,): Bellman-Ford."""
    cost = np.full((m + 1, m + 1), FAR, dtype=np.int64)
    np.minimum.at(cost, (arcs.tail, arcs.head), arcs.loss[goal])
    distance = np.full(m + 1, FAR, dtype=np.int64)
    distance[m] = 0
    for _ in range(m + 2):
        shorter = np.minimum(distance, (distance[:, None] + cost).min(axis=0))
        if (shorter == distance).all():
            return distance
        distance = shorter
    raise ArithmeticError("the choice can still be improved, so it was not optimal: an error of ours")


def _reached_by(arcs: Arcs, m: int) -> Index:
    """The arc by which each node is first reached from the hub, fewest arcs first, shape (m + 1,)."""
    order = np.argsort(arcs.tail, kind="stable")
    starts = np.searchsorted(arcs.tail[order], np.arange(m + 2))
    came = np.full(m + 1, NO_ARC, dtype=np.int64)
    reached = [m]
    seen = np.zeros(m + 1, dtype=bool)
    seen[m] = True
    for node in reached:
        leaving = order[starts[node] : starts[node + 1]]
        heads, first = np.unique(arcs.head[leaving], return_index=True)
        new = ~seen[heads]
        came[heads[new]] = leaving[first[new]]
        seen[heads[new]] = True
        reached += heads[new].tolist()
    return came
