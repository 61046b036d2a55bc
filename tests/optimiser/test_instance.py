"""A dataset frozen into arrays: ages on birthdays, blanks, indices, residents and quotas."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dataset import Dataset
from models.households import Conflict, Decline, Household, Member
from models.stock import Pool, Quota, School, TravelTime
from optimiser.instance import MISSING, NONE, code_of
from optimiser.instance_build import age_on, build_instance

from ..twin.logic import age_on as twin_age

DAY = date(2026, 1, 15)


def household(household_id: str = "A", **values: object) -> Household:
    row = {"household_id": household_id, "situation": "rough_sleeping", "support_need": "none", **values}
    return Household.model_validate(row)


def member(household_id: str = "A", member_id: str = "1", **values: object) -> Member:
    row = {"household_id": household_id, "member_id": member_id, "birth_date": date(1980, 5, 5), **values}
    return Member.model_validate(row)


def pool(pool_id: str = "P", **values: object) -> Pool:
    row = {"pool_id": pool_id, "name": "Huset", "form": "stodboende", "district": "Farsta", "capacity": 2}
    return Pool.model_validate({**row, **values})


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 1, 15), DAY, 18),
        (date(2008, 1, 16), DAY, 17),
        (date(2008, 1, 14), DAY, 18),
        (DAY, DAY, 0),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2008, 3, 1), date(2026, 2, 28), 17),
    ],
)
def test_age_turns_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(st.dates(date(1920, 1, 1), DAY), st.dates(DAY, date(2040, 12, 31)))
def test_age_as_the_twin_counts_it(born: date, day: date) -> None:
    assert age_on(born, day) == twin_age(born, day)


def test_adults_and_children_part_on_the_eighteenth_birthday() -> None:
    rows = (
        member(birth_date=date(2008, 1, 15), sex="woman"),
        member(member_id="2", birth_date=date(2008, 1, 16), school_id="S", special_stability_need="yes"),
        member(member_id="3", birth_date=date(1961, 1, 15), sex="man"),
        member(member_id="4", birth_date=date(1990, 1, 1), sex="other"),
    )
    school = School(school_id="S", name="Skolan", district="Farsta")
    city = build_instance(Dataset(households=(household(),), members=rows, schools=(school,)), DAY)
    expected = {"persons": 4, "adults": 3, "children": 1, "adult_women": 1, "adult_men": 1, "adult_unsure": 1}
    expected |= {"youngest_adult": 18, "oldest_adult": 65, "stability_yes": 1, "stability_unknown": 0}
    assert {name: int(city.households[name][0]) for name in expected} == expected
    children = city.children
    assert [children.household.tolist(), children.age.tolist(), children.school.tolist()] == [[0], [17], [0]]


def test_blank_is_told_apart_from_every_value() -> None:
    data = Dataset(households=(household(),), members=(member(),), pools=(pool(),))
    city = build_instance(data, DAY)
    for name in ("homeless_since", "situation_ends_on", "unavailable_until"):
        assert city.households[name][0] == MISSING
    for name in ("shis_months", "responsible_unit", "current_pool"):
        assert city.households[name][0] == NONE
    for name in ("min_age", "max_age", "max_persons", "monthly_cost_sek"):
        assert city.pools[name][0] == NONE
    assert city.pools["opens_on"][0] == city.pools["closes_on"][0] == MISSING
    assert city.households["pet"][0] == code_of("pet", "unknown")
    assert city.pools["children"][0] == code_of("children", "unknown")
    told = Dataset(households=(household(homeless_since=DAY, shis_months=0),), members=(member(),))
    known = build_instance(told, DAY).households
    assert (known["homeless_since"][0], known["shis_months"][0]) == (0, 0)


def test_days_count_from_the_as_of_date() -> None:
    row = household(homeless_since=DAY - timedelta(days=183), situation_ends_on=DAY + timedelta(days=14))
    city = build_instance(Dataset(households=(row,), members=(member(),)), DAY)
    assert city.households["homeless_since"][0] == -183
    assert city.households["situation_ends_on"][0] == 14


def test_residents_leave_fewer_vacant_places_candidates_or_not() -> None:
    rows = (household("A", current_pool_id="P"), household("B", current_pool_id="P", situation="housed"))
    people = (member("A"), member("B", "2"))
    city = build_instance(Dataset(households=rows, members=people, pools=(pool(capacity=3),)), DAY)
    assert [int(city.pools[name][0]) for name in ("capacity", "residents", "vacant")] == [3, 2, 1]


def test_pool_without_facility_has_a_house_of_its_own() -> None:
    pools = (pool("F1"), pool("P1", facility_id="F1"), pool("P2", facility_id="F1"), pool("P3"))
    facility = build_instance(Dataset(pools=pools), DAY).pools["facility"].tolist()
    assert facility[1] == facility[2]
    assert len(set(facility)) == 3


def test_quotas_of_the_year_never_below_zero() -> None:
    quotas = (
        Quota(year=2026, form=("bostad_forst", "akutboende"), places=5, used=2),
        Quota(year=2026, form=("akutboende",), places=1, used=4, responsible_unit="Farsta"),
        Quota(year=2025, form=("bostad_forst",), places=9),
    )
    city = build_instance(Dataset(pools=(pool(),), quotas=quotas), DAY)
    told = {(quota.forms, quota.left, quota.unit == NONE) for quota in city.quotas}
    assert told == {(("akutboende", "bostad_forst"), 3, True), (("akutboende",), 0, False)}


def test_travel_time_of_a_district_without_pools_counts() -> None:
    school = School(school_id="S", name="Skolan", district="Bromma")
    times = (TravelTime(district="Järva", school_id="S", minutes=20),)
    city = build_instance(Dataset(pools=(pool(),), schools=(school,), travel_times=times), DAY)
    assert city.places == ("Bromma", "Farsta", "Järva")
    assert city.minutes[:, 0].tolist() == [NONE, NONE, 20]


def test_conflicts_stand_once_whichever_way_they_are_told() -> None:
    rows = (household("A"), household("B"))
    told = (
        Conflict(household_id_a="A", household_id_b="B"),
        Conflict(household_id_a="B", household_id_b="A"),
    )
    city = build_instance(Dataset(households=rows, conflicts=told), DAY)
    assert city.conflicts.tolist() == [[0, 1]]


def test_some_rows_keep_their_own_and_the_stock() -> None:
    rows = tuple(household(key, current_pool_id="P" if key == "B" else None) for key in "ABC")
    data = Dataset(
        households=rows,
        members=tuple(member(key, key) for key in "ABC"),
        pools=(pool(),),
        conflicts=(Conflict(household_id_a="A", household_id_b="C"),),
        declines=(Decline(household_id="C", pool_id="P", declined_on=DAY),),
    )
    city = build_instance(data, DAY)
    some = city.only(np.array([1, 2]))
    assert some.household_ids == ("B", "C")
    assert some.households["current_pool"].tolist() == [0, NONE]
    assert some.conflicts.tolist() == []
    assert some.declines.household.tolist() == [1]
    assert some.pools["vacant"].tolist() == city.pools["vacant"].tolist()


def test_as_of_date_moves_ages_and_days() -> None:
    data = Dataset(
        households=(household(homeless_since=DAY),), members=(member(birth_date=date(2008, 1, 16)),)
    )
    assert build_instance(data, DAY).households["adults"][0] == 0
    later = build_instance(replace(data), DAY + timedelta(days=1))
    assert later.households["adults"][0] == 1
    assert later.households["homeless_since"][0] == -1
