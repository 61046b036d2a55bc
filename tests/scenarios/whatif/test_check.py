"""A scenario is held against a city: ids, districts, units, quotas, and the weeks that are simulated."""

import pytest

from models.dataset import Dataset
from optimiser.policy.load import load_policy_data
from scenarios.whatif.check import check_scenario, check_stack, every_fault
from scenarios.whatif.compile import compile_reform
from scenarios.whatif.faults import ScenarioProblem
from scenarios.whatif.load import library
from scenarios.whatif.scenario import BASELINE, Scenario

from .made import AS_OF, OPEN, change, compiled, demo_city, kinds, made, small_city

QUOTA = "kind = 'quota'\nform = 'famvux'\n"


def against(scenario: Scenario, city: Dataset) -> list[tuple[int, str, str]]:
    return kinds(check_scenario(scenario, city, AS_OF))


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("kind = 'close_pool'\npool = ['P-HVILAN', 'P-HVILLAN']", [(1, "pool", "unknown pool")]),
        ("kind = 'capacity'\npool = 'P-BORTA'\nto = 1", [(1, "pool", "unknown pool")]),
        ("kind = 'convert'\npool = 'P-BORTA'\npets = 'no'", [(1, "pool", "unknown pool")]),
        ("kind = 'capacity'\nform = 'famvux'\nadmits = 'women'\nto = 1", [(1, "form", "no pool chosen")]),
        ("kind = 'capacity'\npool = 'P-HVILAN'\nadmits = 'men'\nto = 1", [(1, "pool", "no pool chosen")]),
        (OPEN.replace("S-NY", "P-HVILAN"), [(1, "pool_id", "pool exists")]),
        (OPEN.replace('"Farsta"', '"Farstad"'), [(1, "district", "unknown district")]),
        (
            "kind = 'convert'\npool = 'P-BF-01'\ndrug_policy = 'drug_free'",
            [(1, "drug_policy", "drug_free on an own flat")],
        ),
        (
            "kind = 'convert'\npool = ['P-SYRENEN', 'P-VASTBERGA']\nform = 'traningslagenhet'",
            [(1, "form", "drug_free on an own flat")],
        ),
        ("kind = 'convert'\npool = 'P-GAMLEBO'\nmax_age = 50", [(1, "max_age", "lowest age above highest")]),
        (QUOTA + "by = 3", [(1, "form", "no such quota")]),
        (QUOTA + "factor = 0.5", [(1, "form", "no such quota")]),
        (QUOTA + "places = 3\nresponsible_unit = 'Enheten'", [(1, "responsible_unit", "unknown unit")]),
        (QUOTA + "places = 3", []),
        ("kind = 'close_pool'\npool = 'P-HVILAN'", []),
    ],
)
def test_names_are_looked_up(entry: str, expected: list[tuple[int, str, str]]) -> None:
    scenario = made(entry)
    found = check_scenario(scenario, demo_city(), AS_OF)
    assert kinds(found) == expected
    for fault in found:
        assert all(len(fault.message(lang)) > 15 and len(fault.remedy(lang)) > 15 for lang in ("sv", "en"))


def test_faults_of_form_hide_none_of_the_citys() -> None:
    """Entry by entry, as they stand; and what follows from a fault is not told as another."""
    changes = (
        "kind = 'close_pool'\npool = 'P-BORTA'",
        OPEN.replace("capacity = 7", "capacity = 7.5"),
        "kind = 'capacity'\npool = ['S-NY', 'P-BORTA']\nby = 2",
        "kind = 'convert'\npool = 'S-NY'\npets = 'no'",
        "kind = 'capacity'\nform = 'famvux'\nadmits = 'women'\nto = 1",
        "kind = 'refusals'\nfactor = -1",
        "kind = 'quota'\nform = 'famvux'\nby = 3\nfrom_week = 'snart'",
        "kind = 'convert'\npool = 'P-BF-01'\ndrug_policy = 'drug_free'\nfrom_week = 60",
    )
    with pytest.raises(ScenarioProblem) as caught:
        made(*changes)
    formal = [(2, "capacity", "not a whole number"), (6, "factor", "below zero")]
    formal += [(7, "from_week", "not a whole number")]
    assert kinds(caught.value.faults) == formal
    assert kinds(every_fault(caught.value, demo_city(), AS_OF, 52)) == [
        *[(1, "pool", "unknown pool"), (2, "capacity", "not a whole number"), (3, "pool", "unknown pool")],
        *[(6, "factor", "below zero"), (7, "from_week", "not a whole number")],
        *[(7, "form", "no such quota"), (8, "from_week", "after the horizon")],
        (8, "drug_policy", "drug_free on an own flat"),
    ]


def test_a_near_name_is_offered() -> None:
    (fault,) = check_scenario(made("kind = 'close_pool'\npool = 'P-HVILLAN'"), demo_city(), AS_OF)
    assert (fault.value, fault.file) == ("P-HVILLAN", "made.toml")
    assert "P-HVILAN" in fault.remedy("sv").split("?")[0]


def test_unknown_pools_stop_the_reform_with_the_same_fault() -> None:
    scenario = made("kind = 'close_pool'\npool = 'P-BORTA'")
    with pytest.raises(ScenarioProblem) as caught:
        compiled(scenario)
    assert caught.value.faults == check_scenario(scenario, demo_city(), AS_OF)
    assert "P-BORTA" in str(caught.value)


def test_a_pool_opened_before_is_known_to_those_after() -> None:
    opens = made(OPEN)
    later = made("kind = 'capacity'\npool = 'S-NY'\nby = 2")
    assert check_stack([opens, later], demo_city(), AS_OF) == ()
    assert kinds(check_stack([later, opens], demo_city(), AS_OF)) == [(1, "pool", "unknown pool")]
    assert kinds(check_stack([opens, opens], demo_city(), AS_OF)) == [(1, "pool_id", "pool exists")]


def test_a_quota_made_before_is_known_to_those_after() -> None:
    stack = [made(QUOTA + "places = 3"), made(QUOTA + "by = 3")]
    assert check_stack(stack, demo_city(), AS_OF) == ()


def test_a_conversion_before_counts() -> None:
    stack = [made("kind = 'convert'\npool = 'P-SYRENEN'\ndrug_policy = 'tolerant'")]
    stack.append(made("kind = 'convert'\npool = 'P-SYRENEN'\nform = 'traningslagenhet'"))
    assert check_stack(stack, demo_city(), AS_OF) == ()
    assert kinds(check_stack(stack[::-1], demo_city(), AS_OF)) == [(1, "form", "drug_free on an own flat")]


@pytest.mark.parametrize(
    ("entry", "weeks", "expected"),
    [
        ("kind = 'refusals'\nfactor = 2\nfrom_week = 51", 52, []),
        ("kind = 'refusals'\nfactor = 2\nfrom_week = 52", 52, [(1, "from_week", "after the horizon")]),
        (OPEN + "lead_weeks = 30\nfrom_week = 30", 52, [(1, "lead_weeks", "opens after the horizon")]),
        (QUOTA + "places = 1\nyear = 'next'", 51, [(1, "year", "outside the year")]),
        (QUOTA + "places = 1\nyear = 'next'", 52, []),
        (QUOTA + "places = 1\nyear = 2025", 52, [(1, "year", "outside the year")]),
    ],
)
def test_what_comes_after_the_horizon_is_a_warning(
    entry: str, weeks: int, expected: list[tuple[int, str, str]]
) -> None:
    found = check_scenario(made(entry), demo_city(), AS_OF, weeks)
    assert kinds(found) == expected
    assert all(fault.severity == "warning" for fault in found)
    assert compiled(made(entry), weeks=weeks).weeks == weeks


def test_the_form_is_checked_without_a_city() -> None:
    assert check_scenario(made("kind = 'close_pool'\npool = 'P-BORTA'")) == ()
    assert kinds(check_scenario(Scenario("x", "x", "x", "x", "x", (change("lottery"),)))) == [
        (1, "kind", "unknown value")
    ]


def test_the_baseline_is_sound_and_an_empty_scenario_a_warning() -> None:
    assert check_scenario(BASELINE, demo_city(), AS_OF, 52) == ()
    (fault,) = check_scenario(made())
    assert (fault.kind, fault.severity) == ("no changes", "warning")


def test_changes_made_in_code_are_checked_too() -> None:
    scenario = Scenario(
        "x", "x", "x", "x", "x", (change("budget", sek_per_month=-1), change("close_pool", -3))
    )
    with pytest.raises(ScenarioProblem) as caught:
        compile_reform(demo_city(), AS_OF, [scenario], 4, load_policy_data())
    assert kinds(caught.value.faults) == [
        (1, "sek_per_month", "below zero"),
        (2, "from_week", "below zero"),
        (2, "pool", "missing key"),
    ]
    assert caught.value.faults[0].file == "x"


@pytest.mark.parametrize("name", sorted(library()))
@pytest.mark.parametrize("weeks", [52, 260])
def test_the_library_suits_the_demo_city(name: str, weeks: int) -> None:
    assert check_scenario(library()[name], demo_city(), AS_OF, weeks) == ()
    assert compiled(library()[name], weeks=weeks).names == (name,)


def test_in_another_city_the_library_names_what_is_not_there() -> None:
    found = {name: against(scenario, small_city()) for name, scenario in library().items()}
    assert {name for name, faults in found.items() if faults} == {
        "syrenen_tolerant",
        "hvilan_closes",
        "family_flats_100",
    }
    assert found["hvilan_closes"] == [(1, "pool", "unknown pool")]
    assert found["family_flats_100"] == [(1, "form", "no such quota")]
