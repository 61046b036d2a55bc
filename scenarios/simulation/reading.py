"""What a week's match stands on: the rules as read, and where everybody is or will be."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import NONE
from scenarios.simulation.city import City
from scenarios.simulation.population import Rows


@dataclass(frozen=True, slots=True)
class Reading:
    """The week's rules, read against some rows of the population (sorted)."""

    assessment: Assessment
    rows: Rows


def whereabouts(city: City) -> NDArray[np.int64]:
    """Pool where each household lives, or will once what is promised is kept, NONE for nowhere, (n,)."""
    held = city.people["held_pool"]
    return np.where(held == NONE, city.people["current_pool"], held).astype(np.int64)
