"""The steady flow: what comes in against the places that fall free, and the price of each pool's places.

With x[t, p] households of type t a week into pool p, v their worth, a the arrivals and c the places that fall
free a week:

    maximise   sum of v[t, p] x[t, p]
    such that  sum over p of x[t, p] <= a[t],   sum over t of x[t, p] <= c[p],   x >= 0.

It is a flow in a network, solved in whole numbers. The price of a pool is the dual of its row: what one place
more a week would add, per placement. Where several duals are right, the lowest of each pool are taken, which
together are a dual too; they are the gain of a place more rather than the loss of a place less.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GRAIN = 2**30
"""Rates are counted in whole parts of so many, of the power of two that is no less than the greatest."""

FINEST = 1000
"""Worths are counted in whole thousandths."""

Index = NDArray[np.int64]
Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SteadyFlow:
    """Types that come (n,) and pools that take them (m,), in households a week.

    Attributes
    ----------
    kind, pool, worth
        Who could go where, and what one such placement is worth in points of fit; each (k,).
    arrivals
        Households of each type a week, shape (n,).
    falling_free
        Places of each pool that fall free a week, shape (m,).
    """

    kind: Index
    pool: Index
    worth: Amounts
    arrivals: Amounts
    falling_free: Amounts


@dataclass(frozen=True, slots=True)
class Priced:
    """The best flow (k,) in households a week, its worth a week, and the prices: of a pool's place and of a
    type's arrival, in points of fit per placement, shapes (m,) and (n,)."""

    flow: Amounts
    value: float
    place: Amounts
    arrival: Amounts


def priced(steady: SteadyFlow) -> Priced:
    """The best steady flow and the lowest prices of places.

    Raises
    ------
    ArithmeticError
        If the flow engine fails, which it does not on finite numbers.
    """
    n = len(steady.arrivals)
    greatest = max(steady.arrivals.max(initial=0.0), steady.falling_free.max(initial=0.0))
    # Where nobody comes and nothing falls free, prices still have to hold: what an arrival would be worth.
    # A power of two holds whole numbers exactly, lest rounding leave a grain waiting where all are placed.
    unit = 2.0 ** np.ceil(np.log2(greatest)) / GRAIN if greatest > 0 else 1.0
    supply = np.rint(steady.arrivals / unit).astype(np.int64)
    room = np.rint(steady.falling_free / unit).astype(np.int64)
    worth = np.rint(steady.worth * FINEST).astype(np.int64)
    taken = _best_flow(steady.kind, steady.pool, worth, supply, room)
    place = _lowest_prices(steady.kind, steady.pool, worth, taken, supply, room)
    arrival = np.zeros(n, dtype=np.int64)
    np.maximum.at(arrival, steady.kind, worth - place[steady.pool])
    flow = taken * unit
    return Priced(flow, float(flow @ steady.worth), place / FINEST, arrival / FINEST)


def _best_flow(kind: Index, pool: Index, worth: Index, supply: Index, room: Index) -> Index:
    """The flow of the greatest worth, in whole units: through types and pools, or past them at no worth."""
    from ortools.graph.python import min_cost_flow

    n, m = len(supply), len(room)
    source, sink = n + m, n + m + 1
    useful = np.flatnonzero(worth > 0)
    network = min_cost_flow.SimpleMinCostFlow()
    most = int(supply.sum())
    types, pools = np.arange(n), n + np.arange(m)
    network.add_arcs_with_capacity_and_unit_cost(
        np.full(n, source), types, supply, np.zeros(n, dtype=np.int64)
    )
    network.add_arcs_with_capacity_and_unit_cost(pools, np.full(m, sink), room, np.zeros(m, dtype=np.int64))
    arcs = network.add_arcs_with_capacity_and_unit_cost(
        kind[useful], n + pool[useful], np.minimum(supply[kind[useful]], room[pool[useful]]), -worth[useful]
    )
    network.add_arc_with_capacity_and_unit_cost(source, sink, most, 0)
    network.set_node_supply(source, most)
    network.set_node_supply(sink, -most)
    status = network.solve()
    if status != network.OPTIMAL:
        raise ArithmeticError(f"the steady flow ended as {status.name}")
    taken = np.zeros(len(kind), dtype=np.int64)
    taken[useful] = network.flows(arcs)
    return taken


def _lowest_prices(kind: Index, pool: Index, worth: Index, taken: Index, supply: Index, room: Index) -> Index:
    """The lowest prices at which nobody would rather go elsewhere than the best flow takes them.

    A type of which some wait would pay its whole worth, so no pool is cheaper than that. One that flows into
    pool p leaves it for q when q costs less by more than the difference of its worths, so
    price[q] >= price[p] + worth at q - worth at p. The lowest such prices are longest walks from nowhere,
    found by relaxing until nothing rises. They pass no dual, hence are one.
    """
    price = np.zeros(len(room), dtype=np.int64)
    placed = np.bincount(kind, weights=taken, minlength=len(supply)).astype(np.int64)
    waits = (placed < supply)[kind]
    np.maximum.at(price, pool[waits], worth[waits])
    flowing = np.flatnonzero(taken > 0)
    of_kind, ends = np.argsort(kind, kind="stable"), np.cumsum(np.bincount(kind, minlength=len(supply)))
    starts = ends - np.bincount(kind, minlength=len(supply))
    lengths = (ends - starts)[kind[flowing]]
    origin = np.repeat(flowing, lengths)
    shift = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    target = of_kind[starts[kind[origin]] + shift]
    for _ in range(len(room) + 1):
        raised = price.copy()
        np.maximum.at(raised, pool[target], price[pool[origin]] + worth[target] - worth[origin])
        if (raised == price).all():
            return price
        price = raised
    raise ArithmeticError("the prices of places rise without end; the flow is not the best")
