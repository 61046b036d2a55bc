"""Budget: the monthly cost of the proposed pools, of the whole city or of one unit's households."""

import numpy as np

from optimiser.limits.scope import Scope, monthly_cost, unit_index
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
    counted = np.ones(scope.instance.n, dtype=bool)
    if unit is not None:
        at = unit_index(scope.instance, "budget_of_unit", unit)
        counted = scope.instance.households["responsible_unit"] == at
    cost = np.where(counted[scope.h], monthly_cost(scope.instance, scope.p), 0)
    spent = monthly_cost(scope.instance, scope.spent_p)[counted[scope.spent_h]].sum()
    pairs = np.flatnonzero(cost)
    return SideLimit("budget" if unit is None else f"budget {unit}", pairs, cost[pairs], most - int(spent))
