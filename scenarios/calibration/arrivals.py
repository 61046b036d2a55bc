"""Who comes: households first known within the last half-year, segment by segment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.dataset import Dataset
from optimiser.assessment import Assessment
from optimiser.instance import MISSING, NONE, Instance
from optimiser.instance_build import build_instance
from optimiser.policy.model import Policy
from optimiser.priority import prioritise
from scenarios.calibration.estimates import Estimate
from scenarios.calibration.hazards import hazard
from scenarios.segments import SEGMENTS, segments

ARRIVAL_WEEKS = 26
"""Weeks looked back: in a longer time too many would have come and gone without leaving a trace."""

WEEKS_A_YEAR = 365.25 / 7


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Arrivals by segment, and how much they rest on.

    Attributes
    ----------
    estimates
        Households a year for each that waits today, one estimate a segment that anybody waits in.
    came
        Households first known within the weeks looked back, by segment.
    waiting
        Candidates without a place, by segment.
    undated
        Of those waiting, how many have no day of first being known and cannot be counted as arrivals.
    """

    estimates: tuple[Estimate, ...]
    came: Mapping[str, int]
    waiting: Mapping[str, int]
    undated: Mapping[str, int]


def arrivals(city: Dataset, as_of: date, policy: Policy, weeks: int = ARRIVAL_WEEKS) -> Arrivals:
    """Households that came within the last weeks and are still known, as a rate for each that waits today.

    A household comes on the day it became homeless or first moved into a place, whichever is earlier. Those
    who came and left the books in between are not seen, and those without a date are not counted: the rate
    is a lower bound.
    """
    instance = build_instance(city, as_of)
    segment = segments(instance)
    came_on = _first_known(city, instance)
    homeless = prioritise(Assessment(policy, instance)).candidate
    waits = homeless & (instance.households["current_pool"] == NONE)
    came = (came_on != MISSING) & (came_on > -7 * weeks) & (came_on <= 0)
    undated = waits & (came_on == MISSING)
    counts = {
        name: tuple(int((at & (segment == i)).sum()) for at in (came, waits, undated))
        for i, name in enumerate(SEGMENTS)
    }
    found = [_estimate(name, seen, waiting, weeks) for name, (seen, waiting, _) in counts.items() if waiting]
    by_kind = [{name: row[i] for name, row in counts.items()} for i in range(3)]
    return Arrivals(tuple(found), by_kind[0], by_kind[1], by_kind[2])


def _estimate(segment: str, came: int, waiting: int, weeks: int) -> Estimate:
    rate = hazard(came, waiting * weeks)
    value, low, high = (x * WEEKS_A_YEAR for x in (rate.value, rate.low, rate.high))
    unit = "a year, per household waiting"
    return Estimate(f"arrivals.{segment}", unit, value, low, high, "own", came, came, rate.weeks)


def _first_known(city: Dataset, instance: Instance) -> NDArray[np.int64]:
    """Day each household became homeless or first moved in, counted from the as-of date; else MISSING."""
    row = {name: i for i, name in enumerate(instance.household_ids)}
    first = instance.households["homeless_since"].astype(np.int64)
    for stay in city.stays:
        i, day = row[stay.household_id], (stay.started_on - instance.as_of).days
        first[i] = day if first[i] == MISSING else min(int(first[i]), day)
    return np.asarray(first)
