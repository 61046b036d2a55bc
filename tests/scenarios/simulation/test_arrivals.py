"""Arrivals: as many as assumed, like those who wait, and the same people whatever else changes."""

from datetime import date, timedelta

import numpy as np
import pytest

from models.dataset import Dataset
from optimiser.instance import MISSING, NONE
from scenarios.segments import SEGMENTS
from scenarios.simulation.arrivals import WEEKS_A_YEAR, Inflow, waiting_at_start
from scenarios.simulation.city import City
from scenarios.simulation.population import State

from ...optimiser.rows import adult, child, city, household, pool
from .cities import AS_OF, begun

RATES = {f"arrivals.{segment}": 20.0 for segment in SEGMENTS}
WEEKS = 40


def people() -> Dataset:
    return city(
        household("A", situation="hotel_hostel", homeless_since=date(2024, 1, 1)),
        household(
            "B", situation="prison", situation_ends_on=AS_OF + timedelta(days=30), substance_use="active"
        ),
        household("C", situation="insecure_tenancy", homeless_since=None, unavailable_until=date(2026, 1, 1)),
        household("D", situation="hotel_hostel"),
        household("E", situation="housed"),
        household("F", situation="hotel_hostel", acute_danger="yes"),
        household("G", situation="hotel_hostel", unavailable_until=AS_OF + timedelta(days=3)),
        household("H", current_pool_id="P", situation="supported_housing"),
        adult("D"),
        child("D"),
        pool("P", capacity=3),
    )


def arrived(factor: float, week: int = 5) -> City:
    weeks = np.full((WEEKS, len(SEGMENTS)), factor)
    many = {key: 10 * rate for key, rate in RATES.items()}
    found = begun(people(), WEEKS, many, arrivals=weeks)
    Inflow(found).arrive(found, week)
    return found


def ids(found: City) -> list[str]:
    return found.people.ids[8:]


def test_who_waits_at_the_start() -> None:
    start = begun(people()).start
    assert [start.household_ids[i] for i in waiting_at_start(start)] == ["A", "B", "C", "D"]


def test_as_many_as_assumed() -> None:
    found = begun(people(), WEEKS, RATES)
    inflow = Inflow(found)
    counts = [len(inflow.arrive(found, week)) for week in range(WEEKS)]
    mean = 4 * 20 / WEEKS_A_YEAR
    assert sum(counts) == pytest.approx(mean * WEEKS, abs=4 * np.sqrt(mean * WEEKS))
    assert found.people.n == 8 + sum(counts)
    assert len(set(found.people["number"].tolist())) == found.people.n


def test_newcomers_are_like_their_template_on_the_day_they_come() -> None:
    found = begun(people(), WEEKS, RATES)
    inflow, start = Inflow(found), found.start
    for week in range(10):
        day = 7 * week
        for row in inflow.arrive(found, week).tolist():
            columns = found.people.columns
            segment = SEGMENTS[columns["segment"][row]]
            assert found.people.ids[row].startswith(f"s-{segment}-{week}-")
            template = {"discharge": 1, "family": 3}.get(
                segment, 2 if columns["homeless_since"][row] == MISSING else 0
            )
            assert columns["situation"][row] == start.households["situation"][template]
            assert columns["substance_use"][row] == start.households["substance_use"][template]
            assert columns["persons"][row] == start.households["persons"][template]
            assert columns["current_pool"][row] == NONE
            assert columns["state"][row] == State.WAITING
            assert columns["since"][row] == columns["came"][row] == day
            if template == 1:
                assert columns["situation_ends_on"][row] == 30 + day
            if template != 2:
                assert columns["homeless_since"][row] == day


def test_more_and_fewer_are_the_same_people() -> None:
    fewer, same, more = (arrived(factor) for factor in (0.5, 1.0, 1.5))
    assert 0 < len(ids(fewer)) < len(ids(same)) < len(ids(more))
    assert set(ids(fewer)) < set(ids(same)) < set(ids(more))
    for other in (fewer, more):
        both = sorted(set(ids(other)) & set(ids(same)))
        for name in ("number", "substance_use", "persons", "oldest_adult", "homeless_since"):
            here, there = (
                [found.people[name][found.people.ids.index(key)] for key in both] for found in (other, same)
            )
            assert here == there, name


def test_nobody_comes_like_nobody() -> None:
    found = begun(city(household("A", situation="housed")), 4, RATES)
    assert Inflow(found).arrive(found, 0).size == 0


def test_ids_that_the_data_has_already() -> None:
    found = begun(city(household("s-young_adult-0-0")), 4, RATES | {"arrivals.woman_drug_free_low": 5000.0})
    Inflow(found).arrive(found, 0)
    assert len(set(found.people.ids)) == found.people.n
    assert all(key.startswith("ss-") for key in found.people.ids[1:])
