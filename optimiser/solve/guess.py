"""A solution of an integer programme guessed in floating point numbers and confirmed in whole ones."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from optimiser.solve.deadline import Deadline
from optimiser.solve.engine import Matrix, best_by

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
    lengths = [len(row.variables) for row in rows]
    entries = (
        np.repeat(np.arange(len(rows)), lengths),
        np.fromiter(chain.from_iterable(row.variables for row in rows), np.int64, sum(lengths)),
        np.fromiter(chain.from_iterable(row.coefficients for row in rows), np.float64, sum(lengths)),
    )
    gain = np.zeros(len(most))
    gain[: len(worth or ())] = worth or ()
    least = np.array([-np.inf if row.least is None else row.least for row in rows])
    greatest = np.array([row.most for row in rows], dtype=np.float64)
    matrix = Matrix(gain, np.array(most, dtype=np.float64), least, greatest, [entries])
    found = best_by("highs", matrix, whole=True, seconds=left, parameters=PARAMETERS)
    if found is None:
        return None
    values = np.rint(found.values).astype(np.int64)
    return values if _holds(values.tolist(), most, rows) else None


def _holds(values: list[int], most: Sequence[int], rows: Sequence[Row]) -> bool:
    within = all(0 <= value <= greatest for value, greatest in zip(values, most, strict=True))
    return within and all(
        row.holds(sum(c * values[i] for i, c in zip(row.variables, row.coefficients, strict=True)))
        for row in rows
    )
