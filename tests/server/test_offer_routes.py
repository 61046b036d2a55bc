"""Offers over the web: whose they are, doing things once, and being told what somebody else did."""

from datetime import UTC, datetime

import pytest

from api.access.actor import Actor
from api.usecases.matching import run_match
from api.usecases.offers.publishing import draft, publish
from api.usecases.work import working_for
from models.access import Role
from models.codes import SharingBasis
from models.database import writing
from models.store import read_dataset
from models.store.audit import entries, flaws
from models.store.homes import change_household
from tests.server.conftest import AS_OF, Served

URL = "/api/v1/offers"
SYSTEM = Actor("system", Role.COORDINATOR, None, "-")
YES = {"assessment": "Passar bra.", "child_best_interests": "Skolan.", "child_view": "Vill."}


@pytest.fixture
def desk(served: Served) -> dict[str, str]:
    """A published plan, every case shared, and a coordinator's headers."""
    with writing(served.engine) as connection:
        for household in read_dataset(served.engine).households:
            change_household(
                connection,
                household,
                AS_OF,
                "test",
                sharing_basis=SharingBasis.CONSENT,
                sharing_basis_on=AS_OF,
            )
    run_id = run_match(served.engine, AS_OF, "none", None, datetime.now(UTC)).answer["run"]["id"]
    with working_for(served.engine, SYSTEM, served.clock()) as work:
        draft(work, run_id)
        publish(work, run_id)
    return served.as_(Role.COORDINATOR)


def first(served: Served, desk: dict[str, str], state: str = "proposed") -> str:
    return str(served.client.get(URL, params={"state": state}, headers=desk).json()["items"][0]["offer_id"])


def step(served: Served, desk: dict[str, str], offer: str, what: str, body: object, **headers: str):  # type: ignore[no-untyped-def]
    return served.client.post(f"{URL}/{offer}/{what}", json=body, headers=desk | headers)


def test_from_proposal_to_moving_in(served: Served, desk: dict[str, str]) -> None:
    offer = first(served, desk)
    assert step(served, desk, offer, "offering", {}).json()["offer"]["state"] == "offered"
    accepted = step(served, desk, offer, "acceptance", YES)
    assert accepted.json()["offer"]["state"] == "accepted", accepted.text
    frozen = served.client.get(f"{URL}/{offer}/explanation", headers=desk).json()
    assert frozen["eligible"] == "yes"
    assert frozen["verdicts"]
    moved = step(served, desk, offer, "moving-in", {"on": str(AS_OF)})
    assert moved.json()["offer"]["state"] == "moved_in"
    ended = {"on": str(AS_OF), "situation": "friends_temporary", "reason": "åter i hemlöshet"}
    assert step(served, desk, offer, "end", ended).json()["offer"]["state"] == "ended"
    acts = [entry.action for entry in entries(served.engine) if entry.subject_id == offer]
    wanted = ["offer.offered", "offer.accepted", "case.read", "offer.moved_in", "offer.ended"]
    assert acts == wanted
    assert flaws(served.engine) == []


def test_a_step_out_of_turn_is_told_kindly(served: Served, desk: dict[str, str]) -> None:
    answer = step(served, desk, first(served, desk), "acceptance", YES)
    assert answer.status_code == 409
    assert answer.json()["changed"] == {"state": "proposed"}


def test_the_same_key_does_it_once(served: Served, desk: dict[str, str]) -> None:
    offer = first(served, desk)
    key = {"Idempotency-Key": "morgon-1"}
    one = step(served, desk, offer, "offering", {}, **key)
    two = step(served, desk, offer, "offering", {}, **key)
    assert (one.status_code, two.status_code) == (200, 200)
    assert one.json() == two.json()
    assert two.headers["Idempotency-Replayed"] == "true"
    other = step(served, desk, offer, "acceptance", YES, **key)
    assert other.status_code == 422


def test_an_old_version_is_refused_with_the_new_one(served: Served, desk: dict[str, str]) -> None:
    offer = first(served, desk)
    seen = served.client.get(f"{URL}/{offer}", headers=desk).headers["etag"]
    assert step(served, desk, offer, "offering", {}, **{"If-Match": seen}).status_code == 200
    late = step(served, desk, offer, "withdrawal", {}, **{"If-Match": seen})
    assert late.status_code == 409
    assert late.json()["changed"]["offer"]["state"] == "offered"


def test_no_answer_is_wanted_by_a_day_that_has_been(served: Served, desk: dict[str, str]) -> None:
    offer = first(served, desk)
    late = step(served, desk, offer, "offering", {"answer_by": "2026-01-14"})
    assert late.status_code == 422
    assert late.json()["type"] == "/problems/answer_by_past"
    assert step(served, desk, offer, "offering", {"answer_by": "2026-01-15"}).status_code == 200


def test_another_units_offer_is_not_there(served: Served, desk: dict[str, str]) -> None:
    offer = first(served, desk)
    stranger = served.as_(Role.CASEWORKER, "En annan enhet")
    for answer in (
        served.client.get(f"{URL}/{offer}", headers=stranger),
        step(served, stranger, offer, "acceptance", YES),
    ):
        assert answer.status_code == 404
    assert served.client.get(URL, headers=stranger).json()["items"] == []


def test_an_own_choice_needs_a_reason(served: Served, desk: dict[str, str]) -> None:
    view = served.client.app.state.service.city()
    h, p = (int(part[0]) for part in view.compatible.eligible)
    instance = view.assessment.instance
    pair = {"household_id": instance.household_ids[h], "pool_id": instance.pool_ids[p]}
    assert served.client.post(URL, json=pair, headers=desk).status_code == 422
    own = served.client.post(URL, json={**pair, "departure": "urgent_need"}, headers=desk)
    assert own.status_code in (201, 409), own.text


def test_nobody_accepts_in_bulk(served: Served, desk: dict[str, str]) -> None:
    offer = first(served, desk)
    assert served.client.post(f"{URL}/{offer}/acceptance", json=[YES, YES], headers=desk).status_code == 422
