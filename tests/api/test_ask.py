"""`ask`: what to ask first, as data and in words."""

import pytest

from optimiser.matching import GOALS

from .conftest import DAY, Command

KEYS = ["household", "tier", "points", "fact", "answer", "household_gets", "placements", "effect"]


def test_questions_as_data(small_city: Command) -> None:
    told = small_city("ask", *DAY, "--moves", "none", "--json", "-").data
    assert list(told) == ["as_of", "tried", "possible", "facts", "questions"]
    assert 0 < told["tried"] <= told["possible"]
    assert told["questions"]
    for question in told["questions"]:
        assert list(question) == [*KEYS, "gain", "lose", "elsewhere"]
        assert list(question["effect"]) == list(GOALS)
        tiers = sum(value for goal, value in question["effect"].items() if goal.startswith("tier_"))
        assert question["placements"] == tiers == len(question["gain"]) - len(question["lose"])
    placements = [question["placements"] for question in told["questions"]]
    assert placements == sorted(placements, reverse=True)
    assert sum(one["questions"] for one in told["facts"]) >= len(told["questions"])


def test_the_top_is_a_part(small_city: Command) -> None:
    whole = small_city("ask", *DAY, "--moves", "none", "--json", "-").data["questions"]
    part = small_city("ask", *DAY, "--moves", "none", "--top", "2", "--json", "-").data["questions"]
    assert len(whole) > 2
    assert part == whole[:2]


def test_an_answer_opens_what_it_says(small_city: Command) -> None:
    """The first question about a household stands in its explanation, with the same effect."""
    told = small_city("ask", *DAY, "--moves", "none", "--json", "-").data["questions"]
    question = next(one for one in told if one["household_gets"] and one["fact"] != "children")
    helps = small_city("explain", question["household"], *DAY, "--moves", "none", "--json", "-").data
    wanted = {"kind": "fact", "id": question["fact"], "from": "unknown", "to": question["answer"]}
    (found,) = [one for one in helps["would_help"] if one["change"] == wanted]
    assert found["effect"] == {**question["effect"], "household_gets": question["household_gets"]}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Fråga först, 15 januari 2026", "Om svaret är ”", "Hushållet föreslås")),
        ("en", ("Ask first, 15 January 2026", "If the answer is '", "The household is proposed")),
    ],
)
def test_questions_to_people(demo_city: Command, language: str, words: tuple[str, ...]) -> None:
    said = demo_city("--lang", language, "ask", "--moves", "none", "--top", "12")
    assert (said.status, said.err) == (0, "")
    assert [part for part in words if part not in said.out] == []


def test_no_questions_is_said(small_city: Command) -> None:
    said = small_city("ask", *DAY, "--moves", "none", "--top", "0")
    assert said.status == 0
    assert "Fråga först" in said.out


@pytest.mark.parametrize("top", ["-1", "alla", "1.5", ""])
def test_a_number_that_is_none(small_city: Command, top: str) -> None:
    said = small_city("ask", *DAY, f"--top={top}")
    assert (said.status, said.out) == (2, "")
    assert "inget antal" in said.err


def test_an_empty_database_is_said_plainly(hemvist: Command) -> None:
    said = hemvist("ask", *DAY)
    assert said.status == 2
    assert "Databasen är tom" in said.err
