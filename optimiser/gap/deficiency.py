"""Where places lack: most who fit at once, and the largest set of households with too few places.

A set A of households has the deficiency |A| less the places of all pools that someone in A is eligible for.
By Hall and Ore, the most that fit at once are all households less the greatest deficiency of a set.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow

from optimiser.instance import NONE

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Graph:
    """Households (n), pools with places (m), and who could have which: pairs household, pool (k,) each."""

    household: Index
    pool: Index
    places: Index
    n: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """Some households, all the pools that any of them could have, and the places there."""

    households: Index
    pools: Index
    places: int

    @property
    def short(self) -> int:
        """Households less places."""
        return len(self.households) - self.places


def most_placed(graph: Graph) -> Index:
    """A choice that places the most households at once: the pool of each, NONE for none, shape (n,).

    Raises
    ------
    ArithmeticError
        When the flow engine fails: an error of ours.
    """
    placed_at = np.full(graph.n, NONE, dtype=np.int64)
    useful = graph.places[graph.pool] > 0
    household, pool = graph.household[useful], graph.pool[useful]
    if not household.size:
        return placed_at
    rows, at = np.unique(household, return_inverse=True)
    stock, to = np.unique(pool, return_inverse=True)
    sink = 1 + len(rows) + len(stock)
    tail = np.concatenate(
        [np.zeros(len(rows), dtype=np.int64), at + 1, np.arange(len(stock)) + 1 + len(rows)]
    )
    head = np.concatenate([np.arange(len(rows)) + 1, to + 1 + len(rows), np.full(len(stock), sink)])
    room = np.concatenate([np.ones(len(rows) + len(at), dtype=np.int64), graph.places[stock]])
    flow = max_flow.SimpleMaxFlow()
    arcs = flow.add_arcs_with_capacity(tail, head, room)
    status = flow.solve(0, sink)
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"the flow of most placed ended as {status.name}")
    taken = np.asarray(flow.flows(arcs[len(rows) : len(rows) + len(at)])) > 0
    placed_at[household[taken]] = pool[taken]
    return placed_at


def placed_count(graph: Graph) -> int:
    """The most households that fit at once."""
    return int((most_placed(graph) != NONE).sum())


def largest_deficiency_set(graph: Graph) -> Flags:
    """The largest set of households whose deficiency is the greatest there is, shape (n,).

    Take any choice M that places the most. Let B be the pools from which a place can be made free: those
    with a place left over, and, again and again, the pool where M puts a household that could have one of
    B instead. Let S be the households that could have a pool of B. The answer is A, all but S.

    A has the greatest deficiency: no one in A could have a pool of B, so every pool that A could have is
    full, and who M puts there is in A (someone of S there would have brought that pool into B). Nobody in S
    is unplaced, for M could then place one more. So A's deficiency is the number of unplaced households, and
    no set has more, since M places all others in pools of the set.

    Every set C of that deficiency lies in A: C holds all unplaced households and its pools are full of C's
    own. Suppose C holds someone of S, and take the one whose pool of B came in first. If that pool has a
    place left, C's pools are not full. Else it came in by a household of S whom M puts there, hence of C,
    whose own pool of B came in earlier: a contradiction. So A is the largest, whichever M was taken.
    """
    placed_at = most_placed(graph)
    placed = placed_at != NONE
    taken = np.bincount(placed_at[placed], minlength=len(graph.places))
    freed = graph.places > taken
    relieved = np.zeros(graph.n, dtype=bool)
    while True:
        before = int(relieved.sum())
        relieved[graph.household[freed[graph.pool]]] = True
        if int(relieved.sum()) == before:
            return ~relieved
        freed[placed_at[relieved & placed]] = True


def shortage(graph: Graph, members: Flags) -> Shortage:
    """Some households (n,) with the pools that any of them could have, and the places there."""
    pools = np.unique(graph.pool[members[graph.household]])
    return Shortage(np.flatnonzero(members), pools, int(graph.places[pools].sum()))


def connected_parts(graph: Graph, members: Flags) -> list[Shortage]:
    """Some households (n,) split where no pool joins them: the shortest of places first.

    Equal ones come with the most households first, then by their pools. A household that could have no
    pool is a part by itself.
    """
    inside = members[graph.household]
    household, pool = graph.household[inside], graph.pool[inside]
    label = np.arange(graph.n)
    while True:
        of_pool = np.full(len(graph.places), graph.n)
        np.minimum.at(of_pool, pool, label[household])
        joined = label.copy()
        np.minimum.at(joined, household, of_pool[pool])
        if (joined == label).all():
            break
        label = joined
    parts = [shortage(graph, members & (label == name)) for name in np.unique(label[members])]
    return sorted(parts, key=lambda part: (-part.short, -len(part.households), part.pools.tolist()))
