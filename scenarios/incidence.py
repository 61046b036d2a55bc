"""Cumulative incidence: the chance that something of several kinds has happened by a time, with censoring."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Incidence:
    """Chances by time, as steps.

    Attributes
    ----------
    times
        Times at which something happened, rising, shape (t,).
    chance
        Chance that each kind has happened by each time, shape (t, kinds); kind 0 is the first.
    variance
        Variance of each chance, shape (t, kinds).
    """

    times: Floats
    chance: Floats
    variance: Floats

    def at(self, time: float, kind: int) -> float:
        """Chance that the kind has happened by a time, the time itself included."""
        step = int(np.searchsorted(self.times, time, side="right"))
        return float(self.chance[step - 1, kind]) if step else 0.0

    def variance_at(self, time: float, kind: int) -> float:
        """Variance of the chance by a time."""
        step = int(np.searchsorted(self.times, time, side="right"))
        return float(self.variance[step - 1, kind]) if step else 0.0

    def time_of(self, share: float, kind: int) -> float:
        """First time by which the chance of the kind has reached a share; infinity if it never does."""
        reached = np.flatnonzero(self.chance[:, kind] >= share - 1e-12)
        return float(self.times[reached[0]]) if len(reached) else float("inf")


def cumulative_incidence(
    entry: Floats, exit_: Floats, kind: NDArray[np.integer], kinds: int, weights: Floats | None = None
) -> Incidence:
    """Aalen-Johansen estimate for competing kinds of end, with delayed entry and censoring.

    Parameters
    ----------
    entry, exit_
        Time at which each begins and ceases to be watched, shape (n,); at risk on entry < t <= exit_.
    kind
        0 ... kinds - 1 for what happened at `exit_`, -1 for nothing (censored), shape (n,).
    kinds
        How many kinds compete.
    weights
        Weight of each, shape (n,); 1 when not given. The variance is that of unit weights.

    Notes
    -----
    O. Aalen, S. Johansen, An empirical transition matrix for non-homogeneous Markov chains based on censored
    observations, Scandinavian Journal of Statistics 5, 1978. The variance is Aalen's, as in E. Marubini,
    M. G. Valsecchi, Analysing Survival Data from Clinical Trials and Observational Studies, 1995, section 10.
    With one kind and no delay the estimate is one minus Kaplan-Meier.
    """
    w = np.ones(len(exit_)) if weights is None else weights
    ended = kind >= 0
    times = np.unique(exit_[ended])
    at = np.searchsorted(times, exit_[ended])
    events = np.zeros((len(times), kinds))
    np.add.at(events, (at, kind[ended]), w[ended])
    at_risk = _weight_from(exit_, w, times) - _weight_from(entry, w, times)
    total = events.sum(axis=1)
    after = np.cumprod(1 - total / at_risk)
    before = np.concatenate(([1.0], after[:-1]))
    chance = np.cumsum(before[:, None] * events / at_risk[:, None], axis=0)
    return Incidence(times, chance, _variance(chance, events, at_risk, before))


def _weight_from(values: Floats, weights: Floats, times: Floats) -> Floats:
    """Weight of those whose value is at or beyond each time."""
    order = np.argsort(values, kind="stable")
    beyond = np.concatenate((np.cumsum(weights[order][::-1])[::-1], [0.0]))
    return np.asarray(beyond[np.searchsorted(values[order], times, side="left")])


def _variance(chance: Floats, events: Floats, at_risk: Floats, before: Floats) -> Floats:
    """Aalen's variance: sums over earlier times u of (F(t) - F(u))^2 a(u) + b(u) - 2 (F(t) - F(u)) c(u)."""
    n, total = at_risk[:, None], events.sum(axis=1)[:, None]
    spare = n - total
    # The last one at risk leaves nothing after it, so that its term is 0.
    a = np.divide(total, n * spare, out=np.zeros_like(n), where=spare > 0)
    b = before[:, None] ** 2 * events * (n - events) / n**3
    c = before[:, None] * events / n**2

    def sums(x: Floats) -> Floats:
        return np.asarray(np.cumsum(x, axis=0))

    squares = chance**2 * sums(a) - 2 * chance * sums(a * chance) + sums(a * chance**2)
    return np.asarray(np.maximum(squares + sums(b) - 2 * (chance * sums(c) - sums(c * chance)), 0.0))
