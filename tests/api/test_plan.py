"""`plan`: data for programs, words for a planner in both languages, and mistakes said plainly."""

import json
from pathlib import Path

import pytest

from api.texts import LANGUAGES, Language, Texts
from optimiser.gap.womens_places import PROFILES
from scenarios.capacity.simulated import weekly_measure
from scenarios.capacity.target import MEASURES, SECTIONS, read_target

from .conftest import DAY, Command

FILE = """
[[pool]]
pool_id = "N1"
name = "Nya huset"
form = "stodboende"
district = "Farsta"
admits = "women"
drug_policy = "tolerant"
staffing = "daily"
cost_sek_per_year = 360_000
most = 20
lead_weeks = 2
source = "assumed"
"""


@pytest.fixture
def buildable(tmp_path: Path) -> str:
    file = tmp_path / "mine.toml"
    file.write_text(FILE, encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_part(language: Language) -> None:
    texts = Texts(language)
    wanted = [f"plan.target.women_gap_{kind}_{s}" for kind in ("now", "structural") for s in SECTIONS]
    wanted += ["plan.target.tier_1_unplaceable", *(f"gap.who.{name}" for name in PROFILES)]
    wanted += [f"plan.measure.{weekly_measure(read_target(f'{m}<=0'))}" for m in MEASURES if "." not in m]
    assert [key for key in wanted if not texts.has(key)] == []


def test_a_plan_as_data(small_city: Command, buildable: str, tmp_path: Path) -> None:
    arguments = ("plan", *DAY, "--target", "women_gap_structural<=1", "--buildable", buildable)
    answer = small_city(*arguments, "--json", "-").data
    for bare in ((*arguments, "--json"), ("plan", "--json", *arguments[1:])):
        assert small_city(*bare).data == answer
    assert list(answer) == [
        *("target", "status", "cost_sek_per_year", "bound", "places", "before", "after", "missing", "proof"),
        "simulation",
    ]
    assert answer["target"] == "women_gap_structural<=1"
    assert (
        answer["bound"]
        == answer["cost_sek_per_year"]
        == sum(p["cost_sek_per_year"] for p in answer["places"])
    )
    gap = small_city("gap", *DAY, "--json", "-").data["support"]["structural"]
    assert answer["before"] == {"demand": gap["demand"], "placeable": gap["placeable"], "short": gap["gap"]}
    assert answer["simulation"] is None
    file = tmp_path / "plan.json"
    said = small_city(*arguments, "--json", str(file))
    assert json.loads(file.read_text(encoding="utf-8")) == answer
    assert said.out.startswith("Byggplan per 15 januari 2026")


def test_a_plan_simulated(small_city: Command, buildable: str) -> None:
    arguments = ("plan", *DAY, "--target", "women_gap_structural<=1", "--buildable", buildable)
    trial = ("--replications", "2", "--weeks", "5")
    lived = small_city(*arguments, *trial, "--json", "-").data["simulation"]
    assert (lived["weeks"], lived["replications"], lived["open_from_week"]) == (5, 2, 2)
    assert 0 <= lived["share_of_weeks"] <= 1
    out = small_city("--lang", "en", *arguments, *trial).out
    assert "If the plan is built: 2 replications, 5 weeks ahead" in out
    assert "Once all is open (week 2)" in out
    assert "Others who may live there move into new places too" in out
    early = small_city("--lang", "en", *arguments, "--replications", "2", "--weeks", "1").out
    assert "Not everything opens within the time (the last in week 2)." in early


def test_the_demo_city_to_people(demo_city: Command) -> None:
    """What no house can mend is named: whom it concerns, and which rules stand in the way."""
    said = demo_city("plan", "--target", "women_gap_structural<=0")
    assert (said.status, said.err) == (0, "")
    assert "Målet går inte att nå med det som kan byggas" in said.out
    assert "Bevisat" in said.out
    assert "Nytt drogtolerant kvinnoboende på Södermalm" in said.out
    assert "För vem platserna ändå inte räcker" in said.out
    assert "(residence)" in said.out
    english = demo_city("--lang", "en", "plan", "--target", "women_gap_structural<=120").out
    assert "Proven: nothing that costs less meets the target." in english
    assert "with active use" not in english


def test_a_target_that_holds_already(small_city: Command) -> None:
    trial = ("--replications", "1", "--weeks", "1")
    said = small_city("plan", *DAY, "--target", "women_gap_structural<=999", *trial)
    assert "Målet nås redan i dag. Inget behöver byggas." in said.out
    assert "Utan nya platser: 1 upprepning, 1 vecka framåt" in said.out
    assert "Om planen byggs" not in said.out
    assert "Utan planen" not in said.out


@pytest.mark.parametrize("written", ["", "women_gap<=0", "women_gap_now<1", "tier_1_unplaceable<=x"])
def test_a_target_that_cannot_be_read(small_city: Command, written: str) -> None:
    said = small_city("plan", *DAY, "--target", written)
    assert (said.status, said.out) == (2, "")
    assert "women_gap_structural<=0" in said.err
    assert "tier_1_unplaceable" in said.err
    assert len(said.err.splitlines()) == 1


def test_every_fault_of_a_file_is_said_at_once(small_city: Command, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(FILE.replace('"stodboende"', '"slott"').replace("most = 20", ""), encoding="utf-8")
    said = small_city("plan", *DAY, "--buildable", str(file))
    assert (said.status, said.out) == (2, "")
    assert "mine.toml, post 1, form: ”slott” är inget av svaren" in said.err
    assert "most saknas" in said.err
    assert said.err.splitlines()[-1].startswith("2 fel")
    english = small_city("--lang", "en", "plan", *DAY, "--buildable", str(tmp_path / "none.toml"))
    assert (english.status, english.out) == (2, "")
    assert "There is no such file" in english.err


def test_a_pool_that_stands_already_is_refused(small_city: Command, tmp_path: Path) -> None:
    standing = small_city("bottlenecks", *DAY, "--moves", "none", "--json", "-").data["pools"][0]["pool"]
    file = tmp_path / "mine.toml"
    file.write_text(FILE.replace("N1", standing), encoding="utf-8")
    said = small_city("plan", *DAY, "--buildable", str(file))
    assert said.status == 2
    assert "Det finns redan ett boende" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--replications", "-1"),
        ("--replications", "many"),
        ("--weeks", "0"),
        ("--weeks", "1000"),
        ("--seed", "x"),
        ("--target", "women_gap_now.emergency<=0", "--replications", "1"),
    ],
)
def test_numbers_that_cannot_be(small_city: Command, arguments: tuple[str, ...]) -> None:
    said = small_city("plan", *DAY, *arguments)
    assert (said.status, said.out) == (2, "")
    assert len(said.err.splitlines()) == 1


def test_an_empty_database_is_said_plainly(hemvist: Command) -> None:
    said = hemvist("plan", *DAY)
    assert said.status == 2
    assert "Databasen är tom" in said.err


def test_help_with_examples(hemvist: Command) -> None:
    for language, first in (("sv", "Användning: hemvist plan"), ("en", "Usage: hemvist plan")):
        said = hemvist("--lang", language, "plan", "--help")
        assert said.status == 0
        assert said.out.startswith(first)
        assert "--buildable" in said.out
