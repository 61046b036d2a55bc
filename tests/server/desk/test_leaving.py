"""Plans for leaving hospital, treatment or prison: begun at admission, each step with its day."""

from datetime import timedelta
from typing import Any

from models.codes import Situation
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import Desk

URL = "/discharge-plans"


def begin(desk: Desk, **more: object) -> dict[str, Any]:
    who = desk.mine(lambda h: h.situation == Situation.HOSPITAL).household_id
    body = {"household_id": who, "institution": "hospital", "admitted_on": str(AS_OF - timedelta(days=2))}
    made = desk.post(URL, body | more)
    assert made.status_code == 201, made.text
    return dict(made.json())


def days(plan: dict[str, Any]) -> dict[str, str | None]:
    return {step["code"]: step["due_on"] for step in plan["steps"]}


def test_steps_have_days_from_admission_and_from_leaving_once_it_is_known(desk: Desk) -> None:
    plan = begin(desk)
    due = days(plan)
    assert due["consent"] == str(AS_OF - timedelta(days=1))
    assert due["sip_called"] == str(AS_OF + timedelta(days=1))
    assert due["met_at_the_gate"] is None
    shown = desk.get(f"{URL}/{plan['plan_id']}")
    leaves = AS_OF + timedelta(days=40)
    changed = desk.patch(f"{URL}/{plan['plan_id']}", {"leaves_on": str(leaves)}, shown.headers["etag"])
    due = days(changed.json())
    assert due["met_at_the_gate"] == str(leaves)
    assert due["sip_held"] == str(leaves - timedelta(days=14))
    assert due["contact_after"] == str(leaves + timedelta(days=7))
    # A step can fall due at admission at the earliest.
    assert due["place_sought"] == plan["admitted_on"]


def test_the_city_reckons_with_the_day_of_leaving(desk: Desk) -> None:
    plan = begin(desk, leaves_on=str(AS_OF + timedelta(days=50)))
    household = desk.mine(lambda h: h.household_id == plan["household_id"])
    assert household.situation_ends_on == AS_OF + timedelta(days=50)
    told = [d for d in desk.items("/morning") if d["household_id"] == plan["household_id"]]
    assert [d["subject"] for d in told if d["what"] == "discharge"] == [plan["plan_id"]]


def test_what_is_done_keeps_its_day_when_the_day_of_leaving_moves(desk: Desk) -> None:
    plan = begin(desk, leaves_on=str(AS_OF + timedelta(days=80)))
    url = f"{URL}/{plan['plan_id']}"
    before = days(plan)["place_sought"]
    done = desk.patch(url, {"done": {"place_sought": str(AS_OF)}}, desk.get(url).headers["etag"])
    later = {"leaves_on": str(AS_OF + timedelta(days=90))}
    moved = desk.patch(url, later, done.headers["etag"]).json()
    (step,) = [s for s in moved["steps"] if s["code"] == "place_sought"]
    assert (step["due_on"], step["done_on"]) == (before, str(AS_OF))
    assert days(moved)["met_at_the_gate"] == later["leaves_on"]


def test_a_closed_plan_is_off_the_lists(desk: Desk) -> None:
    plan = begin(desk, leaves_on=str(AS_OF))
    url = f"{URL}/{plan['plan_id']}"
    assert [p["plan_id"] for p in desk.items(URL)] == [plan["plan_id"]]
    closed = desk.patch(url, {"closed": True}, desk.get(url).headers["etag"])
    assert closed.json()["closed_at"]
    assert desk.items(URL) == []
    assert desk.patch(url, {"note": "Mer."}, closed.headers["etag"]).status_code == 409
    assert begin(desk)["plan_id"] != plan["plan_id"]
    assert {"discharge.plan", "discharge.close"} <= set(desk.acts())


def test_what_cannot_be_is_refused(desk: Desk) -> None:
    plan = begin(desk)
    body = {"institution": "prison", "admitted_on": str(AS_OF)}
    again = desk.post(URL, body | {"household_id": plan["household_id"]})
    assert again.json()["changed"] == {"plan": plan["plan_id"]}
    backwards = {"household_id": desk.mine().household_id, "leaves_on": str(AS_OF - timedelta(days=1))}
    assert desk.post(URL, body | backwards).status_code == 422
    assert desk.post(URL, body | {"household_id": desk.closed().household_id}).status_code == 404
    url = f"{URL}/{plan['plan_id']}"
    assert desk.patch(url, {"leaves_on": "1950-01-01"}, "*").status_code == 422
    assert desk.patch(url, {"closed": True}, None).status_code == 428
    desk.alter(plan["household_id"], sharing_basis=None, sharing_basis_on=None)
    assert desk.get(url).status_code == desk.get(f"{URL}/none").status_code == 404
    assert desk.items(URL) == []
