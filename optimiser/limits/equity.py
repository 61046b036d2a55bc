"""Equity floor: a least share of women among those who are proposed a pool."""

from fractions import Fraction

import numpy as np

from optimiser.limits.scope import Scope, all_women, households_of
from optimiser.problem import SideLimit


def equity_side(scope: Scope, share: Fraction, unit: str | None = None) -> SideLimit:
    """A row that keeps the share of households all of whose adults are women at a floor or above.

    With share a/b: b x women >= a x all, so each woman's entry loads a - b and each other one a, and the
    sum is at most 0. A move counts as an entry into its new pool, as it does for quotas.

    Raises
    ------
    LimitsProblem
        When no household is of the unit.
    """
    counted = households_of(scope.instance, "women_share_of_unit", unit)
    over, under = share.numerator, share.denominator
    weight = np.where(all_women(scope.instance), over - under, over) * counted
    load = weight[scope.h]
    pairs = np.flatnonzero(load)
    name = "women share" if unit is None else f"women share {unit}"
    return SideLimit(name, pairs, load[pairs].astype(np.int64), -int(weight[scope.spent_h].sum()))
