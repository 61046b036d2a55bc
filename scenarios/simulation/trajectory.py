"""What one replication tells: every measure week by week, its total, and every wait."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits for a place, one entry a spell, all (k,): of those placed and of those who still wait or left.

    household
        Number that follows a household through every scenario, so that waits pair up.
    from_day
        Day the wait began, from the as-of date; before it for those who waited already.
    until_day
        Day of moving in, or the day the spell was last seen.
    ended
        0 still waiting at the end of the horizon, 1 placed, 2 solved it otherwise or left.
    form
        Index of the form moved into, -1 otherwise.
    segment
        Index into `scenarios.segments.SEGMENTS` when the wait began.
    groups
        Membership of GROUPS when the wait ended, shape (k, groups).
    """

    household: NDArray[np.int64]
    from_day: NDArray[np.int32]
    until_day: NDArray[np.int32]
    ended: NDArray[np.int8]
    form: NDArray[np.int8]
    segment: NDArray[np.int8]
    groups: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """One replication of one scenario.

    weekly
        Measure name (split names included) -> values, shape (weeks,); NaN where nothing was there to measure.
    totals
        Measure name -> the figure over the horizon, summed as MEASURES says.
    """

    scenario: str
    replication: int
    weekly: Mapping[str, NDArray[np.float64]]
    totals: Mapping[str, float]
    waits: Waits
