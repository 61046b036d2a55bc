"""The back-test: forecasts from some simulations held against what happened in others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.expected_wait.forecast import SHARES, alike, incidence
from scenarios.expected_wait.peers import Peers
from scenarios.expected_wait.spells import PLACED, Spells
from scenarios.incidence import Incidence

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BackTest:
    """How forecasts held.

    Attributes
    ----------
    rank
        Where each wait that happened lay in its forecast, from 0 (shorter than all) to 1, shape (k,): even
        over that range where forecasts are right (probability integral transform).
    row
        Household of each, shape (k,).
    """

    rank: Floats
    row: NDArray[np.int64]

    @property
    def coverage(self) -> float:
        """Share of waits within their 80 % interval; 0.8 where forecasts are right."""
        return float(self._inside().mean())

    def coverage_of(self, marks: NDArray[np.int64]) -> dict[int, tuple[float, int]]:
        """Coverage and number of waits for each mark of the households; marks has shape (n,)."""
        mine, inside = marks[self.row], self._inside()
        return {int(m): (float(inside[mine == m].mean()), int((mine == m).sum())) for m in np.unique(mine)}

    def _inside(self) -> NDArray[np.bool_]:
        return np.asarray((self.rank >= SHARES[0]) & (self.rank < SHARES[-1]))


def back_test(fitted: Spells, held_out: Spells, city: Peers, seed: int) -> BackTest:
    """Forecast from some spells every wait of others, and see where each lay.

    Weeks are whole and a good part never gets a place, so that an interval of exactly 80 % need not exist:
    the ends of any interval carry lumps of chance. A wait that happened in a week which carries the chances
    from a to b is therefore given a rank drawn evenly between a and b (randomised probability integral
    transform), and one that ended without a place, or had not ended when the simulation did, a rank between
    the chance of any place and 1. A right forecast gives even ranks, and each interval its own share.

    Parameters
    ----------
    seed
        Seed of the draws within a week.
    """
    rng = np.random.default_rng(seed)
    rows = np.unique(held_out.row[city.waits[held_out.row]])
    ranks, owners = [], []
    for h in rows.tolist():
        _, chosen = alike(fitted, city, h)
        found = incidence(chosen, city.open_forms.shape[1])
        happened = held_out.only(held_out.row == h)
        low, high = _lump(found, happened)
        ranks.append(low + (high - low) * rng.random(len(low)))
        owners.append(happened.row)
    return BackTest(np.concatenate(ranks), np.concatenate(owners))


def _lump(found: Incidence, happened: Spells) -> tuple[Floats, Floats]:
    """Forecast chance of a place before each week in which one came, and by it; up to 1 where none came."""
    by = np.concatenate(([0.0], found.chance[:, :-1].sum(axis=1)))
    times = np.concatenate(([-1.0], found.times))
    last = by[np.searchsorted(times, happened.weeks, side="right") - 1]
    before = by[np.searchsorted(times, happened.weeks, side="left") - 1]
    placed = happened.ended == PLACED
    return np.where(placed, before, by[-1]), np.where(placed, last, 1.0)
