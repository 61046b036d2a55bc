"""Means and 95 % intervals over replications, where some have nothing to measure."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.experiments.student import t_quantile

Values = NDArray[np.float64]


class Interval(NamedTuple):
    """A mean with its 95 % interval, one of each for every column; NaN where it cannot be known.

    One replication gives a mean and no interval: from a single draw nobody can tell how far it may be off.
    """

    mean: Values
    low: Values
    high: Values

    def at(self, index: Any) -> "Interval":
        """The interval of one column, or of some."""
        return Interval(self.mean[index], self.low[index], self.high[index])

    def scaled(self, factor: float) -> "Interval":
        """The same in another unit; the factor is above zero."""
        return Interval(self.mean * factor, self.low * factor, self.high * factor)


def over_replications(values: Values) -> Interval:
    """Mean and 95 % interval by Student's t.

    Parameters
    ----------
    values
        One row a replication, shape (replications, …). NaN where a replication had nothing to measure: such
        a replication is left out of that column, and the degrees of freedom follow.
    """
    known = ~np.isnan(values)
    n = known.sum(axis=0)
    filled = np.where(known, values, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(n > 0, filled.sum(axis=0) / n, np.nan)
        squares = (np.where(known, values - mean, 0.0) ** 2).sum(axis=0)
        half = _quantiles(n) * np.sqrt(squares / (n - 1) / n)
    half = np.where(n > 1, half, np.nan)
    return Interval(mean, mean - half, mean + half)


def _quantiles(n: NDArray[np.int_]) -> Values:
    table = np.full(int(n.max(initial=0)) + 1, np.nan)
    for count in np.unique(n[n > 1]).tolist():
        table[count] = t_quantile(count - 1)
    return table[n]
