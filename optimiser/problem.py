"""The matching problem on plain arrays: who could go where, what each pair is worth, what limits hold."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NO_HOME = -1
"""Home of a seeker who lives in no pool."""


class NoPlan(Exception):
    """No choice keeps every limit; proved."""


@dataclass(frozen=True, slots=True)
class SideLimit:
    """A limit across pools: the sum of coefficient x chosen over some pairs is at most `most`.

    name says which limit it is, for messages; pairs (k,) index the problem's pairs, coefficient (k,).
    A pair given twice counts with the sum of its coefficients, and stands once.
    """

    name: str
    pairs: NDArray[np.int64]
    coefficient: NDArray[np.int64]
    most: int

    def __post_init__(self) -> None:
        """Let every pair stand once."""
        pairs, at = np.unique(self.pairs, return_inverse=True)
        if len(pairs) < len(self.pairs):
            total = np.zeros(len(pairs), dtype=np.int64)
            np.add.at(total, at, self.coefficient)
            object.__setattr__(self, "pairs", pairs)
            object.__setattr__(self, "coefficient", total)

    def load(self, chosen: NDArray[np.bool_]) -> int:
        """The left-hand side for a choice of pairs."""
        return int(self.coefficient[chosen[self.pairs]].sum())


@dataclass(frozen=True, slots=True)
class Problem:
    """Seekers (n), pools (m) and the pairs (k) that may be proposed.

    Attributes
    ----------
    seeker, pool
        The pairs, shape (k,) each, sorted by seeker and then pool, none twice.
    goals
        Worth of each pair under each goal, shape (goals, k), whole numbers; every goal is maximised, the
        first before all others.
    vacant
        Places free before the run, shape (m,).
    home
        Pool that a seeker leaves when placed, or NO_HOME, shape (n,); the place left can be taken.
    sides
        Limits that cut across pools.
    """

    seeker: NDArray[np.int64]
    pool: NDArray[np.int64]
    goals: NDArray[np.int64]
    vacant: NDArray[np.int64]
    home: NDArray[np.int64]
    sides: tuple[SideLimit, ...] = ()

    def __post_init__(self) -> None:
        """Refuse pairs that do not fit the goals, and a seeker's own home."""
        k = len(self.seeker)
        if self.goals.shape[1:] != (k,) or len(self.pool) != k:
            raise ValueError(f"goals must have one column for each of the {k} pairs")
        if k and bool((self.home[self.seeker] == self.pool).any()):
            raise ValueError("a seeker's own home is among its pairs; leave it out")


@dataclass(frozen=True, slots=True)
class Solution:
    """A choice of pairs with what is proved of it.

    chosen (k,) whole pairs; values and bounds per goal: no choice that is as good in the goals before
    has a higher value than the bound; `optimal` when every bound is met.
    """

    chosen: NDArray[np.bool_]
    values: tuple[int, ...]
    bounds: tuple[int, ...]
    engine: str
    optimal: bool
