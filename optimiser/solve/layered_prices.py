"""Prices for limited chains: the linear programme grown by whatever its prices show to be worth more."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.layered_face import (
    LayeredFace,
    LayeredPrices,
    best_of_kinds,
    cheapest,
    cycle_worth,
    layered_bound,
    net_worth,
    repaired_prices,
)
from optimiser.solve.layers import BARRED, Cycle, Layers
from optimiser.solve.master import Columns, Duals, solve_master

Index = NDArray[np.int64]

MOST_ROUNDS = 60
MOST_PAIRS_A_ROUND = 1500
MOST_CYCLES_A_ROUND = 40
FINEST = 1 << 32
"""Most units of price in one unit of a goal."""

ROOM = 1 << 50
"""Greatest scaled worth, so that sums over a whole city stay within 64 bits."""


def price_layers(
    problem: Problem,
    structure: Layers,
    face: LayeredFace,
    worth: NDArray[np.int64],
    columns: Columns,
    deadline: Deadline,
) -> LayeredPrices:
    """Prices with the lowest bound found for a goal; the bound is true whatever the rounding.

    Column generation: the linear programme over the columns gives prices; pairs worth more than their
    price, and cycles worth more than nothing, join the columns; until there are none.
    """
    scale = int(np.clip(ROOM // max(1, int(np.abs(worth).max(initial=1))), 1, FINEST))
    best = _dear_surplus(problem, structure, face, worth, scale)
    best_bound = layered_bound(problem, face, best)
    for _ in range(MOST_ROUNDS):
        if deadline.passed():
            break
        duals = solve_master(problem, structure, face, worth, columns, deadline)
        if duals is None:
            break
        prices = _whole(face, duals, scale)
        pairs, cycles = _worth_more(problem, structure, face, worth, prices)
        if not pairs.size and not cycles:
            prices = repaired_prices(problem, structure, face, worth, prices)
            if layered_bound(problem, face, prices) < best_bound:
                best = prices
            return best
        prices = repaired_prices(problem, structure, face, worth, prices)
        if layered_bound(problem, face, prices) < best_bound:
            best, best_bound = prices, layered_bound(problem, face, prices)
        if not columns.add(face.pairs[pairs], cycles):
            break
    return best


def _dear_surplus(
    problem: Problem, structure: Layers, face: LayeredFace, worth: NDArray[np.int64], scale: int
) -> LayeredPrices:
    """Prices that surely bound: places cost nothing and every seeker gains its best pair's worth."""
    surplus = np.where(face.must, BARRED, 0)
    np.maximum.at(surplus, problem.seeker[face.pairs], worth * scale)
    step = np.zeros((len(problem.vacant), structure.most), dtype=np.int64)
    return LayeredPrices(step, np.zeros(len(face.sides), dtype=np.int64), surplus, scale)


def _whole(face: LayeredFace, duals: Duals, scale: int) -> LayeredPrices:
    step = np.rint(duals.step * scale).astype(np.int64)
    surplus = np.rint(duals.surplus * scale).astype(np.int64)
    return LayeredPrices(
        step=np.where(face.full, step, np.maximum(step, 0)),
        side=np.maximum(np.rint(duals.side * scale).astype(np.int64), 0),
        surplus=np.where(face.must, surplus, np.maximum(surplus, 0)),
        scale=scale,
    )


def _worth_more(
    problem: Problem, structure: Layers, face: LayeredFace, worth: NDArray[np.int64], prices: LayeredPrices
) -> tuple[Index, list[Cycle]]:
    """Pairs and cycles that these prices undervalue by more than rounding."""
    rounding = max(
        prices.scale * int(np.abs(worth).max(initial=1)) // (1 << 20),
        4 * max(structure.most, structure.longest_cycle),
    )
    net = net_worth(problem, face, worth, prices)
    kind = structure.kind_of[face.pairs]
    cost = cheapest(structure, face, prices.step)[kind]
    over = np.where(cost < -BARRED, net - cost, BARRED)
    most = min(MOST_PAIRS_A_ROUND, len(over))
    pairs = np.argpartition(-over, most - 1)[:most] if most else np.empty(0, dtype=np.int64)
    pairs = pairs[over[pairs] > rounding]
    best = best_of_kinds(structure, face, net)
    through = cycle_worth(problem, structure, face, best)
    cycles = _best_cycles(structure, face, best, through, rounding)
    if cycles:
        kinds = np.unique(np.array([k for cycle in cycles for k in cycle]))
        in_cycles = np.isin(kind, kinds) & (net == best[kind])
        pairs = np.union1d(pairs, np.flatnonzero(in_cycles))
    return pairs, cycles


def _best_cycles(
    structure: Layers, face: LayeredFace, best: Index, through: Index, least: int
) -> list[Cycle]:
    """Cycles worth more than the least, each once, from its smallest kind; the best through some kind."""
    by_taken: dict[int, list[int]] = {}
    for k in np.flatnonzero(face.cyclic & (best > BARRED // 2)).tolist():
        by_taken.setdefault(int(structure.taken[k]), []).append(k)
    cycles: list[Cycle] = []
    seen: set[int] = set()
    for start in np.argsort(-through, kind="stable").tolist():
        if through[start] <= least or len(cycles) == MOST_CYCLES_A_ROUND:
            break
        # The best cycle through a kind is mostly that of the kinds beside it, too.
        if start in seen:
            continue
        cycle = _best_cycle(structure, by_taken, best, start)
        first = cycle.index(min(cycle))
        cycle = (*cycle[first:], *cycle[:first])
        seen.update(cycle)
        if cycle not in cycles:
            cycles.append(cycle)
    return cycles


def _best_cycle(structure: Layers, by_taken: Mapping[int, list[int]], best: Index, start: int) -> Cycle:
    """The best cycle through a kind, by trying all walks of the allowed length that close it.

    by_taken: the kinds that may be in cycles, by the pool taken.
    """
    goal = int(structure.taken[start])
    frontier: dict[int, tuple[int, Cycle]] = {int(structure.left[start]): (int(best[start]), (start,))}
    found: tuple[int, Cycle] = (BARRED, (start,))
    for _ in range(structure.longest_cycle - 1):
        reached: dict[int, tuple[int, Cycle]] = {}
        for pool, (value, walk) in frontier.items():
            for k in by_taken.get(pool, ()):
                step = (value + int(best[k]), (*walk, k))
                left = int(structure.left[k])
                if left == goal and step[0] > found[0]:
                    found = step
                if step[0] > reached.get(left, (BARRED, ()))[0]:
                    reached[left] = step
        frontier = reached
    return found[1]
