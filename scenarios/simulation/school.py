"""Children who change school because their household moves in too far from it."""

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import NONE
from optimiser.instance_build import ADULT_AGE
from scenarios.simulation.city import City
from scenarios.simulation.population import Rows

BANDS = ((9, "under_10"), (12, "age_10_to_12"), (15, "age_13_to_15"), (ADULT_AGE, "age_16_to_17"))
"""Oldest age of each band, and its name among the assumptions."""


def changed_schools(city: City, rows: Rows, pool: NDArray[np.int64], left: NDArray[np.int64]) -> Rows:
    """Household of each child that changes school on moving in, and goes to the nearest one from then on.

    A child changes when the way becomes longer than its age bears and longer than from the home left
    (left, NONE for none). Where the travel time is not known the school is kept. The limits are the
    simulation's own, so that the count means the same whatever the rules under study say.
    """
    members, minutes = city.members, city.start.minutes
    at, which = members.of_households(rows)
    pupil = (members["age"][at] < ADULT_AGE) & (members["school"][at] != NONE)
    at, which = at[pupil], which[pupil]
    if not at.size:
        return np.zeros(0, dtype=np.int64)
    place = city.start.pools["district"]
    school, home = members["school"][at], left[which]
    new = minutes[place[pool[which]], school]
    old = np.where(home == NONE, NONE, minutes[place[home], school])
    most = [city.assumptions.value(f"school_change_minutes.{name}") for _, name in BANDS]
    limit = np.array(most)[np.searchsorted([age for age, _ in BANDS], members["age"][at])]
    moved = (new != NONE) & (new > limit) & ((old == NONE) | (new > old))
    from_home = minutes[place[pool[which[moved]]]]
    members["school"][at[moved]] = np.where(from_home == NONE, np.iinfo(np.int32).max, from_home).argmin(
        axis=1
    )
    return np.asarray(rows[which[moved]])
