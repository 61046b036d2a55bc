"""`gap` and `bottlenecks`: data for programs, words for a manager, in both languages."""

import json
from pathlib import Path

import pytest

from api.texts import LANGUAGES, Language, Texts
from optimiser.gap.equity import LEVELS
from optimiser.gap.womens_places import PROFILES, SECTIONS
from optimiser.matching import GOALS

from .conftest import DAY, Command


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_words_for_every_part(language: Language) -> None:
    texts = Texts(language)
    wanted = [f"gap.{kind}.{name}" for kind in ("section", "at", "nearest") for name in SECTIONS]
    wanted += [f"gap.{kind}.{name}" for kind in ("who", "profile") for name in PROFILES]
    wanted += [f"gap.column.{name}" for name in (*LEVELS, "candidates", "placeable")]
    wanted += [f"bottlenecks.goal.{goal}" for goal in GOALS]
    assert [key for key in wanted if not texts.has(key)] == []


def test_gap_as_data(small_city: Command, tmp_path: Path) -> None:
    answer = small_city("gap", *DAY, "--json", "-").data
    assert list(answer) == ["as_of", "support", "emergency", "equity"]
    assert answer["as_of"] == "2026-01-15"
    file = tmp_path / "gap.json"
    said = small_city("gap", *DAY, "--json", str(file))
    assert json.loads(file.read_text(encoding="utf-8")) == answer
    assert said.out.startswith("Platser för kvinnor 15 januari 2026")


def test_the_demo_city_names_its_hole_to_a_manager(demo_city: Command) -> None:
    said = demo_city("gap")
    assert said.status == 0
    assert said.err == ""
    hole, below, above = said.out.splitlines()[2:5]
    assert "med aktivt bruk har ingen möjlig kvinnoplats på stödnivå" in hole
    assert "Närmast under finns Hvilan (Akutboende" in below
    assert "drogtolerant" in below
    assert "Närmast ovanför finns Syrenen (Stödboende" in above
    assert "drogfritt" in above
    assert "(relapse_safe)" in above


def test_the_demo_city_names_its_hole_in_english(demo_city: Command) -> None:
    out = demo_city("--lang", "en", "gap").out
    assert "with active use have no possible women's place at support level" in out
    assert "Nearest below is Hvilan (Emergency shelter" in out
    assert "Nearest above is Syrenen (Support housing" in out


@pytest.mark.parametrize("moves", ["none", "unlimited", "2"])
def test_bottlenecks_as_data(small_city: Command, moves: str) -> None:
    answer = small_city("bottlenecks", *DAY, "--moves", moves, "--json", "-").data
    assert list(answer) == ["pools", "groups"]
    assert len(answer["pools"]) == 24
    assert any(any(entry["gains"].values()) for entry in answer["pools"])


def test_bottlenecks_under_limits(small_city: Command) -> None:
    free = small_city("bottlenecks", *DAY, "--moves", "none", "--json", "-").data["pools"]
    nothing = small_city("bottlenecks", *DAY, "--moves", "none", "--most", "0", "--json", "-").data["pools"]
    assert any(any(entry["gains"].values()) for entry in free)
    assert not any(any(entry["gains"].values()) for entry in nothing)
    pool = next(entry["pool"] for entry in free if any(entry["gains"].values()))
    kept = small_city("bottlenecks", *DAY, "--moves", "none", "--reserve", f"{pool}=999", "--json", "-").data
    assert not any(next(entry for entry in kept["pools"] if entry["pool"] == pool)["gains"].values())


def test_limits_that_cannot_be_kept_are_refused(small_city: Command) -> None:
    first = small_city("match", *DAY, "--moves", "none", "--json", "-").data["proposals"][0]
    pin = ("--pin", f"{first['household']}={first['pool']}", "--most", "0")
    said = small_city("bottlenecks", *DAY, "--moves", "none", *pin)
    assert (said.status, said.out) == (2, "")
    assert "--most" in said.err
    said = small_city("bottlenecks", *DAY, "--reserve", "P99999=1")
    assert said.status == 2
    assert "P99999" in said.err


def test_bottlenecks_to_people(demo_city: Command) -> None:
    said = demo_city("bottlenecks", "--moves", "unlimited")
    assert said.status == 0
    assert said.err == ""
    assert said.out.startswith("Flaskhalsar 15 januari 2026")
    assert "Också i " in said.out
    assert "Där platserna inte räcker" in said.out
    assert "blir utan: " in said.out
    english = demo_city("--lang", "en", "bottlenecks", "--moves", "none").out
    assert english.startswith("Bottlenecks 15 January 2026")


@pytest.mark.parametrize("command", ["gap", "bottlenecks"])
def test_an_empty_database_is_said_plainly(hemvist: Command, command: str) -> None:
    said = hemvist(command, *DAY)
    assert said.status == 2
    assert "Databasen är tom" in said.err


def test_moves_that_are_none_are_refused(small_city: Command) -> None:
    said = small_city("bottlenecks", *DAY, "--moves", "0")
    assert said.status == 2
    assert said.out == ""
    assert "”0”" in said.err


@pytest.mark.parametrize("command", ["gap", "bottlenecks"])
def test_a_day_before_the_policy_is_the_users_mistake(small_city: Command, command: str) -> None:
    said = small_city(command, "--as-of", "1990-01-01")
    assert said.status == 2
    assert said.err.startswith("Policyn hade inte börjat gälla")
