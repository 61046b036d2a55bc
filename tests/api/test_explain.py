"""`explain`: every pool, every rule, in both languages; and words for all that a rule can look at."""

from datetime import date
from pathlib import Path

import pytest

from api.cli.voice import Voice
from api.cli.words import Words
from api.texts import LANGUAGES, Language
from api.usecases.explaining import explain_household
from models.database import open_database
from optimiser.matching import GOALS

from .conftest import DATA, DAY, Command


def test_shape_of_the_explanation(small_city: Command) -> None:
    answer = small_city("explain", "H00016", *DAY, "--json", "-").data
    keys = ["household", "as_of", "tier", "points", "pools", "proposal", "ahead", "would_help"]
    assert list(answer) == keys
    assert (answer["household"], answer["as_of"], answer["tier"]) == ("H00016", "2026-01-15", 2)
    assert len(answer["pools"]) == 24
    for entry in answer["pools"]:
        assert list(entry) == ["pool", "eligible", "fit", "verdicts"]
        assert entry["eligible"] in ("yes", "no", "unknown")
        for verdict in entry["verdicts"]:
            assert list(verdict) == ["rule", "verdict", "observed", "limit", "text_sv", "text_en", "cite"]
            assert verdict["verdict"] in ("pass", "fail", "unknown")
            assert "{" not in verdict["text_sv"] + verdict["text_en"]
            assert verdict["cite"]
    assert all(list(other) == ["household", "pool", "tier", "points"] for other in answer["ahead"])


def test_shape_of_what_would_help(small_city: Command) -> None:
    left = small_city("match", *DAY, "--moves", "none", "--json", "-").data["unmatched"]
    helps = []
    for household in [entry["household"] for entry in left][:5]:
        answer = small_city("explain", household, *DAY, "--moves", "none", "--json", "-").data
        helps += answer["would_help"]
    assert {help["change"]["kind"] for help in helps} <= {"place", "fact", "rule"}
    assert helps
    pools = {entry["pool"] for entry in answer["pools"]}
    for help in helps:
        assert list(help) == ["change", "effect"]
        assert list(help["change"]) == ["kind", "id", "from", "to"]
        assert list(help["effect"]) == [*GOALS, "household_gets"]
        assert help["effect"]["household_gets"] in pools


def test_verdicts_and_eligibility_agree(small_city: Command) -> None:
    answer = small_city("explain", "H00016", *DAY, "--json", "-").data
    for entry in answer["pools"]:
        failed = any(verdict["verdict"] == "fail" for verdict in entry["verdicts"])
        assert failed == (entry["eligible"] == "no")


def test_the_proposal_is_that_of_the_match(small_city: Command) -> None:
    for moves in ("none", "unlimited"):
        match = small_city("match", *DAY, "--moves", moves, "--json", "-").data
        proposed = {entry["household"]: entry["pool"] for entry in match["proposals"]}
        for household in ("H00070", "H00016", "H00035"):
            answer = small_city("explain", household, *DAY, "--moves", moves, "--json", "-").data
            assert answer["proposal"] == proposed.get(household)


def test_only_the_pools_asked_for(small_city: Command) -> None:
    answer = small_city("explain", "H00016", *DAY, "--pool", "P003", "--pool", "P001", "--json", "-").data
    assert [entry["pool"] for entry in answer["pools"]] == ["P003", "P001"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "sv",
            ("Hushåll H00016, 15 januari 2026", "Möjliga boenden", "Inte möjliga", "Gräns", "lokal regel"),
        ),
        (
            "en",
            ("Household H00016, 15 January 2026", "Possible pools", "Not possible", "Limit", "local rule"),
        ),
    ],
)
def test_explained_to_people(small_city: Command, language: str, words: tuple[str, ...]) -> None:
    said = small_city("explain", "H00016", *DAY, "--lang", language)
    assert said.status == 0
    assert [word for word in words if word not in said.out] == []


def test_what_to_find_out(small_city: Command) -> None:
    match = small_city("match", *DAY, "--json", "-").data
    waiting = next(e["household"] for e in match["unmatched"] if e["cause"] == "needs_information")
    said = small_city("explain", waiting, *DAY)
    assert "Väntar på en uppgift" in said.out
    assert "Ta reda på: " in said.out


@pytest.mark.parametrize("city", ["small-city", "chain-city"])
def test_there_are_words_for_everything_a_rule_looks_at(hemvist: Command, database: Path, city: str) -> None:
    hemvist("import", str(DATA / city), *DAY)
    words = [Words(Voice(language)) for language in LANGUAGES]
    engine = open_database(str(database))
    households = [f"H{n:05}" for n in range(0, 100, 9)]
    for household in households:
        explained = explain_household(engine, household, (), date(2026, 1, 15), "none")
        for entry in explained.answer["pools"]:
            for verdict in entry["verdicts"]:
                for content in (verdict["observed"], verdict["limit"]):
                    assert all("_" not in word.mapping(content) for word in words), content
    engine.dispose()


@pytest.mark.parametrize(
    ("language", "spoken"), [("sv", "bemanning: dygnet runt"), ("en", "staffing: around the clock")]
)
def test_coded_values_in_words(language: Language, spoken: str) -> None:
    assert Words(Voice(language)).mapping({"staffing": "around_the_clock"}) == spoken


def test_limits_in_words() -> None:
    words = Words(Voice("sv"))
    assert words.mapping({"shis_months": {"below": 60}}) == "månader hos SHIS: under 60"
    assert words.mapping({"homeless_since": None}) == "i hemlöshet sedan: okänt"
    assert words.mapping({"homeless_since": "2024-03-05"}) == "i hemlöshet sedan: 5 mars 2024"
    assert words.mapping({"not": ["tolerant"]}) == "inte (drogtolerant)"
    assert words.mapping({"present_level": -1}) == "nivå i dag: ingen plats"
