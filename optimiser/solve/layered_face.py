"""The optimal face of a problem whose chains are limited: what the goals met so far leave open."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem, SideLimit
from optimiser.solve.layers import BARRED, Layers, open_walks

Index = NDArray[np.int64]

LENIENCE = 64
"""Part of a unit by which the face is left wider, so that the next linear programme is not too tight."""


@dataclass(frozen=True, slots=True)
class LayeredFace:
    """What is left open, beside the layers themselves.

    Attributes
    ----------
    pairs
        Pairs still open, indices into the problem's pairs.
    must
        Seekers that have to be placed, shape (n,).
    full
        Places that have to be taken at a step, if they are there then, shape (m, most).
    steps
        Steps at which a kind may be in a chain, shape (kinds, most).
    cyclic
        Kinds that may be in a cycle, shape (kinds,).
    sides
        Limits across pools, and those that have to be reached.
    held
        Rows that hold each earlier goal at its value. Prices leave them out, since the face all but
        says the same, and their prices can be out of any range; the integer programme needs them.
    """

    pairs: Index
    must: NDArray[np.bool_]
    full: NDArray[np.bool_]
    steps: NDArray[np.bool_]
    cyclic: NDArray[np.bool_]
    sides: tuple[SideLimit, ...]
    held: tuple[SideLimit, ...] = ()


@dataclass(frozen=True, slots=True)
class LayeredPrices:
    """A dual solution in whole numbers of 1/scale.

    step: price of a place of a pool at a step, shape (m, most), at least 0; side: price of each side,
    at least 0; surplus: what each seeker gains over the prices, shape (n,), at least 0 unless it must
    be placed.
    """

    step: NDArray[np.int64]
    side: NDArray[np.int64]
    surplus: NDArray[np.int64]
    scale: int


def whole_layered_face(problem: Problem, structure: Layers) -> LayeredFace:
    """Before any goal: every pair, step and cycle that the layers allow."""
    steps = np.arange(1, structure.most + 1)[None, :] >= structure.first[structure.taken][:, None]
    in_cycles = (structure.left != NO_HOME) & (structure.longest_cycle > 1)
    usable = (steps.any(axis=1) | in_cycles)[structure.kind_of]
    return LayeredFace(
        pairs=np.flatnonzero(usable),
        must=np.zeros(len(problem.home), dtype=bool),
        full=np.zeros((len(problem.vacant), structure.most), dtype=bool),
        steps=steps,
        cyclic=in_cycles,
        sides=problem.sides,
    )


def net_worth(problem: Problem, face: LayeredFace, worth: NDArray[np.int64], prices: LayeredPrices) -> Index:
    """Scaled worth of each open pair less its sides and its seeker's surplus, shape (k,)."""
    charge = np.zeros(len(problem.seeker), dtype=np.int64)
    for price, side in zip(prices.side, face.sides, strict=True):
        if price:
            np.add.at(charge, side.pairs, price * side.coefficient)
    seeker = problem.seeker[face.pairs]
    return np.asarray(worth * prices.scale - charge[face.pairs] - prices.surplus[seeker])


def best_of_kinds(structure: Layers, face: LayeredFace, net: Index) -> Index:
    """Greatest net worth of an open pair of each kind, shape (kinds,)."""
    best = np.full(len(structure.left), BARRED, dtype=np.int64)
    np.maximum.at(best, structure.kind_of[face.pairs], net)
    return best


def cycle_worth(problem: Problem, structure: Layers, face: LayeredFace, best: Index) -> Index:
    """Greatest worth of a cycle through each kind, with its best pairs, shape (kinds,)."""
    worth = np.full(len(best), BARRED, dtype=np.int64)
    if structure.longest_cycle < 2 or not face.cyclic.any():
        return worth
    usable = np.where(face.cyclic, best, BARRED)
    walks = open_walks(structure, len(problem.vacant), usable)
    kinds = np.flatnonzero(face.cyclic)
    closing = np.max([walk[structure.left[kinds], structure.taken[kinds]] for walk in walks], axis=0)
    worth[kinds] = np.maximum(usable[kinds] + closing, BARRED)
    return worth


def repaired_prices(
    problem: Problem, structure: Layers, face: LayeredFace, worth: NDArray[np.int64], prices: LayeredPrices
) -> LayeredPrices:
    """The prices with surplus raised by as little as makes them a true bound.

    No pair may be worth more than its kind costs at its cheapest step, and no cycle more than nothing.
    """
    seeker = problem.seeker[face.pairs]
    cost = cheapest(structure, face, prices.step)[structure.kind_of[face.pairs]]
    surplus = np.where(face.must, prices.surplus, np.maximum(prices.surplus, 0))
    trial = replace(prices, surplus=surplus)
    net = net_worth(problem, face, worth, trial)
    in_chain = cost < -BARRED
    np.maximum.at(surplus, seeker[in_chain], (surplus[seeker] + net - cost)[in_chain])
    trial = replace(prices, surplus=surplus)
    best = best_of_kinds(structure, face, net_worth(problem, face, worth, trial))
    excess = int(cycle_worth(problem, structure, face, best).max(initial=BARRED))
    if excess > 0:
        surplus = surplus + np.where(problem.home == NO_HOME, 0, excess)
    return replace(prices, surplus=surplus)


def layered_bound(problem: Problem, face: LayeredFace, prices: LayeredPrices) -> int:
    """Scale x a value that no choice on the face exceeds; the prices must be repaired ones."""
    sides = sum(int(price) * side.most for price, side in zip(prices.side, face.sides, strict=True))
    placed = np.bincount(problem.seeker[face.pairs], minlength=len(problem.home)) > 0
    return int((prices.step[:, 0] * problem.vacant).sum()) + int(prices.surplus[placed].sum()) + sides


def narrowed_layers(
    problem: Problem,
    structure: Layers,
    face: LayeredFace,
    worth: NDArray[np.int64],
    prices: LayeredPrices,
    value: int,
) -> LayeredFace:
    """A face that holds every choice whose goal reaches a value; the goal is held there by a row.

    What would cost more than the bound leaves above the value is closed: pairs, steps and cycles by
    their reduced cost, and seekers, places and sides left out by their price.
    """
    slack = layered_bound(problem, face, prices) - value * prices.scale + prices.scale // LENIENCE
    net = net_worth(problem, face, worth, prices)
    kind = structure.kind_of[face.pairs]
    best = best_of_kinds(structure, face, net)
    through = cycle_worth(problem, structure, face, best)
    cost = cheapest(structure, face, prices.step)[kind]
    in_chain = (cost < -BARRED) & (cost - net <= slack)
    in_cycle = (through[kind] > BARRED // 2) & (best[kind] - net - through[kind] <= slack)
    keep = in_chain | in_cycle
    open_kinds = np.zeros(len(structure.left), dtype=bool)
    open_kinds[kind[keep]] = True
    paid = _paid(structure, prices.step)
    sides = [*face.sides]
    for price, side in zip(prices.side, face.sides, strict=True):
        if price > slack:
            sides.append(SideLimit(f"{side.name} reached", side.pairs, -side.coefficient, -side.most))
    return LayeredFace(
        pairs=face.pairs[keep],
        must=face.must | ((prices.surplus > slack) & _has_pairs(problem, face)),
        full=face.full | (prices.step > slack),
        steps=face.steps & (paid - best[:, None] <= slack) & open_kinds[:, None],
        cyclic=face.cyclic & (through >= -slack) & open_kinds,
        sides=tuple(sides),
        held=(*face.held, SideLimit("goal", face.pairs, -worth, -value)),
    )


def _paid(structure: Layers, step_price: NDArray[np.int64]) -> NDArray[np.int64]:
    """Price of the place taken less that of the place left, by kind and step, shape (kinds, most)."""
    later = np.concatenate([step_price[:, 1:], np.zeros((len(step_price), 1), dtype=np.int64)], axis=1)
    resident = (structure.left != NO_HOME)[:, None]
    return np.asarray(step_price[structure.taken] - np.where(resident, later[structure.left], 0))


def cheapest(structure: Layers, face: LayeredFace, step_price: NDArray[np.int64]) -> Index:
    """Price of each kind at its cheapest open step, shape (kinds,); -BARRED where none is open."""
    return np.asarray(np.where(face.steps, _paid(structure, step_price), -BARRED).min(axis=1))


def _has_pairs(problem: Problem, face: LayeredFace) -> NDArray[np.bool_]:
    has = np.zeros(len(problem.home), dtype=bool)
    has[problem.seeker[face.pairs]] = True
    return has
