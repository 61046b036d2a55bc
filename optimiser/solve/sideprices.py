"""Prices of limits that cut across pools: the best Lagrangian bound, by cutting planes over flows."""

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from optimiser.problem import Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import Face, Prices, priced_worth, scaled_bound
from optimiser.solve.flow import best_choice, largest_worth
from optimiser.solve.prices import prices_of

FULL_SCALE = 5040
"""Units of price in one unit of the goal: prices in halves, thirds ... to tenths come out exact."""

MOST_ROUNDS = 200


def price_sides(
    problem: Problem, face: Face, worth: NDArray[np.int64], deadline: Deadline
) -> tuple[Prices, NDArray[np.bool_], bool]:
    """Prices with the lowest bound found for a goal, a choice at them, and whether it keeps all sides.

    The bound at any prices is true; the rounds only make it lower. Each round solves the flow at trial
    prices; its load on the sides is a cut of the convex bound, and a small linear programme over the
    cuts gives the next prices. Sides join only when a flow breaks them.

    Source: Kelley's cutting planes for the Lagrangian dual.
    """
    count = len(face.sides)
    prices, taken = _at(problem, face, worth, np.zeros(count, dtype=np.int64), 1)
    chosen = _spread(problem, face, taken)
    active = face.violated(chosen)
    if not active:
        return prices, chosen, True
    room = largest_worth(problem)
    ceiling = 2.0 * (float(np.abs(worth).sum()) if len(worth) < 50 else float(np.abs(worth).max()) * 50 + 1)
    cuts = [_cut(face, worth, chosen)]
    best, best_bound = prices, scaled_bound(problem, face, worth, prices) / prices.scale
    for _ in range(MOST_ROUNDS):
        proposed = _next_prices(cuts, active, count, ceiling)
        if proposed is None:
            break
        trial, model_bound = proposed
        scale = _scale(face, worth, trial, room)
        if scale == 0:
            break
        side = np.rint(trial * scale).astype(np.int64)
        prices, taken = _at(problem, face, worth, side, scale)
        chosen = _spread(problem, face, taken)
        bound = scaled_bound(problem, face, worth, prices) / scale
        if bound < best_bound:
            best, best_bound = prices, bound
        broken = face.violated(chosen)
        if not broken and _slack_free(face, chosen, side):
            return prices, chosen, True
        joined = [i for i in broken if i not in active]
        active += joined
        cut = _cut(face, worth, chosen)
        # A cut that is there already changes nothing: the next round would ask the same again.
        settled = not joined and (cut in cuts or bound - model_bound <= 0.5 / scale)
        cuts.append(cut)
        if settled or deadline.passed():
            break
    _, taken = _at(problem, face, worth, best.side, best.scale)
    chosen = _spread(problem, face, taken)
    return best, chosen, not face.violated(chosen) and _slack_free(face, chosen, best.side)


def _at(
    problem: Problem, face: Face, worth: NDArray[np.int64], side: NDArray[np.int64], scale: int
) -> tuple[Prices, NDArray[np.bool_]]:
    charged = priced_worth(problem, face, worth, Prices(np.zeros(0, dtype=np.int64), side, scale))
    taken = best_choice(problem, face, charged)
    return Prices(prices_of(problem, face, charged, taken), side, scale), taken


def _spread(problem: Problem, face: Face, taken: NDArray[np.bool_]) -> NDArray[np.bool_]:
    chosen = np.zeros(len(problem.seeker), dtype=bool)
    chosen[face.pairs[taken]] = True
    return chosen


def _cut(face: Face, worth: NDArray[np.int64], chosen: NDArray[np.bool_]) -> tuple[float, list[float]]:
    value = float(worth[chosen[face.pairs]].sum())
    return value, [float(side.most - side.load(chosen)) for side in face.sides]


def _slack_free(face: Face, chosen: NDArray[np.bool_], side: NDArray[np.int64]) -> bool:
    return all(
        not price or limit.load(chosen) == limit.most for price, limit in zip(side, face.sides, strict=True)
    )


def _scale(face: Face, worth: NDArray[np.int64], trial: NDArray[np.float64], room: int) -> int:
    """The finest scale at which every charged worth is within the engine's range; 0 when none is."""
    greatest = float(np.abs(worth).max(initial=0))
    for price, side in zip(trial, face.sides, strict=True):
        greatest += price * float(np.abs(side.coefficient).max(initial=0))
    return int(min(FULL_SCALE, room / (2 * max(greatest, 1.0))))


def _next_prices(
    cuts: list[tuple[float, list[float]]], active: list[int], count: int, ceiling: float
) -> tuple[NDArray[np.float64], float] | None:
    """Prices that make the highest cut lowest, shape (count,), and that height; None when numbers fail.

    Heights and spares are scaled to about one, so that the linear programme stays well conditioned.
    """
    unit = max(1.0, *(abs(value) for value, _ in cuts))
    span = {i: max(1.0, *(abs(spare[i]) for _, spare in cuts)) for i in active}
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SuppressOutput()
    height = solver.NumVar(-solver.infinity(), solver.infinity(), "height")
    price = {i: solver.NumVar(0, ceiling * span[i] / unit, f"side {i}") for i in active}
    for value, spare in cuts:
        row = solver.Constraint(value / unit, solver.infinity())
        row.SetCoefficient(height, 1.0)
        for i in active:
            row.SetCoefficient(price[i], -spare[i] / span[i])
    solver.Minimize(height)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    found = np.zeros(count)
    for i, variable in price.items():
        found[i] = max(variable.solution_value(), 0.0) * unit / span[i]
    return found, height.solution_value() * unit
