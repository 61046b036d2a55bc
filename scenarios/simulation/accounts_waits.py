"""Waits: when each began and how it ended, and what was usual."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.simulation.accounts_groups import MEMBERSHIP
from scenarios.simulation.population import Population, Rows
from scenarios.simulation.trajectory import Waits

STILL_WAITING, PLACED, OTHERWISE = range(3)
"""How a wait ended, as in `Waits.ended`."""

SHARES = (0.5, 0.9)
"""The median and the 90th percentile."""

Days = NDArray[np.signedinteger[Any]]


def quantiles_of_groups(days: Days, groups: NDArray[np.bool_]) -> NDArray[np.float64]:
    """SHARES of days, of all and of the members of each group: groups (k, g), answer (shares, 1 + g).

    Straight between neighbours; NaN of none.
    """
    order = np.argsort(days, kind="stable")
    everybody = np.ones((1, len(days)), dtype=bool)
    members = np.concatenate([everybody, groups[order].T])
    counts = members.sum(axis=1)
    # All groups one after the other, each in order; a last entry for a group of nobody to point at.
    ordered = np.append(np.broadcast_to(days[order], members.shape)[members], 0)
    first, last = np.cumsum(counts) - counts, np.maximum(counts - 1, 0)
    at = np.array(SHARES)[:, None] * last
    low = at.astype(np.int64)
    below, above = ordered[first + low], ordered[first + np.minimum(low + 1, last)]
    return np.where(counts > 0, below + (at - low) * (above - below), np.nan)


class WaitBook:
    """Every wait that has ended so far."""

    def __init__(self) -> None:
        self._parts: list[tuple[NDArray[Any], ...]] = []

    def end(
        self,
        population: Population,
        rows: Rows,
        cells: NDArray[np.int64],
        day: int,
        ended: int,
        form: NDArray[Any] | int,
    ) -> None:
        """Note that households (rows, with their cells) stop waiting on a day; form is -1 for none."""
        k = len(rows)
        self._parts.append(
            (
                population["number"][rows],
                population["since"][rows],
                np.full(k, day),
                np.full(k, ended),
                np.broadcast_to(form, k),
                population["segment"][rows],
                MEMBERSHIP[cells],
            )
        )

    def waits(self) -> Waits:
        """All that has been noted, in the order in which the waits ended."""
        household, since, until, ended, form, segment, groups = (
            np.concatenate(column) for column in zip(*self._parts, strict=True)
        )
        return Waits(
            household=household.astype(np.int64),
            from_day=since.astype(np.int32),
            until_day=until.astype(np.int32),
            ended=ended.astype(np.int8),
            form=form.astype(np.int8),
            segment=segment.astype(np.int8),
            groups=groups,
        )
