"""Next steps: every one who waits has one, with an owner who may see the case."""

from datetime import timedelta

from models.access import Role
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import CLOSED_UNIT, Desk

TOMORROW = str(AS_OF + timedelta(days=1))


def test_a_step_is_made_changed_and_done(desk: Desk) -> None:
    who = desk.items("/waitlist")[0]["household_id"]
    body = {"household_id": who, "what": "call_sip", "due_on": TOMORROW, "text": "Ring avdelningen."}
    made = desk.post("/next-steps", body)
    assert made.status_code == 201, made.text
    step = made.json()
    assert desk.items("/waitlist")[0]["next_step"]["what"] == "call_sip"
    assert who not in {line["household_id"] for line in desk.items("/waitlist", without_step=True)}
    shown = desk.get(f"/next-steps/{step['step_id']}")
    assert shown.json()["text"] == "Ring avdelningen."
    etag = shown.headers["etag"]
    url = f"/next-steps/{step['step_id']}"
    assert desk.patch(url, {"what": "meet"}, None).status_code == 428
    changed = desk.patch(url, {"what": "meet", "text": None}, etag)
    assert (changed.json()["what"], changed.json()["text"]) == ("meet", None)
    late = desk.patch(url, {"what": "decide"}, etag)
    assert late.status_code == 412
    assert late.json()["changed"]["what"] == "meet"
    done = desk.patch(url, {"done": True}, changed.headers["etag"])
    assert done.json()["done_at"]
    assert desk.items("/next-steps") == []
    assert desk.items("/waitlist")[0]["next_step"] is None
    assert {"step.add", "step.change", "step.done", "case.read"} <= set(desk.acts())


def test_the_list_by_owner_and_day(desk: Desk) -> None:
    worker = desk.served.add(Role.COORDINATOR, username="anna")
    one, two = (line["household_id"] for line in desk.items("/waitlist")[:2])
    late = str(AS_OF - timedelta(days=1))
    desk.post("/next-steps", {"household_id": one, "what": "meet", "due_on": TOMORROW})
    desk.post("/next-steps", {"household_id": two, "what": "decide", "due_on": late, "owner": worker})
    assert [(s["what"], s["overdue"]) for s in desk.items("/next-steps")] == [
        ("decide", True),
        ("meet", False),
    ]
    assert [s["household_id"] for s in desk.items("/next-steps", owner="anna")] == [two]
    assert [s["household_id"] for s in desk.items("/next-steps", owner="me")] == [one]
    assert [s["household_id"] for s in desk.items("/next-steps", until=str(AS_OF))] == [two]


def test_an_owner_who_may_not_see_the_case_is_refused(desk: Desk) -> None:
    stranger = desk.served.add(Role.CASEWORKER, CLOSED_UNIT)
    planner = desk.served.add(Role.PLANNER)
    body = {"household_id": desk.mine().household_id, "what": "meet", "due_on": TOMORROW}
    for owner, key in (
        (stranger, "owner_may_not_see"),
        (planner, "owner_may_not_see"),
        ("nobody", "unknown_owner"),
    ):
        answer = desk.post("/next-steps", body | {"owner": owner})
        assert (answer.status_code, answer.json()["type"]) == (422, f"/problems/{key}")


def test_others_steps_are_not_there(desk: Desk) -> None:
    closed = Desk(desk.served, desk.served.as_(Role.CASEWORKER, CLOSED_UNIT))
    who = desk.closed().household_id
    step = closed.post("/next-steps", {"household_id": who, "what": "meet", "due_on": TOMORROW}).json()
    assert desk.items("/next-steps") == []
    for answer in (
        desk.get(f"/next-steps/{step['step_id']}"),
        desk.patch(f"/next-steps/{step['step_id']}", {"done": True}, "*"),
        desk.get("/next-steps/none"),
        desk.post("/next-steps", {"household_id": who, "what": "meet", "due_on": TOMORROW}),
    ):
        assert answer.status_code == 404
