"""The least that a sum of whole numbers can be, between ends and under equations."""

from collections.abc import Sequence
from dataclasses import dataclass

FAR = 10**6
"""Beyond any count: a number that gets this far has no end."""
EFFORT = 3.0
"""How long the least is looked for, in the solver's own time, which is the same on every machine."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sum of numbers by position, each times a factor, that lies between two ends."""

    terms: list[tuple[int, int]]
    low: int
    high: int


def least(
    weights: Sequence[int], low: Sequence[int], high: Sequence[int], lines: Sequence[Line]
) -> list[int] | None:
    """Whole numbers between ends, with the least weighted sum; None when there are none.

    Where the least takes too long to prove, the best found will do; where nothing is found in time, anything
    between the ends is looked for until it is found or proven not to be there.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    numbers = [model.new_int_var(max(-FAR, a), min(FAR, b), "") for a, b in zip(low, high, strict=True)]
    for line in lines:
        inside = [numbers[at] for at, _ in line.terms]
        total = cp_model.LinearExpr.weighted_sum(inside, [factor for _, factor in line.terms])
        model.add_linear_constraint(total, max(-FAR, line.low), min(FAR, line.high))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    # Hundreds of small models: to simplify each one takes longer than to solve it.
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0
    if any(weights):
        model.minimize(cp_model.LinearExpr.weighted_sum(numbers, list(weights)))
        solver.parameters.max_deterministic_time = EFFORT
    status = solver.solve(model)
    if status == cp_model.UNKNOWN and any(weights):
        return least([0] * len(weights), low, high, lines)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [solver.value(number) for number in numbers]
