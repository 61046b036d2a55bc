"""Requests to providers: told only what they need, and a no that ties to the offer and needs its reason."""

from datetime import timedelta
from typing import Any

import pytest

from api.usecases.desk.telling import fields_for
from models.database import reading
from models.forms import forms
from models.households import Household
from models.store import read_dataset
from models.store.offers import decisions_on
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import CLOSED_UNIT, Desk
from tests.server.desk.test_pins import pairs

URL = "/placement-requests"


def offered(desk: Desk) -> dict[str, Any]:
    """An offer put to a household, of an empty place that suits it."""
    lives = [h.current_pool_id for h in desk.households()]
    capacity = {pool.pool_id: pool.capacity for pool in read_dataset(desk.served.engine).pools}
    for household, pool in pairs(desk.served):
        if lives.count(pool) >= capacity[pool]:
            continue
        body = {"household_id": household, "pool_id": pool, "departure": "urgent_need"}
        answer = desk.post("/offers", body)
        if answer.status_code == 201:
            return dict(answer.json()["offer"])
    raise AssertionError("nothing can be offered")


def send(desk: Desk, offer: dict[str, Any] | None = None, **more: object) -> dict[str, Any]:
    of = offer or offered(desk)
    body = {name: of[name] for name in ("household_id", "pool_id", "offer_id")} | more
    sent = desk.post(URL, body)
    assert sent.status_code == 201, sent.text
    return dict(sent.json())


def missing(desk: Desk) -> list[str]:
    return [d["subject"] for d in desk.items("/morning", what="reason_missing")]


def test_a_provider_is_told_a_reference_and_what_its_place_needs(desk: Desk) -> None:
    sent = send(desk, wished_from=str(AS_OF))
    request, told = sent["request"], sent["told"]
    view = desk.served.client.app.state.service.city()  # type: ignore[attr-defined]
    assert set(told) == set(fields_for(view.pools[request["pool_id"]]))
    assert told["wished_from"] == str(AS_OF)
    assert request["reference"] not in (request["household_id"], request["request_id"])
    members = view.members[request["household_id"]]
    assert told["persons"] == len(members)
    text = str(told)
    for secret in (
        request["household_id"],
        *(m.member_id for m in members),
        *(str(m.birth_date) for m in members),
    ):
        assert secret not in text
    shown = desk.get(f"{URL}/{request['request_id']}")
    assert shown.json()["told"] == told
    assert "request.send" in desk.acts()


def test_facts_that_a_place_does_not_need_are_not_told(desk: Desk) -> None:
    pools = read_dataset(desk.served.engine).pools
    for pool in pools:
        told = set(fields_for(pool))
        assert ("substance_use" in told) == (pool.drug_policy != "not_regulated")
        assert ("sexes" in told) == (pool.admits != "all")
        assert ("pet" in told) == (pool.pets != "yes")
        assert ("mobility" in told) == (pool.mobility != "wheelchair")
        assert ("oldest_is_at_most" in told) == (pool.max_age is not None)
    # What no provider ever learns stands in no request, whatever the place.
    ever = set().union(*(fields_for(pool) for pool in pools))
    private = set(Household.model_fields) - {
        "support_need",
        "substance_use",
        "mental_health",
        "mobility",
        "pet",
    }
    assert not ever & private


def test_a_yes_changes_nothing_else(desk: Desk) -> None:
    sent = send(desk)
    url = f"{URL}/{sent['request']['request_id']}"
    with_reason = desk.post(f"{url}/answer", {"answer": "yes", "reason": "pet"})
    assert with_reason.status_code == 422
    answered = desk.post(f"{url}/answer", {"answer": "yes"}).json()["request"]
    assert (answered["state"], answered["answer"]) == ("answered", "yes")
    assert desk.get(f"/offers/{answered['offer_id']}").json()["offer"]["state"] == "offered"
    assert desk.post(f"{url}/answer", {"answer": "no"}).status_code == 409
    assert desk.post(f"{url}/withdrawal").status_code == 409
    assert desk.post(f"{url}/reason", {"reason": "pet"}).status_code == 409


def test_a_no_declines_the_offer_and_pauses_the_pair_for_sixty_days(desk: Desk) -> None:
    sent = send(desk)["request"]
    url = f"{URL}/{sent['request_id']}"
    answered = desk.post(f"{url}/answer", {"answer": "no", "reason": "group_at_the_house"})
    assert answered.json()["request"]["reason"] == "group_at_the_house"
    assert desk.get(f"/offers/{sent['offer_id']}").json()["offer"]["state"] == "declined"
    pair = (sent["household_id"], sent["pool_id"])
    service = desk.served.client.app.state.service  # type: ignore[attr-defined]
    for days, open_again in ((0, False), (60, False), (61, True)):
        assert (pair in open_on(service, days)) == open_again, days
    desk.days_pass(10)
    assert missing(desk) == []


@pytest.mark.parametrize("by_offer", [True, False])
def test_a_no_without_a_reason_is_put_before_the_coordinator_after_two_days(
    desk: Desk, by_offer: bool
) -> None:
    sent = send(desk)["request"]
    url = f"{URL}/{sent['request_id']}"
    no = desk.post(f"{url}/answer", {"answer": "no"}).json()["request"]
    assert no["reason_due_on"] == str(AS_OF + timedelta(days=2))
    desk.days_pass(2)
    assert missing(desk) == []
    desk.days_pass(1)
    assert missing(desk) == [sent["offer_id"]]
    where = f"/offers/{sent['offer_id']}/reason" if by_offer else f"{url}/reason"
    assert desk.post(where, {"reason": "support_too_small"}).status_code == 200
    assert missing(desk) == []
    assert desk.get(url).json()["request"]["reason"] == "support_too_small"
    with reading(desk.served.engine) as connection:
        last = decisions_on(connection, sent["offer_id"])[-1]
    assert (last.reason, last.reason_due_on) == ("support_too_small", None)
    (kept,) = [
        d
        for d in read_dataset(desk.served.engine).declines
        if d.household_id == sent["household_id"] and d.pool_id == sent["pool_id"]
    ]
    assert (kept.declined_on, kept.reason) == (AS_OF, "support_too_small")
    assert desk.post(where, {"reason": "pet"}).status_code == 409


def test_a_request_without_an_offer_pauses_the_pair_too(desk: Desk) -> None:
    household, pool = pairs(desk.served)[0]
    body = {"household_id": household, "pool_id": pool}
    sent = desk.post(URL, body).json()["request"]
    assert desk.post(URL, body).status_code == 409
    url = f"{URL}/{sent['request_id']}"
    desk.post(f"{url}/answer", {"answer": "no"})
    assert (household, pool) not in pairs(desk.served)
    desk.days_pass(3)
    assert missing(desk) == [sent["request_id"]]
    desk.post(f"{url}/reason", {"reason": "place_not_ready"})
    assert missing(desk) == []


def test_a_request_taken_back_can_be_sent_anew(desk: Desk) -> None:
    sent = send(desk)["request"]
    back = desk.post(f"{URL}/{sent['request_id']}/withdrawal")
    assert back.json()["request"]["state"] == "withdrawn"
    again = send(desk, sent)["request"]
    assert again["reference"] != sent["reference"]
    states = {r["request"]["request_id"]: r["request"]["state"] for r in desk.items(URL)}
    assert states == {sent["request_id"]: "withdrawn", again["request_id"]: "sent"}
    assert len(desk.items(URL, state="sent")) == 1


def test_others_requests_and_offers_are_not_there(desk: Desk) -> None:
    sent = send(desk)["request"]
    view = desk.served.client.app.state.service.city()  # type: ignore[attr-defined]
    closed = next(h for h in view.dataset.households if h.responsible_unit == CLOSED_UNIT).household_id
    assert desk.post(URL, {"household_id": closed, "pool_id": sent["pool_id"]}).status_code == 404
    mine = desk.mine(lambda h: h.household_id != sent["household_id"]).household_id
    stolen = {"household_id": mine, "pool_id": sent["pool_id"], "offer_id": sent["offer_id"]}
    assert desk.post(URL, stolen).status_code == 404
    desk.alter(sent["household_id"], sharing_basis=None, sharing_basis_on=None)
    url = f"{URL}/{sent['request_id']}"
    assert desk.items(URL) == []
    for answer in (
        desk.get(url),
        desk.post(f"{url}/answer", {"answer": "yes"}),
        desk.post(f"{url}/withdrawal"),
        desk.post(f"/offers/{sent['offer_id']}/reason", {"reason": "pet"}),
        desk.post(f"/offers/{sent['offer_id']}/contact", {}),
    ):
        assert answer.status_code == 404


def test_a_refusal_keeps_the_offer_open_with_the_next_contact(desk: Desk) -> None:
    offer = offered(desk)
    url = f"/offers/{offer['offer_id']}"
    assert desk.post(f"{url}/contact", {}).status_code == 409
    no = {"declined_by": "household", "reason": "location", "next_contact_by": "anna"}
    later = AS_OF + timedelta(days=5)
    assert desk.post(f"{url}/decline", no | {"next_contact_on": str(later)}).status_code == 200
    told = [d for d in desk.items("/morning", what="contact_due") if d["subject"] == offer["offer_id"]]
    assert [(d["day"], d["owner"]) for d in told] == [(str(later), "anna")]
    again = {"next_contact_on": str(later + timedelta(days=30)), "next_contact_by": "berit"}
    assert desk.post(f"{url}/contact", again).json()["next_contact_by"] == "berit"
    assert [d["owner"] for d in desk.items("/morning", what="contact_due")] == ["berit"]
    desk.post(f"{url}/contact", {})
    assert desk.items("/morning", what="contact_due") == []
    assert "offer.contact" in desk.acts()


def test_the_household_says_otherwise_before_its_fourteen_days_are_over(desk: Desk) -> None:
    offer = offered(desk)
    view = desk.served.client.app.state.service.city()  # type: ignore[attr-defined]
    level = forms()[view.pools[offer["pool_id"]].form].level
    pair, url = (offer["household_id"], offer["pool_id"]), f"/offers/{offer['offer_id']}"
    assert desk.post(f"{url}/reconsideration").status_code == 409
    desk.post(f"{url}/decline", {"declined_by": "household", "reason": "location"})
    service = desk.served.client.app.state.service  # type: ignore[attr-defined]
    for days, open_again in ((0, level == 0), (14, level == 0), (15, True)):
        assert (pair in open_on(service, days)) == open_again, days
    assert desk.post(f"{url}/reconsideration").status_code == 200
    assert pair in open_on(service, 0)
    with reading(desk.served.engine) as connection:
        assert decisions_on(connection, offer["offer_id"])[-1].declined_by == "household"
    assert "offer.reconsider" in desk.acts()


def test_a_providers_no_is_not_the_households_to_take_back(desk: Desk) -> None:
    offer = offered(desk)
    url = f"/offers/{offer['offer_id']}"
    desk.post(f"{url}/decline", {"declined_by": "provider", "reason": "place_not_ready"})
    answer = desk.post(f"{url}/reconsideration")
    assert answer.json()["type"] == "/problems/not_the_households_no"
    assert desk.post("/offers/none/reconsideration").status_code == 404


def open_on(service: Any, days: int) -> set[tuple[str, str]]:
    """Pairs that are open to a plan some days from now."""
    view = service.views.on(AS_OF + timedelta(days=days))
    h, p = view.compatible.eligible
    names = view.assessment.instance
    return {(names.household_ids[i], names.pool_ids[j]) for i, j in zip(h.tolist(), p.tolist(), strict=True)}


def test_the_day_of_answer_stays_on_the_list_when_it_has_passed(desk: Desk) -> None:
    household, pool = pairs(desk.served)[0]
    body = {"household_id": household, "pool_id": pool, "departure": "safety", "answer_by": str(AS_OF)}
    offer = desk.post("/offers", body).json()["offer"]["offer_id"]
    for _ in range(2):
        assert [(d["subject"], d["horizon"]) for d in desk.items("/morning", what="answer_due")] == [
            (offer, 0)
        ]
        desk.days_pass(20)
