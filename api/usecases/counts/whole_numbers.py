"""The least that a sum of whole numbers can be, between ends and under equations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpSolver

FAR = 10**6
"""Beyond any count: a number that gets this far has no end."""
EFFORT = 3.0
"""How long the least is looked for, in the solver's own time, which is the same on every machine."""
SOON = 0.02
"""How long it is looked for whether there is any at all, where a doubt does no harm."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sum of numbers by position, each times a factor, that lies between two ends."""

    terms: list[tuple[int, int]]
    low: int
    high: int


class Ties:
    """Whole numbers between ends under equations: put together once, asked about often."""

    def __init__(self, low: Sequence[int], high: Sequence[int], lines: Sequence[Line]) -> None:
        from ortools.sat.python import cp_model

        self.model = cp_model.CpModel()
        numbers = [
            self.model.new_int_var(max(-FAR, a), min(FAR, b), "") for a, b in zip(low, high, strict=True)
        ]
        self.at = [number.index for number in numbers]
        for line in lines:
            inside = [numbers[at] for at, _ in line.terms]
            total = cp_model.LinearExpr.weighted_sum(inside, [factor for _, factor in line.terms])
            self.model.add_linear_constraint(total, max(-FAR, line.low), min(FAR, line.high))

    def cannot(self, at: int, value: int) -> bool:
        """Whether it is found at once that a number cannot be a value."""
        from ortools.sat.python import cp_model

        model = self.model.clone()
        model.add(model.get_int_var_from_proto_index(self.at[at]) == value)
        solver = _solver()
        solver.parameters.max_deterministic_time = SOON
        return solver.solve(model) == cp_model.INFEASIBLE

    def least(self, weights: Mapping[int, int], fixed: Mapping[int, int] | None = None) -> list[int] | None:
        """The numbers with the least weighted sum, some of them fixed; None when there are none.

        Where the least takes too long to prove, the best found will do; where nothing is found in time,
        anything between the ends is looked for until it is found or proven not to be there.

        Parameters
        ----------
        weights, fixed
            By position; what is not named weighs nothing and is not fixed.
        """
        from ortools.sat.python import cp_model

        model = self.model.clone()
        number = {i: model.get_int_var_from_proto_index(self.at[i]) for i in {*weights, *(fixed or {})}}
        for i, value in (fixed or {}).items():
            model.add(number[i] == value)
        solver = _solver()
        if weights:
            inside = [number[i] for i in weights]
            model.minimize(cp_model.LinearExpr.weighted_sum(inside, list(weights.values())))
            solver.parameters.max_deterministic_time = EFFORT
        status = solver.solve(model)
        if status == cp_model.UNKNOWN and weights:
            return self.least({}, fixed)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        solution = solver.response_proto.solution
        return [solution[at] for at in self.at]


def _solver() -> "CpSolver":
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    # Hundreds of small models: to simplify each one takes longer than to solve it.
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0
    return solver
