"""The queue as a city: training flats that every household fits, and rates that leave only the queue."""

from datetime import date

import numpy as np

from models.dataset import Dataset
from models.households import Household
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.segments import SEGMENTS
from scenarios.simulation.run import simulate
from scenarios.simulation.trajectory import Trajectory
from scenarios.whatif.reform import Epoch, Reform

from ..optimiser.rows import adult, household, pool
from .queue import Queue

AS_OF = date(2026, 1, 15)
FORM = "traningslagenhet"
WEEKS_A_YEAR = 365.25 / 7


def queue_city(queue: Queue, copies: int = 1) -> Dataset:
    """Residents in every flat, and people with friends who wait; all of them fit the flats in every way.

    Copies of the queue stand side by side in districts of their own, where nobody from another will live.
    """
    districts = [f"D{number:03d}" for number in range(copies)]
    people: list[Household] = []
    for here in districts:
        fits = {"support_need": "visiting", "substance_use": "past", "first_hand_barrier": "yes"}
        known = {**fits, "avoid_districts": tuple(name for name in districts if name != here)}
        people += [
            household(f"R{here}-{number:04d}", current_pool_id=here, **known)
            for number in range(queue.places)
        ]
        people += [
            household(f"W{here}-{number:04d}", homeless_since=AS_OF, **known)
            for number in range(queue.waiting)
        ]
    flats = [pool(here, form=FORM, district=here, capacity=queue.places) for here in districts]
    return Dataset(tuple(people), tuple(adult(row.household_id) for row in people), tuple(flats))


def queue_assumptions(queue: Queue) -> Assumptions:
    """Only arrivals, and stays that end: nothing else ever happens to anybody."""
    ours = load_assumptions()
    still = (
        "arrivals.",
        "stays.",
        "leaving.",
        "refusal.",
        "delay.",
        "facts.",
        "overstay.",
        "lease_takeover.",
    )
    values = {key: 0.0 for key in ours.entries if key.startswith(still)}
    values |= {f"arrivals.{name}": queue.arrivals * WEEKS_A_YEAR / queue.waiting for name in SEGMENTS}
    values[f"stays.{FORM}.own_home"] = queue.ends
    return ours.replaced(values)


def plain_reform(city: Dataset, weeks: int, matching: str = "first_come") -> Reform:
    """The stock and the policy as they are, for some weeks."""
    return Reform(
        names=("baseline",),
        weeks=weeks,
        stock=(Epoch(0, tuple(sorted(city.pools, key=lambda row: row.pool_id))),),
        quotas=(Epoch(0, city.quotas),),
        policy=(Epoch(0, load_policy_data()),),
        matching=(matching,) * weeks,
        budget=(None,) * weeks,
        arrivals=np.ones((weeks, len(SEGMENTS))),
        stays={},
        refusals=np.ones(weeks),
    )


def simulated_queue(queue: Queue, weeks: int, seed: int, replication: int = 0, copies: int = 1) -> Trajectory:
    """The queue, or copies of it together, in the simulation."""
    city = queue_city(queue, copies)
    reform = plain_reform(city, weeks)
    return simulate(city, AS_OF, reform, queue_assumptions(queue), seed, replication)
