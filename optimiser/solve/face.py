"""The optimal face: all choices that are still best after the goals met so far."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem, SideLimit


@dataclass(frozen=True, slots=True)
class Face:
    """What the goals met so far leave open.

    Attributes
    ----------
    pairs
        Pairs still open, indices into the problem's pairs, shape (k,).
    must
        Seekers that have to be placed, shape (n,).
    full
        Pools in which entries less departures have to equal the vacant places, shape (m,).
    sides
        Limits across pools, those of the problem and those that hold an earlier goal at its value.
    """

    pairs: NDArray[np.int64]
    must: NDArray[np.bool_]
    full: NDArray[np.bool_]
    sides: tuple[SideLimit, ...]

    def violated(self, chosen: NDArray[np.bool_]) -> list[int]:
        """Which sides a choice of the problem's pairs (all of them, shape (k,)) does not keep."""
        return [i for i, side in enumerate(self.sides) if side.load(chosen) > side.most]


def whole_face(problem: Problem) -> Face:
    """Before any goal: every pair open, nothing forced."""
    return Face(
        pairs=np.arange(len(problem.seeker)),
        must=np.zeros(len(problem.home), dtype=bool),
        full=np.zeros(len(problem.vacant), dtype=bool),
        sides=problem.sides,
    )


@dataclass(frozen=True, slots=True)
class Prices:
    """A dual solution of one goal on a face, in whole numbers of 1/scale.

    Attributes
    ----------
    place
        Price of a place in each pool, shape (m,).
    side
        Price of each side of the face, shape (sides,); zero where it does not bind.
    scale
        Whole units of price in one unit of the goal.
    """

    place: NDArray[np.int64]
    side: NDArray[np.int64]
    scale: int = 1


def priced_worth(problem: Problem, face: Face, worth: NDArray[np.int64], prices: Prices) -> NDArray[np.int64]:
    """Scaled worth of each open pair less the price of the sides it loads, shape (k,)."""
    if not prices.side.any():
        return worth * prices.scale
    charge = np.zeros(len(problem.seeker), dtype=np.int64)
    for price, side in zip(prices.side, face.sides, strict=True):
        if price:
            np.add.at(charge, side.pairs, price * side.coefficient)
    return worth * prices.scale - charge[face.pairs]


def _surplus(problem: Problem, face: Face, worth: NDArray[np.int64], prices: Prices) -> NDArray[np.int64]:
    """Priced worth less the price of the place taken plus the price of the place left, shape (k,)."""
    pool, home = problem.pool[face.pairs], problem.home[problem.seeker[face.pairs]]
    left = np.where(home == NO_HOME, 0, prices.place[home])
    return np.asarray(priced_worth(problem, face, worth, prices) - prices.place[pool] + left)


def _best(problem: Problem, face: Face, surplus: NDArray[np.int64]) -> NDArray[np.int64]:
    """Best surplus of each seeker, shape (n,): at least 0 unless the seeker must be placed."""
    best = np.where(face.must, np.iinfo(np.int64).min, 0)
    np.maximum.at(best, problem.seeker[face.pairs], surplus)
    return best


def scaled_bound(problem: Problem, face: Face, worth: NDArray[np.int64], prices: Prices) -> int:
    """Scale x a value that no choice on the face exceeds, by the prices alone (weak duality)."""
    return _bound(problem, face, prices, _best(problem, face, _surplus(problem, face, worth, prices)))


def _bound(problem: Problem, face: Face, prices: Prices, best: NDArray[np.int64]) -> int:
    charged = np.flatnonzero(prices.side).tolist()
    sides = sum(int(prices.side[i]) * face.sides[i].most for i in charged)
    return int((prices.place * problem.vacant).sum()) + int(best.sum()) + sides


def narrowed(problem: Problem, face: Face, worth: NDArray[np.int64], prices: Prices, value: int) -> Face:
    """A face that holds every choice whose goal reaches a value, as small as the prices can prove.

    The slack is what the bound leaves above the value. A choice that used a pair worth less than its
    seeker's best by more than the slack, left out a seeker or a place or a side dearer than the slack,
    would miss the value. With slack left the goal itself stays on as a side.

    Source: reduced-cost fixing; exact because prices and worth are whole numbers.
    """
    surplus = _surplus(problem, face, worth, prices)
    best = _best(problem, face, surplus)
    slack = _bound(problem, face, prices, best) - value * prices.scale
    sides = [*face.sides]
    for price, side in zip(prices.side, face.sides, strict=True):
        if price > slack:
            sides.append(SideLimit(f"{side.name} reached", side.pairs, -side.coefficient, -side.most))
    if slack > 0:
        sides.append(SideLimit("goal", face.pairs, -worth, -value))
    return Face(
        pairs=face.pairs[best[problem.seeker[face.pairs]] - surplus <= slack],
        must=face.must | (best > slack),
        full=face.full | (prices.place > slack),
        sides=tuple(sides),
    )
