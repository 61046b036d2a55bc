"""Members grow older on their birthdays, come with newcomers, and are born."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dataset import Dataset
from optimiser.instance_build import age_on, build_instance
from scenarios.simulation.members import Members
from scenarios.simulation.population import Population, blank_own_columns

from ...optimiser.rows import adult, child, city, household

AS_OF = date(2024, 2, 20)
BIRTHS = st.dates(date(1940, 1, 1), AS_OF)
GROWN = st.dates(date(1940, 1, 1), date(2006, 2, 20))
COUNTED = (
    *("persons", "adults", "children", "adult_women", "adult_men", "adult_unsure"),
    *("stability_yes", "stability_unknown", "oldest_adult", "youngest_adult"),
)


def start(data: Dataset) -> tuple[Members, Population]:
    instance = build_instance(data, AS_OF)
    own = blank_own_columns(instance.n)
    people = Population.of(instance.household_ids, {**instance.households, **own})
    people.columns = {name: column.copy() for name, column in people.columns.items()}
    return Members.of(data.members, instance, ()), people


@given(GROWN, st.lists(BIRTHS, max_size=4), st.integers(1, 300))
def test_ages_are_those_of_the_calendar(grown: date, births: list[date], weeks: int) -> None:
    """Week by week as an instance of that day would count them; leap days included."""
    rows = [adult("A", "A-0", birth_date=grown, sex="man")]
    rows += [
        child("A", n + 1, birth_date=born, sex="woman", special_stability_need="unknown")
        for n, born in enumerate(births)
    ]
    data = city(household("A"), *rows)
    members, people = start(data)
    for week in range(1, weeks + 1):
        members.grow_older(people, 7 * week)
    then = build_instance(data, AS_OF + timedelta(weeks=weeks))
    for name in COUNTED:
        assert people[name].tolist() == then.households[name].tolist(), name
    there = members.children(np.zeros(1, dtype=np.int32))
    assert sorted(there.age.tolist()) == then.children.age.tolist()


@pytest.mark.parametrize(
    ("day", "age"), [(date(2025, 2, 28), 0), (date(2025, 3, 1), 1), (date(2028, 2, 29), 4)]
)
def test_born_on_a_leap_day(day: date, age: int) -> None:
    data = city(household("A"), adult("A"), child("A", birth_date=date(2024, 2, 29)))
    members = Members.of(data.members, build_instance(data, date(2024, 3, 1)), ())
    days = (day - date(2024, 3, 1)).days
    people = Population.of(["A"], build_instance(data, date(2024, 3, 1)).households)
    people.columns = {name: column.copy() for name, column in people.columns.items()}
    for step in range(days + 1):
        members.grow_older(people, step)
    assert sorted(members["age"].tolist())[0] == age == age_on(date(2024, 2, 29), day)


@given(GROWN, BIRTHS, st.integers(0, 250))
def test_newcomers_are_as_old_as_those_they_resemble(grown: date, born: date, week: int) -> None:
    data = city(household("A"), household("B"), adult("A", birth_date=grown), child("A", birth_date=born))
    members, people = start(data)
    for number in range(1, week + 1):
        members.grow_older(people, 7 * number)
    counts = members.come(np.array([0, 1]), np.array([2, 3]), 7 * week)
    shifted = [
        row.model_copy(update={"birth_date": row.birth_date + timedelta(weeks=week)}) for row in data.members
    ]
    then = build_instance(city(*data.households, *shifted), AS_OF + timedelta(weeks=week))
    for name in COUNTED:
        assert counts[name].tolist() == then.households[name].tolist(), name


def test_a_child_is_born_and_grows() -> None:
    data = city(household("A", pregnant="yes"), household("B"))
    members, people = start(data)
    members.born(np.array([0]), people, 14)
    assert people["children"].tolist() == [1, 0]
    assert people["persons"].tolist() == [2, 1]
    assert members["household"].tolist() == [0, 0, 1]
    assert members.children(np.arange(2, dtype=np.int32)).age.tolist() == [0]
    for week in range(3, 120):
        members.grow_older(people, 7 * week)
    assert members.children(np.arange(2, dtype=np.int32)).age.tolist() == [2]


def test_members_of_the_gone_are_forgotten() -> None:
    members, people = start(city(household("A"), household("B"), household("C")))
    people["state"][:] = [2, 0, 3]
    members.forget_the_gone(people)
    assert members["household"].tolist() == [1]
