"""A solution of an integer programme guessed in floating point numbers and confirmed in whole ones."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from optimiser.solve.deadline import Deadline

PARAMETERS = "output_flag=false,threads=1,mip_max_nodes=300"
"""An end that counts nodes and not seconds, so that the same input gives the same guess everywhere."""


class Row(NamedTuple):
    """The sum of coefficient x variable is at most `most`, and at least `least` unless that is None."""

    variables: Sequence[int]
    coefficients: Sequence[int]
    most: int
    least: int | None

    def holds(self, total: int) -> bool:
        """Whether a sum is within the row."""
        return total <= self.most and (self.least is None or total >= self.least)


def guess(
    most: Sequence[int], rows: Sequence[Row], worth: Sequence[int] | None, deadline: Deadline
) -> NDArray[np.int64] | None:
    """A good solution, most often a best one; None when none is found or it does not hold when counted.

    By HiGHS, whose branch and cut finds in a moment what a search in whole numbers proves.

    Parameters
    ----------
    most
        Greatest value of each variable, all from 0 up.
    worth
        To be as great as can be, of the first variables; None when any solution will do.
    """
    left = deadline.left_at_once()
    if left == 0.0:
        return None
    solver = pywraplp.Solver.CreateSolver("HIGHS")
    solver.SuppressOutput()
    variables = [solver.IntVar(0, greatest, "") for greatest in most]
    for row in rows:
        least = -solver.infinity() if row.least is None else row.least
        line = solver.Constraint(float(least), float(row.most))
        for i, coefficient in zip(row.variables, row.coefficients, strict=True):
            line.SetCoefficient(variables[i], float(coefficient))
    for variable, value in zip(variables, worth or (), strict=False):
        solver.Objective().SetCoefficient(variable, float(value))
    solver.Objective().SetMaximization()
    solver.SetSolverSpecificParametersAsString(PARAMETERS)
    if left is not None:
        solver.SetTimeLimit(max(1, int(left * 1000)))
    if solver.Solve() not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return None
    values = np.array([round(variable.solution_value()) for variable in variables], dtype=np.int64)
    return values if _holds(values.tolist(), most, rows) else None


def _holds(values: list[int], most: Sequence[int], rows: Sequence[Row]) -> bool:
    within = all(0 <= value <= greatest for value, greatest in zip(values, most, strict=True))
    return within and all(
        row.holds(sum(c * values[i] for i, c in zip(row.variables, row.coefficients, strict=True)))
        for row in rows
    )
