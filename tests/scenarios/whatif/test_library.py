"""The library holds what a planner asks for first, told in both languages."""

from importlib.resources import files

import pytest

from models.forms import forms
from scenarios.whatif.check import check_scenario
from scenarios.whatif.load import library, load_scenario
from scenarios.whatif.scenario import KINDS, MATCHING
from scenarios.whatif.settings import ASKS, CONVERTIBLE

from .made import AS_OF, compiled, demo_city

WANTED = {
    "syrenen_tolerant",
    "womens_vastberga",
    "bostad_forst_50",
    "hvilan_closes",
    "sober_gamlebo",
    "lasting_double_20",
    "family_flats_100",
    "procurement_halved",
    "arrivals_plus_20",
    "school_loosened",
    "no_trial_flats",
    *(f"matching_{way}" for way in MATCHING),
}


def test_everything_wanted_is_there_in_order() -> None:
    assert set(library()) >= WANTED
    assert list(library()) == sorted(library())


def test_files_are_named_after_their_scenarios() -> None:
    assert {f"{name}.toml" for name in library()} == {
        file.name for file in (files("scenarios") / "library").iterdir() if file.name.endswith(".toml")
    }


@pytest.mark.parametrize("name", sorted(WANTED))
def test_titles_are_short_and_texts_whole_sentences(name: str) -> None:
    scenario = library()[name]
    assert all(5 < len(title) < 60 for title in (scenario.title_sv, scenario.title_en))
    assert all(len(text) > 60 and text.endswith(".") for text in (scenario.text_sv, scenario.text_en))
    assert scenario.changes


def capacity(name: str, week: int, form: str | None = None) -> int:
    """Places that stand or are to come in a week."""
    epochs = compiled(library()[name], weeks=60).stock
    stock = next(epoch.state for epoch in reversed(epochs) if epoch.from_week <= week)
    return sum(pool.capacity for pool in stock if form in (None, pool.form))


def today(form: str | None = None) -> int:
    """Places of the demo city as it is."""
    return sum(pool.capacity for pool in demo_city().pools if form in (None, pool.form))


@pytest.mark.parametrize(
    ("name", "form", "more"),
    [
        ("womens_vastberga", "stodboende", 12),
        ("sober_gamlebo", "stodboende", 16),
        ("bostad_forst_50", "bostad_forst", 50),
        ("lasting_double_20", "bostad_forst", 20),
        ("family_flats_100", "genomgangsbostad", 100),
        ("procurement_halved", "upphandlad", -33),
        ("syrenen_tolerant", None, 0),
        ("arrivals_plus_20", None, 0),
    ],
)
def test_how_many_places_they_mean(name: str, form: str | None, more: int) -> None:
    assert capacity(name, 59, form) - today(form) == more
    assert capacity(name, 59) - today() == more


def test_new_homes_for_people_with_illness_and_use_are_lasting() -> None:
    new = [
        pool for pool in compiled(library()["lasting_double_20"]).stock[0].state if pool.pool_id[:2] == "S-"
    ]
    assert [forms()[pool.form].level for pool in new] == [3, 3]
    assert all(pool.drug_policy == "tolerant" and pool.psychiatric_competence == "yes" for pool in new)


def test_no_trial_flats_leaves_training_flats_alone() -> None:
    first, second = compiled(library()["no_trial_flats"], weeks=60).quotas
    new = set(map(str, second.state)) - set(map(str, first.state))
    assert second.from_week == 51
    assert len(new) == 1
    assert [(row.form, row.places) for row in second.state if str(row) in new] == [(("forsokslagenhet",), 0)]


def test_the_guide_tells_every_kind_and_key_and_its_example_holds() -> None:
    guide = (files("scenarios") / "library" / "README.md").read_text(encoding="utf-8")
    example = guide.split("```toml\n")[1].split("```")[0]
    assert check_scenario(load_scenario(example), demo_city(), AS_OF, 104) == ()
    rows = {line.split("`")[1]: line for line in guide.splitlines() if line.startswith("| `")}
    assert set(rows) == set(KINDS)
    for kind, asks in ASKS.items():
        columns = CONVERTIBLE if kind == "convert" else ()
        assert [key for key in (*asks.keys, *columns) if f"`{key}" not in rows[kind]] == []
