"""Who said no to which pool, and when: as it was at the start, and every no since."""

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import NONE, Declines
from scenarios.simulation.population import Rows


class DeclineLog:
    """All declines, days counted from the as-of date of the simulation."""

    def __init__(self, start: Declines) -> None:
        self._household = start.household.astype(np.int64)
        self._pool = start.pool
        self._day = start.day
        self._by_provider = start.by_provider

    def add(self, households: Rows, pools: NDArray[np.int64], day: int) -> None:
        """Households say no to pools on a day."""
        k = len(households)
        self._household = np.concatenate([self._household, households])
        self._pool = np.concatenate([self._pool, pools.astype(np.int32)])
        self._day = np.concatenate([self._day, np.full(k, day, dtype=np.int32)])
        self._by_provider = np.concatenate([self._by_provider, np.zeros(k, dtype=bool)])

    def seen(self, place: NDArray[np.int32], day: int) -> Declines:
        """Declines of the households in view; place (n,) is their index in it, NONE outside."""
        at = place[self._household]
        seen = at != NONE
        return Declines(at[seen], self._pool[seen], self._day[seen] - np.int32(day), self._by_provider[seen])
