"""What one run of many may take as settled: who seeks, which pools are in question, who has a promise."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ground:
    """A run's ground; without any, everybody seeks in every pool.

    Attributes
    ----------
    seekers
        Households that may be proposed a pool, sorted, shape (k,); None for all.
    pools
        Pools that may be proposed, sorted, shape (l,); None for all.
    whereabouts
        Pool in which each household counts as living when conflicts are kept apart, NONE for nowhere, shape
        (n,): another than its current pool where a place is promised already. None: the current pool.
    fit_less
        Points taken off the fit of every pair into a pool, shape (m,): the price of using its place now.
    conditional
        Whether conditional proposals are worked out.
    checked
        Whether the answer is judged anew from the instance.
    """

    seekers: Index | None = None
    pools: Index | None = None
    whereabouts: Index | None = None
    fit_less: Index | None = None
    conditional: bool = True
    checked: bool = True


WHOLE = Ground()
