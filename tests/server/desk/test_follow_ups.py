"""Follow-ups: made by moving in, at 1, 3, 6 and 12 months; moving in carries out the decision."""

from datetime import timedelta
from typing import Any

import pytest

from models.days import months_later
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import Desk
from tests.server.desk.test_requests import offered

YES = {"assessment": "Passar bra.", "child_best_interests": "Skolan.", "child_view": "Vill."}


@pytest.fixture
def offer(desk: Desk) -> dict[str, Any]:
    """Somebody who has moved in, with a decision for that form and one for another."""
    made = offered(desk)
    view = desk.served.client.app.state.service.city()  # type: ignore[attr-defined]
    form = view.pools[made["pool_id"]].form
    for granted in (form, "famvux" if form != "famvux" else "stodboende"):
        body = {"household_id": made["household_id"], "form": granted, "from_on": str(AS_OF)}
        assert desk.post("/assistance-decisions", body | {"decided_on": str(AS_OF)}).status_code == 201
    url = f"/offers/{made['offer_id']}"
    assert desk.post(f"{url}/acceptance", YES).status_code == 200
    assert desk.post(f"{url}/moving-in", {"on": str(AS_OF)}).status_code == 200
    return made | {"form": form}


def test_moving_in_sets_four_days_and_carries_out_the_decision(desk: Desk, offer: dict[str, Any]) -> None:
    found = desk.items("/follow-ups")
    assert [(f["months"], f["due_on"]) for f in found] == [
        (months, str(months_later(AS_OF, months))) for months in (1, 3, 6, 12)
    ]
    assert {f["household_id"] for f in found} == {offer["household_id"]}
    carried = {
        d["decision"]["form"]: d["decision"]["carried_out_on"] for d in desk.items("/assistance-decisions")
    }
    assert carried.pop(offer["form"]) == str(AS_OF)
    assert list(carried.values()) == [None]
    assert "assistance.carry_out" in desk.acts()


def test_due_ones_to_the_day(desk: Desk, offer: dict[str, Any]) -> None:
    month = (months_later(AS_OF, 1) - AS_OF).days
    assert desk.items("/follow-ups", due_within=month - 1) == []
    assert [f["months"] for f in desk.items("/follow-ups", due_within=month)] == [1]
    told = desk.items("/morning", what="follow_up")
    assert [d["day"] for d in told] == [str(months_later(AS_OF, 1))] + (
        [str(months_later(AS_OF, 3))] if months_later(AS_OF, 3) <= AS_OF + timedelta(days=90) else []
    )
    assert {d["household_id"] for d in told} == {offer["household_id"]}


def test_an_outcome_is_noted_once(desk: Desk, offer: dict[str, Any]) -> None:
    one = desk.items("/follow-ups")[0]
    url = f"/follow-ups/{one['follow_up_id']}/outcome"
    made = desk.post(url, {"outcome": "stays", "note": "Trivs."})
    assert (made.status_code, made.json()["outcome"], made.json()["note"]) == (200, "stays", "Trivs.")
    assert desk.post(url, {"outcome": "lost"}).status_code == 409
    assert [f["months"] for f in desk.items("/follow-ups")] == [3, 6, 12]
    assert "follow_up.made" in desk.acts()
    assert offer["household_id"] == one["household_id"]


def test_a_home_that_is_lost_is_not_asked_about_again(desk: Desk, offer: dict[str, Any]) -> None:
    second = desk.items("/follow-ups")[1]
    desk.post(f"/follow-ups/{second['follow_up_id']}/outcome", {"outcome": "lost"})
    left = desk.items("/follow-ups")
    assert [(f["months"], f["household_id"]) for f in left] == [(1, offer["household_id"])]


def test_others_follow_ups_are_not_there(desk: Desk, offer: dict[str, Any]) -> None:
    one = desk.items("/follow-ups")[0]
    desk.alter(offer["household_id"], sharing_basis=None, sharing_basis_on=None)
    assert desk.items("/follow-ups") == []
    for name in (one["follow_up_id"], "none"):
        assert desk.post(f"/follow-ups/{name}/outcome", {"outcome": "stays"}).status_code == 404
