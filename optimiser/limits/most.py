"""Number of proposals: no more in a run than the coordinators can carry out."""

import numpy as np

from optimiser.limits.scope import Scope
from optimiser.problem import SideLimit


def most_side(scope: Scope, most: int) -> SideLimit:
    """A row that keeps the number of proposals, entries and moves, within a limit."""
    ones = np.ones(len(scope.h), dtype=np.int64)
    return SideLimit("most", np.arange(len(scope.h)), ones, most - len(scope.spent_h))
