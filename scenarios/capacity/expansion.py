"""The cheapest places to add so that at most so many households are left over: exact, by Hall's condition.

By Hall and Ore, at most K households are left without a place when, and only when, for every set S of them

    households in S  -  places of all pools that anyone in S could have  <=  K.

With y[j] places of buildable pool j, each S says: the y of the buildable pools of S come to at least so many.
There are too many sets to write them all, so a master problem over y knows only some. Its cheapest answer
is tried: where the largest deficiency set falls short, that set is written down and the master is solved
again (Benders' cuts, which here are Hall's). The master knows less than all, so its cost is a bound; when its
answer holds, the bound is reached.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import gcd
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from optimiser.gap.deficiency import Graph, largest_deficiency_set, most_placed, placed_count
from optimiser.instance import NONE

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

ENGINE = "cp-sat+hall"

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Offer:
    """Places that could be built: their pool in the graph, how many there may be, and SEK/year for each."""

    pool: int
    choices: tuple[int, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """Who could have what (places of offered pools do not count), what is on offer, and most left over."""

    graph: Graph
    offers: tuple[Offer, ...]
    most_short: int


@dataclass(frozen=True, slots=True)
class Expanded:
    """The cheapest choice: places of each offer, their cost, the bound on any cost, and the sets it took."""

    places: tuple[int, ...]
    cost: int
    bound: int
    sets: int


class OutOfReach(Exception):
    """Even with everything built more are left over than the target allows.

    Attributes
    ----------
    least_short
        Households left over with everything built: the fewest that can be.
    """

    def __init__(self, least_short: int) -> None:
        super().__init__(f"at least {least_short} are left over")
        self.least_short = least_short


def built(expansion: Expansion, places: Sequence[int]) -> Graph:
    """The graph with so many places of each offer."""
    stock = expansion.graph.places.copy()
    for offer, count in zip(expansion.offers, places, strict=True):
        stock[offer.pool] = count
    return replace(expansion.graph, places=stock)


def short_of(graph: Graph) -> int:
    """Households left over when the most are placed."""
    return graph.n - placed_count(graph)


def everything(expansion: Expansion) -> Graph:
    """The graph with all that can be built."""
    return built(expansion, [offer.choices[-1] for offer in expansion.offers])


def cheapest(expansion: Expansion) -> Expanded:
    """The cheapest places, then the fewest, then the most of the first offers.

    Raises
    ------
    OutOfReach
        When the target cannot be met.
    """
    least = short_of(everything(expansion))
    if least > expansion.most_short:
        raise OutOfReach(least)
    master = _Master(expansion)
    costs = [offer.cost for offer in expansion.offers]
    # More than all places together, so that a krona always comes before any number of places. In whole
    # numbers this is exact, and proved far sooner than the fewest places at just the least cost.
    krona = sum(offer.choices[-1] for offer in expansion.offers) + 1
    weights = [krona * cost + 1 for cost in costs]
    found = master.least(weights)
    master.keep(weights, _sum(weights, found))
    for j in range(len(found)):
        if any(found[j:]):
            sign = [-1 if i == j else 0 for i in range(len(found))]
            found = master.least(sign)
            master.keep(sign, -found[j])
    cost = _sum(costs, found)
    return Expanded(tuple(found), cost, cost, master.sets)


def _sum(weights: Sequence[int], places: Sequence[int]) -> int:
    return sum(weight * count for weight, count in zip(weights, places, strict=True))


class _Master:
    """What is known of y so far, and the cheapest y that keeps it."""

    def __init__(self, expansion: Expansion) -> None:
        from ortools.sat.python import cp_model

        self._expansion = expansion
        self._model = cp_model.CpModel()
        self._y = [
            self._model.new_int_var_from_domain(cp_model.Domain.from_values(list(offer.choices)), f"y{j}")
            for j, offer in enumerate(expansion.offers)
        ]
        self._offer_of = np.full(len(expansion.graph.places), NONE, dtype=np.int64)
        self._offer_of[[offer.pool for offer in expansion.offers]] = np.arange(len(expansion.offers))
        self.sets = 0

    def keep(self, weights: Sequence[int], value: int) -> None:
        """From now on the weighted places come to no more than this, the least there is."""
        weights, value = _smaller(weights, value)
        self._model.add(self._sum(weights) <= value)

    def least(self, weights: Sequence[int]) -> list[int]:
        """Places with the least weighted sum that leave no more over than allowed."""
        self._model.minimize(self._sum(_smaller(weights, 0)[0]))
        while True:
            places = self._solve()
            graph = built(self._expansion, places)
            broken = [s for s in _widest_sets(graph) if _lacking(graph, s) > self._expansion.most_short]
            if not broken:
                return places
            for members in broken:
                self._write_down(members)

    def _write_down(self, members: Flags) -> None:
        graph = self._expansion.graph
        pools = np.unique(graph.pool[members[graph.household]])
        offers = self._offer_of[pools]
        standing = int(graph.places[pools[offers == NONE]].sum())
        needed = int(members.sum()) - standing - self._expansion.most_short
        self._model.add(sum(self._y[j] for j in offers[offers != NONE].tolist()) >= needed)
        self.sets += 1

    def _sum(self, weights: Sequence[int]) -> "cp_model.LinearExprT":
        return sum(weight * y for weight, y in zip(weights, self._y, strict=True))

    def _solve(self) -> list[int]:
        from ortools.sat.python import cp_model

        solver = cp_model.CpSolver()
        # One worker, so that the same question takes the same path on every machine.
        solver.parameters.num_workers = 1
        solver.parameters.relative_gap_limit = 0.0
        solver.parameters.linearization_level = 2
        status = solver.solve(self._model)
        if status != cp_model.OPTIMAL:
            raise ArithmeticError(f"the plan of places ended as {solver.status_name(status)}")
        return [solver.value(y) for y in self._y]


def _smaller(weights: Sequence[int], value: int) -> tuple[list[int], int]:
    """The same limit in the largest unit that divides the weights: small numbers are proved sooner."""
    unit = gcd(*weights) or 1
    return [weight // unit for weight in weights], value // unit


def _widest_sets(graph: Graph) -> list[Flags]:
    """The largest set of the greatest deficiency, and the smallest: each forbids other choices as well."""
    return [largest_deficiency_set(graph), _smallest_deficiency_set(graph)]


def _smallest_deficiency_set(graph: Graph) -> Flags:
    """Those left over and, again and again, those who hold a place that one of the set could have."""
    placed_at = most_placed(graph)
    members = np.asarray(placed_at == NONE)
    wanted = np.zeros(len(graph.places), dtype=bool)
    while True:
        before = int(members.sum())
        wanted[graph.pool[members[graph.household]]] = True
        members = np.asarray((placed_at == NONE) | wanted[placed_at])
        if int(members.sum()) == before:
            return members


def _lacking(graph: Graph, members: Flags) -> int:
    pools = np.unique(graph.pool[members[graph.household]])
    return int(members.sum()) - int(graph.places[pools].sum())
