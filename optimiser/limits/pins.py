"""Pins and blocks: pairs that a person has decided on, for or against."""

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import Instance
from optimiser.limits.model import Pairs
from optimiser.limits.scope import Index, Scope, household_index, pool_index
from optimiser.problem import SideLimit


def pin_side(scope: Scope, household: str, pool: str) -> SideLimit:
    """A row that has a pair proposed: less its choice is at most minus one.

    Where the pair is not open the row is empty, and no choice keeps it.

    Raises
    ------
    LimitsProblem
        When there is no such household or pool.
    """
    h = household_index(scope.instance, "pins", household)
    p = pool_index(scope.instance, "pins", pool)
    pairs = np.flatnonzero((scope.h == h) & (scope.p == p))
    return SideLimit(f"pin {household}={pool}", pairs, np.full(len(pairs), -1, dtype=np.int64), -1)


def blocked(instance: Instance, blocks: Pairs, h: Index, p: Index) -> NDArray[np.bool_]:
    """Pairs that must not be proposed, shape (k,).

    Raises
    ------
    LimitsProblem
        When there is no such household or pool.
    """
    barred = np.zeros(len(h), dtype=bool)
    for household, pool in blocks:
        one = household_index(instance, "blocks", household)
        barred |= (h == one) & (p == pool_index(instance, "blocks", pool))
    return barred
