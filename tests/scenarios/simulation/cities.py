"""Small cities for one stage of a week at a time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from models.dataset import Dataset
from models.households import Household
from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.luck import Luck
from scenarios.simulation.city import City
from scenarios.simulation.run import Simulation

from ...optimiser.rows import city, household, pool
from ...twin_queue.queue_city import plain_reform

AS_OF = date(2026, 1, 15)
NOTHING_HAPPENS = ("arrivals.", "stays.", "leaving.", "refusal.", "facts.", "overstay.", "delay.")


def assumptions(changed: Mapping[str, float] | None = None) -> Assumptions:
    """Nothing happens to anybody, but for what is said."""
    ours = load_assumptions()
    still = {key: 0.0 for key in ours.entries if key.startswith(NOTHING_HAPPENS)}
    return ours.replaced(still | dict(changed or {}))


def begun(
    data: Dataset, weeks: int = 60, changed: Mapping[str, float] | None = None, **reformed: Any
) -> City:
    """A city on its as-of date."""
    reform = replace(plain_reform(data, weeks, "optimum"), **reformed)
    return City.begin(data, AS_OF, reform, assumptions(changed), Luck(1, 0))


def simulation(
    data: Dataset, weeks: int = 60, changed: Mapping[str, float] | None = None, **settings: Any
) -> Simulation:
    """A simulation in which nothing happens by chance, but for what is said."""
    run = {name: settings.pop(name) for name in ("moves", "scarcity", "seed") if name in settings}
    reform = replace(plain_reform(data, weeks, "optimum"), **settings)
    return Simulation(data, AS_OF, reform, assumptions(changed), run.pop("seed", 1), 0, **run)


def waiting(household_id: str, **values: Any) -> Household:
    """A household in a hotel whom supported housing suits, but for the values given."""
    usual = {"situation": "hotel_hostel", "mental_health": "some", "homeless_since": date(2025, 6, 1)}
    return household(household_id, **{**usual, **values})


def one_of_each() -> Dataset:
    """One household that waits, one that lives in P, one place free there."""
    return city(
        waiting("A"),
        household("B", current_pool_id="P", moved_in_on=date(2025, 12, 1), situation="supported_housing"),
        pool("P", capacity=2),
    )


def everyone(city: City) -> np.ndarray:
    return np.arange(city.people.n)
