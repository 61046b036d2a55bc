"""How an optimal flow shifts when something about it changes: best paths in its residual graph.

Where a run is a pure flow, one place more, or one seeker put somewhere else, changes the best plan by one
path between pools. Losses are vectors, one number for each goal, compared in the order of the goals.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem, Solution

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

FAR = np.iinfo(np.int64).max
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

    def some(self, which: NDArray[np.generic]) -> "Arcs":
        """Some of the arcs, by flags or by index."""
        return Arcs(
            self.tail[which], self.head[which], self.loss[:, which], self.adds[which], self.drops[which]
        )


@dataclass(frozen=True, slots=True)
class Paths:
    """Best paths between one node and all others; nodes are the pools and, last, the hub.

    reachable (m + 1,); loss (m + 1, goals) is exact, lexicographically least; arcs are those that lie on
    best paths; came (m + 1,) is the arc by which the path to a node (outwards), or from it, goes on towards
    the one, NO_ARC at the one itself.
    """

    reachable: Flags
    loss: Index
    arcs: Arcs
    came: Index
    outwards: bool

    def applied(self, chosen: Flags, node: int) -> Flags:
        """A choice of pairs (k,) after the path between the one and a node.

        A path visits a pool once and a seeker stands in one place, so no seeker is moved twice.
        """
        after = chosen.copy()
        while self.came[node] != NO_ARC:
            arc = self.came[node]
            for pair, taken in ((self.arcs.drops[arc], False), (self.arcs.adds[arc], True)):
                if pair != NO_PAIR:
                    after[pair] = taken
            node = int(self.arcs.tail[arc] if self.outwards else self.arcs.head[arc])
        return after


def is_pure_flow(problem: Problem, solution: Solution) -> bool:
    """Whether a choice is best also without the limits across pools, so that residual paths speak of it.

    A limit that asks for a proposal shapes the choice even where the flow alone then keeps it.
    """
    return solution.engine == "flow" and all(side.most >= 0 for side in problem.sides)


def stands(problem: Problem, chosen: Flags) -> Index:
    """Node at which each seeker stands after a choice: its new pool, else its home, else the hub; (n,)."""
    node = np.where(problem.home == NO_HOME, len(problem.vacant), problem.home)
    node[problem.seeker[chosen]] = problem.pool[chosen]
    return node


def one_more_place(problem: Problem, chosen: Flags) -> Paths:
    """Best paths from the hub in an optimal choice of pairs (k,): what one more place in a pool changes.

    One place more raises the capacity of one arc of the flow (pool to hub) by one. The difference of the new
    best flow and the old one falls apart into cycles of the residual graph; those that do not use the new
    unit gain nothing, since the old flow was best, and at most one uses it. So the gain is that of the best
    path from the hub to the pool, `-loss`, and the new choice is the old one after that path.
    """
    return best_paths(problem, chosen, len(problem.vacant), outwards=True)


def best_paths(problem: Problem, chosen: Flags, one: int, *, outwards: bool) -> Paths:
    """Best paths from one node to all others (outwards), or from all others to it, in an optimal choice.

    Goals are vectors in an ordered group, for which shortest paths work as for numbers; they are taken one
    by one, each on the arcs that are tight for the goals before, where every cycle still loses or is level.

    Raises
    ------
    ArithmeticError
        When the choice can still be improved: an error of ours.
    """
    arcs = residual_arcs(problem, chosen)
    arcs = arcs.some(np.lexsort((arcs.tail, arcs.head) if outwards else (arcs.head, arcs.tail)))
    nodes = len(problem.vacant) + 1
    loss = np.zeros((nodes, len(problem.goals)), dtype=np.int64)
    reachable = np.ones(nodes, dtype=bool)
    for goal in range(len(problem.goals)):
        start, end = (arcs.tail, arcs.head) if outwards else (arcs.head, arcs.tail)
        distance = _distances(start, end, arcs.loss[goal], one, nodes)
        reachable = distance < FAR
        kept = np.flatnonzero(reachable[start])
        kept = kept[distance[start[kept]] + arcs.loss[goal, kept] == distance[end[kept]]]
        arcs = arcs.some(kept)
        loss[:, goal] = distance
    start, end = (arcs.tail, arcs.head) if outwards else (arcs.head, arcs.tail)
    return Paths(reachable, loss, arcs, _came(start, end, one, nodes), outwards)


def residual_arcs(problem: Problem, chosen: Flags) -> Arcs:
    """All arcs of the residual graph of a choice, seekers folded into the arcs between pools."""
    m, n = len(problem.vacant), len(problem.home)
    pairs = np.arange(len(problem.seeker))
    taken, left = pairs[chosen], pairs[~chosen]
    own = np.full(n, NO_PAIR, dtype=np.int64)
    own[problem.seeker[taken]] = taken
    home = np.where(problem.home == NO_HOME, m, problem.home)
    at = stands(problem, chosen)
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
        tail=np.concatenate([at[mover], problem.pool[taken], spare, hub]),
        head=np.concatenate([problem.pool[left], home[problem.seeker[taken]], hub[: len(spare)], everywhere]),
        loss=worth[:, drops] - worth[:, adds],
        adds=adds,
        drops=drops,
    )


def _distances(start: Index, end: Index, loss: Index, one: int, nodes: int) -> Index:
    """Least loss on a walk from the one to each node, FAR where there is none, shape (nodes,).

    Bellman-Ford. The arcs come sorted by end and then start, so that parallel ones are first made one.
    """
    distance = np.full(nodes, FAR, dtype=np.int64)
    distance[one] = 0
    if not start.size:
        return distance
    new = np.flatnonzero(np.r_[True, (start[1:] != start[:-1]) | (end[1:] != end[:-1])])
    least, start, end = np.minimum.reduceat(loss, new), start[new], end[new]
    first = np.flatnonzero(np.r_[True, end[1:] != end[:-1]])
    reached = end[first]
    for _ in range(nodes + 1):
        known = distance[start] < FAR
        nearest = np.minimum.reduceat(
            np.where(known, distance[start] + np.where(known, least, 0), FAR), first
        )
        shorter = nearest < distance[reached]
        if not shorter.any():
            return distance
        distance[reached[shorter]] = nearest[shorter]
    raise ArithmeticError("the choice can still be improved, so it was not optimal: an error of ours")


def _came(start: Index, end: Index, one: int, nodes: int) -> Index:
    """The arc by which each node is first reached from the one, fewest arcs first, shape (nodes,)."""
    order = np.argsort(start, kind="stable")
    starts = np.searchsorted(start[order], np.arange(nodes + 1))
    came = np.full(nodes, NO_ARC, dtype=np.int64)
    seen = np.zeros(nodes, dtype=bool)
    seen[one] = True
    reached = [one]
    for node in reached:
        leaving = order[starts[node] : starts[node + 1]]
        ends, first = np.unique(end[leaving], return_index=True)
        new = ~seen[ends]
        came[ends[new]] = leaving[first[new]]
        seen[ends] = True
        reached += ends[new].tolist()
    return came
