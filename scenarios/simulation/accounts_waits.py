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


def quantile(ordered: Days, share: float) -> float:
    """Quantile of sorted days, (k,), straight between neighbours; NaN of none."""
    if not ordered.size:
        return np.nan
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (at - low) * (ordered[high] - ordered[low]))


def quantiles_of_groups(days: Days, groups: NDArray[np.bool_]) -> NDArray[np.float64]:
    """SHARES of days, of all and of the members of each group: groups (k, g), answer (shares, 1 + g)."""
    order = np.argsort(days, kind="stable")
    ordered, members = days[order], groups[order]
    of = [ordered, *(ordered[members[:, g]] for g in range(groups.shape[1]))]
    return np.array([[quantile(some, share) for some in of] for share in SHARES])


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
