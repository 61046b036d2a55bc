"""Every row of the demo city would pass the import: written from the import's rules, not its code."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from itertools import pairwise

import pytest
from sqlmodel import SQLModel

from models.codes import DrugPolicy, Situation
from models.dataset import Dataset
from models.forms import forms
from scenarios.demo_city import DEMO_AS_OF, build_demo_city

# YYYYMMDD or YYMMDD (day also plus 60), then four digits, with `-`, `+` or nothing between.
PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:\d\d)?\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])[-+]?\d{4}(?!\d)"
)
DISTRICTS = {
    "Bromma",
    "Enskede-Årsta-Vantör",
    "Farsta",
    "Hägersten-Älvsjö",
    "Hässelby-Vällingby",
    "Järva",
    "Kungsholmen",
    "Norra innerstaden",
    "Skarpnäck",
    "Skärholmen",
    "Södermalm",
}
FORMS_OF_SITUATION = {
    Situation.EMERGENCY_SHELTER: {"akutboende"},
    Situation.SUPPORTED_HOUSING: {
        "stodboende",
        "planeringsboende",
        "famvux",
        "omvardnadsboende",
        "upphandlad",
        "utredningsplats_65",
    },
    Situation.TRAINING_FLAT: {"traningslagenhet"},
    Situation.EMERGENCY_FLAT: {"jourlagenhet"},
    Situation.TRANSITIONAL: {"shis_avtalat", "shis_relationsvald", "shis_stod", "genomgangsbostad"},
    Situation.HOUSED: {"bostad_forst", "forsokslagenhet", "seniorlagenhet", "vard_och_omsorgsboende"},
    Situation.EVICTION_RISK: {"bostad_forst", "forsokslagenhet"},
}


@pytest.fixture(scope="module", params=[2439, 4])
def city(request: pytest.FixtureRequest) -> Dataset:
    """The city of one seed."""
    return build_demo_city(request.param)


def tables(city: Dataset) -> dict[str, tuple[SQLModel, ...]]:
    """All tables by name."""
    return {name: getattr(city, name) for name in Dataset.__dataclass_fields__}


def assert_unique(keys: Iterable[Hashable]) -> None:
    """No key twice."""
    assert [key for key, number in Counter(keys).items() if number > 1] == []


def test_values_are_of_their_kind_and_no_number_is_negative(city: Dataset) -> None:
    for rows in tables(city).values():
        for row in rows:
            values = row.model_dump()
            assert type(row).model_validate(values) == row
            assert all(value >= 0 for value in values.values() if isinstance(value, int))


def test_no_value_looks_like_a_personal_identity_number(city: Dataset) -> None:
    assert PERSONAL_NUMBER.search("19121212-1212")
    for rows in tables(city).values():
        for row in rows:
            for value in row.model_dump(mode="json").values():
                assert not PERSONAL_NUMBER.search(str(value)), row


def test_keys_are_unique_and_rows_stand_in_their_order(city: Dataset) -> None:
    keys: dict[str, list[tuple[str | date, ...]]] = {
        "households": [(row.household_id,) for row in city.households],
        "members": [(row.household_id, row.member_id) for row in city.members],
        "pools": [(row.pool_id,) for row in city.pools],
        "schools": [(row.school_id,) for row in city.schools],
        "travel_times": [(row.district, row.school_id) for row in city.travel_times],
        "conflicts": [(row.household_id_a, row.household_id_b) for row in city.conflicts],
        "stays": [(row.household_id, row.pool_id, row.started_on) for row in city.stays],
        "declines": [(row.household_id, row.pool_id, row.declined_on) for row in city.declines],
    }
    for rows in keys.values():
        assert_unique(rows)
        assert rows == sorted(rows)
    assert_unique(member.member_id for member in city.members)
    assert_unique(frozenset((row.household_id_a, row.household_id_b)) for row in city.conflicts)


def test_every_reference_is_to_a_row_that_exists(city: Dataset) -> None:
    households = {row.household_id for row in city.households}
    pools = {row.pool_id for row in city.pools}
    schools = {row.school_id for row in city.schools}
    units = DISTRICTS | {"Enheten för hemlösa", None}
    for home in city.households:
        assert home.current_pool_id in pools | {None}
        assert home.responsible_unit in units
        assert {*home.preferred_districts, *home.avoid_districts, *home.safe_districts} <= DISTRICTS
        assert {*home.preferred_forms, *home.declined_forms} <= set(forms())
        assert not set(home.avoid_districts) & set(home.preferred_districts)
    assert {member.household_id for member in city.members} == households
    assert {member.school_id for member in city.members} <= schools | {None}
    assert {row.district for row in city.travel_times} | {pool.district for pool in city.pools} == DISTRICTS
    assert {row.school_id for row in city.travel_times} == schools
    assert {row.household_id for row in city.stays} | {
        row.household_id for row in city.declines
    } <= households
    assert {row.pool_id for row in city.stays} | {row.pool_id for row in city.declines} <= pools
    for conflict in city.conflicts:
        assert {conflict.household_id_a, conflict.household_id_b} <= households
        assert conflict.household_id_a != conflict.household_id_b
    assert all(set(quota.form) <= set(forms()) for quota in city.quotas)


def test_every_household_has_an_adult_and_nobody_is_born_after_the_day(city: Dataset) -> None:
    of_age = DEMO_AS_OF.replace(year=DEMO_AS_OF.year - 18)
    assert all(member.birth_date <= DEMO_AS_OF for member in city.members)
    with_adult = {member.household_id for member in city.members if member.birth_date <= of_age}
    assert with_adult == {home.household_id for home in city.households}


def test_no_pool_is_overfull_or_asks_sobriety_of_a_home(city: Dataset) -> None:
    residents = Counter(home.current_pool_id for home in city.households)
    for pool in city.pools:
        assert residents[pool.pool_id] <= pool.capacity
        assert not (forms()[pool.form].own_flat and pool.drug_policy == DrugPolicy.DRUG_FREE)
        assert not (pool.opens_on and pool.closes_on and pool.closes_on < pool.opens_on)
        assert pool.min_age is None or pool.max_age is None or pool.min_age <= pool.max_age


def test_residents_live_where_their_situation_says(city: Dataset) -> None:
    form_of = {pool.pool_id: pool.form for pool in city.pools}
    without_pool: Counter[Situation] = Counter()
    for home in city.households:
        if home.current_pool_id:
            assert form_of[home.current_pool_id] in FORMS_OF_SITUATION[home.situation]
            assert home.moved_in_on
            assert home.moved_in_on <= DEMO_AS_OF
        else:
            assert home.moved_in_on is None
            without_pool[home.situation] += 1
    assert without_pool[Situation.EMERGENCY_SHELTER] > 10


def test_days_of_the_past_lie_in_the_past(city: Dataset) -> None:
    for home in city.households:
        assert home.homeless_since is None or home.homeless_since <= DEMO_AS_OF
        assert home.sharing_basis_on is None or home.sharing_basis_on <= DEMO_AS_OF
        assert (home.sharing_basis is None) == (home.sharing_basis_on is None)
    assert all(row.declined_on <= DEMO_AS_OF for row in city.declines)


def test_stays_are_one_at_a_time_and_the_last_is_where_somebody_lives(city: Dataset) -> None:
    stays: dict[str, list[tuple[date, date]]] = {home.household_id: [] for home in city.households}
    ongoing = {}
    for stay in city.stays:
        assert stay.started_on <= (stay.ended_on or DEMO_AS_OF) <= DEMO_AS_OF
        assert (stay.ended_on is None) == (stay.end_reason is None)
        stays[stay.household_id].append((stay.started_on, stay.ended_on or date.max))
        if stay.ended_on is None:
            ongoing[stay.household_id] = (stay.pool_id, stay.started_on)
    for spells in stays.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(spells)))
    assert ongoing == {
        home.household_id: (home.current_pool_id, home.moved_in_on)
        for home in city.households
        if home.current_pool_id
    }
    assert sum(stay.ended_on is not None for stay in city.stays) > 800


def test_no_pool_was_ever_overfull(city: Dataset) -> None:
    changes: dict[str, Counter[date]] = {pool.pool_id: Counter() for pool in city.pools}
    for stay in city.stays:
        changes[stay.pool_id][stay.started_on] += 1
        changes[stay.pool_id][stay.ended_on or date.max] -= 1
    for pool in city.pools:
        living = 0
        for _, change in sorted(changes[pool.pool_id].items()):
            living += change
            assert living <= pool.capacity, pool.pool_id


def test_travel_times_are_complete_but_for_a_few(city: Dataset) -> None:
    complete = len(DISTRICTS) * len(city.schools)
    assert 0.95 * complete < len(city.travel_times) < complete
    own = {(school.district, school.school_id) for school in city.schools}
    assert own <= {(row.district, row.school_id) for row in city.travel_times}


def test_families_have_school_children_some_of_whom_need_stability(city: Dataset) -> None:
    pupils = [member for member in city.members if member.school_id]
    assert len(pupils) > 400
    assert all(member.birth_date.year >= 2007 for member in pupils)
    assert sum(member.special_stability_need.value == "yes" for member in city.members) > 20
