"""Spells: the waits of those who wait today, as each replication of a simulation let them end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.simulation.trajectory import Waits

DAYS_A_WEEK = 7.0
STILL, PLACED, OTHERWISE = 0, 1, 2
"""How a spell ended, as in `Waits.ended`."""


@dataclass(frozen=True, slots=True)
class Spells:
    """First spells of today's waiting households, one for each household and replication, all (k,).

        row
            Household's row in the instance.
        weeks
            Weeks from the as-of date to the end of the week in which it ended, or to when it was last seen.
        ended
            DAYS_A_WEEK = 7.0
    STILL, PLACED or OTHERWISE.
        form
            Index of the form moved into, -1 otherwise.
        replication
            Which of the simulations given.
    """

    row: NDArray[np.int64]
    weeks: NDArray[np.float64]
    ended: NDArray[np.int8]
    form: NDArray[np.int8]
    replication: NDArray[np.int64]

    def only(self, at: NDArray[np.bool_]) -> "Spells":
        """Some of the spells, by flag, shape (k,)."""
        return Spells(self.row[at], self.weeks[at], self.ended[at], self.form[at], self.replication[at])


def spells_from_today(simulated: Sequence[Waits], numbers: NDArray[np.int64]) -> Spells:
    """The spells that were under way on the as-of date, from that day on.

    Newcomers and those who come back to waiting are left out: what is asked is how long those who wait today
    will wait from today.

    Parameters
    ----------
    numbers
        Number of every household of the instance, shape (n,).
    """
    order = np.argsort(numbers)
    parts = [_of_one(waits, numbers[order], order, i) for i, waits in enumerate(simulated)]
    return Spells(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _of_one(
    waits: Waits, ordered: NDArray[np.int64], order: NDArray[np.int64], replication: int
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int8], NDArray[np.int8], NDArray[np.int64]]:
    at = np.minimum(np.searchsorted(ordered, waits.household), len(ordered) - 1)
    today = np.flatnonzero((ordered[at] == waits.household) & (waits.from_day <= 0))
    rows = order[at[today]]
    # Somebody placed on the first day may be back the same day: the first spell counts.
    first = np.unique(rows, return_index=True)[1]
    chosen = today[np.sort(first)]
    # What happens in a week is noted on its first day; it is sure to have happened when the week is over.
    weeks = waits.until_day[chosen] / DAYS_A_WEEK + (waits.ended[chosen] != STILL)
    return (
        order[at[chosen]],
        weeks,
        waits.ended[chosen],
        waits.form[chosen],
        np.full(len(chosen), replication, dtype=np.int64),
    )
