"""`wait`: data, words, and refusals."""

import pytest

from scenarios.assumptions import load_assumptions

from .conftest import DAY, Command


def first(small_city: Command, waits: bool) -> str:
    """A household of the small city with or without a place."""
    answer = small_city("match", *DAY, "--moves", "unlimited", "--json", "-").data
    listed = [*answer["proposals"], *answer["unmatched"]]
    rows = [one for one in listed if (one.get("from_pool") is None) is waits and one.get("cause") != "stays"]
    return str(rows[0]["household"])


def test_wait_as_data(small_city: Command) -> None:
    household = first(small_city, waits=True)
    answer = small_city("wait", household, *DAY, "--replications", "2", "--json", "-").data
    assert answer["household"] == household
    assert answer["as_of"] == "2026-01-15"
    assert answer["assumptions"] == load_assumptions().digest
    assert (answer["replications"], answer["horizon_weeks"]) == (2, 104)
    assert set(answer["same"]) == {"tier", "segment", "profile"}
    assert max(answer["same"].values()) <= answer["households"]
    chances = [one["value"] for one in answer["any_place"]["chances"]]
    assert chances == sorted(chances)
    assert all(
        set(form["chances"][0]) == {"weeks", "value", "low", "high"} for form in answer["forms"].values()
    )


def test_wait_to_people_is_no_promise(small_city: Command) -> None:
    household = first(small_city, waits=True)
    said = small_city("wait", household, *DAY, "--replications", "2")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith(f"Väntan på en plats för {household}, från 15 januari 2026")
    assert "inget löfte och inget beslut" in said.out
    assert "Någon plats" in said.out
    assert "i 2 simuleringar över 104 veckor" in said.out
    english = small_city("--lang", "en", "wait", household, *DAY, "--replications", "2").out
    assert "no promise and no decision" in english


def test_who_has_a_place_does_not_wait(small_city: Command) -> None:
    household = first(small_city, waits=False)
    said = small_city("wait", household, *DAY)
    assert (said.status, said.out) == (2, "")
    assert f"Hushållet {household} väntar inte" in said.err


def test_an_unknown_household_is_named(small_city: Command) -> None:
    said = small_city("wait", "H-NO", *DAY)
    assert said.status == 2
    assert "H-NO" in said.err


@pytest.mark.parametrize("number", ["0", "-1", "tjugo", "1001", "9" * 5000])
def test_replications_that_are_none_are_refused(small_city: Command, number: str) -> None:
    said = small_city("wait", "H1", *DAY, "--replications", number)
    assert (said.status, said.out) == (2, "")
    assert "heltal från 1 till 1000" in said.err


def test_an_empty_database_is_said_plainly(hemvist: Command) -> None:
    said = hemvist("wait", "H1", *DAY)
    assert said.status == 2
    assert "Databasen är tom" in said.err


def test_help(hemvist: Command) -> None:
    assert hemvist("wait", "--help").out.startswith("Användning: hemvist wait")
