"""Budget: the monthly cost of the proposed pools, of the whole city or of one unit's households."""

import numpy as np

from optimiser.limits.scope import Scope, households_of, monthly_cost
from optimiser.problem import SideLimit


def budget_side(scope: Scope, most: int, unit: str | None = None) -> SideLimit:
    """A row that keeps the cost within a budget.

    Nothing is deducted for places left, as in the goal of cost; a pool without a cost costs nothing.

    Parameters
    ----------
    most
        SEK/month.
    unit
        Responsible unit whose households count; None for all.

    Raises
    ------
    LimitsProblem
        When no household is of the unit.
    """
    counted = households_of(scope.instance, "budget_of_unit", unit)
    cost = np.where(counted[scope.h], monthly_cost(scope.instance, scope.p), 0)
    spent = monthly_cost(scope.instance, scope.spent_p)[counted[scope.spent_h]].sum()
    pairs = np.flatnonzero(cost)
    return SideLimit("budget" if unit is None else f"budget {unit}", pairs, cost[pairs], most - int(spent))
