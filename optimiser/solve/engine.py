"""A programme over a sparse matrix, handed to an engine that counts in floating point numbers as a whole."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Index = NDArray[np.int64]

Entries = tuple[Index, Index, Numbers | Index | np.int64]
"""Rows, variables and the coefficients there."""


class Answer(NamedTuple):
    """What an engine found: the variables, and the price of each row where variables need not be whole."""

    values: Numbers
    prices: Numbers


class Matrix(NamedTuple):
    """Variables from 0 to most that gain the more the better, shape (variables,), and what rows allow.

    least, greatest: limits of the sum of each row, shape (rows,), infinite where there is none. What
    entries name twice counts twice.
    """

    gain: Numbers
    most: Numbers
    least: Numbers
    greatest: Numbers
    entries: Sequence[Entries]


def best_by(
    engine: Literal["glop", "highs"],
    matrix: Matrix,
    whole: bool = False,
    seconds: float | None = None,
    parameters: str = "",
) -> Answer | None:
    """The variables that gain most; None where there are none, or where numbers or time fail.

    An optimum, or with whole variables the best found within what the parameters allow.
    """
    # Both take longer to load than a light command to run; the types that the first declares do not hold.
    from scipy.sparse import csr_matrix

    builder: Any = import_module("ortools.linear_solver.python.model_builder_helper")
    row = np.concatenate([rows for rows, _, _ in matrix.entries])
    variable = np.concatenate([variables for _, variables, _ in matrix.entries])
    coefficient = np.concatenate([np.broadcast_to(value, rows.shape) for rows, _, value in matrix.entries])
    shape = len(matrix.least), len(matrix.gain)
    model = builder.ModelBuilderHelper()
    model.fill_model_from_sparse_data(
        np.zeros(len(matrix.gain)),
        matrix.most,
        matrix.gain,
        matrix.least,
        matrix.greatest,
        csr_matrix((coefficient.astype(np.float64), (row, variable)), shape=shape),
    )
    model.set_maximize(True)
    if whole:
        for number in range(len(matrix.gain)):
            model.set_var_integrality(number, True)
    solver = builder.ModelSolverHelper(engine)
    solver.enable_output(False)
    if parameters:
        solver.set_solver_specific_parameters(parameters)
    if seconds is not None:
        solver.set_time_limit_in_seconds(max(seconds, 0.001))
    solver.solve(model)
    status = solver.status()
    if status != builder.SolveStatus.OPTIMAL and not (whole and status == builder.SolveStatus.FEASIBLE):
        return None
    return Answer(solver.variable_values(), np.zeros(0) if whole else solver.dual_values())
