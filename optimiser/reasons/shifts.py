"""How a plan shifts when one place is taken out of a pool: best paths in the residual graph of a flow.

Where a run is a pure flow, the best plan with one seeker somewhere else differs from the best plan by one
cycle of the residual graph: the seeker's own step to a pool, and a best path from there to where the seeker
stands. A seeker's steps all leave the node where it stands, so a path that ends there uses none of them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.gap.residual import FAR, NO_ARC, NO_PAIR, Arcs, residual_arcs
from optimiser.problem import NO_HOME, Problem

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shifts:
    """Best paths between one node and all others; nodes are the pools and, last, the hub.

    reachable (m + 1,); loss (m + 1, goals) is exact, lexicographically least; came (m + 1,) is the arc by
    which the path to a node, or from it, goes on towards the one, NO_ARC at the one itself.
    """

    reachable: Flags
    loss: Index
    arcs: Arcs
    came: Index
    outwards: bool

    def applied(self, chosen: Flags, node: int) -> Flags:
        """A choice of pairs (k,) after the path between the one and a node."""
        after = chosen.copy()
        while self.came[node] != NO_ARC:
            arc = self.came[node]
            for pair, taken in ((self.arcs.drops[arc], False), (self.arcs.adds[arc], True)):
                if pair != NO_PAIR:
                    after[pair] = taken
            node = int(self.arcs.tail[arc] if self.outwards else self.arcs.head[arc])
        return after


def stands(problem: Problem, chosen: Flags) -> Index:
    """Node at which each seeker stands after a choice: its new pool, else its home, else the hub; (n,)."""
    node = np.where(problem.home == NO_HOME, len(problem.vacant), problem.home)
    node[problem.seeker[chosen]] = problem.pool[chosen]
    return node


def shifts(problem: Problem, chosen: Flags, one: int, *, outwards: bool) -> Shifts:
    """Best paths from one node to all others (outwards), or from all others to it, in an optimal choice."""
    arcs = residual_arcs(problem, chosen)
    nodes = len(problem.vacant) + 1
    loss = np.zeros((nodes, len(problem.goals)), dtype=np.int64)
    reachable = np.ones(nodes, dtype=bool)
    for goal in range(len(problem.goals)):
        start, end = (arcs.tail, arcs.head) if outwards else (arcs.head, arcs.tail)
        distance = _distances(start, end, arcs.loss[goal], one, nodes)
        reachable &= distance < FAR // 2
        kept = reachable[start] & reachable[end]
        kept &= distance[start] + arcs.loss[goal] == distance[end]
        arcs = arcs.only(kept)
        loss[:, goal] = distance
    start, end = (arcs.tail, arcs.head) if outwards else (arcs.head, arcs.tail)
    return Shifts(reachable, loss, arcs, _came(start, end, one, nodes), outwards)


def _distances(start: Index, end: Index, loss: Index, one: int, nodes: int) -> Index:
    """Least loss on a walk from the one to each node, shape (nodes,): Bellman-Ford over the arcs."""
    distance = np.full(nodes, FAR, dtype=np.int64)
    distance[one] = 0
    for _ in range(nodes + 1):
        shorter = distance.copy()
        open_to = distance[start] < FAR // 2
        np.minimum.at(shorter, end[open_to], distance[start[open_to]] + loss[open_to])
        if (shorter == distance).all():
            return distance
        distance = shorter
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
