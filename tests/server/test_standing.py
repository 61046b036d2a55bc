"""What stands between an offer and a household now: others in the house, new facts, blocks, quotas, a no."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from models.access import Role
from models.codes import SharingBasis
from models.database import writing
from models.offers import EndReason
from models.store import read_dataset
from models.store.homes import change_household
from models.store.revision import touch
from models.tables import ConflictRecord, QuotaRecord
from scenarios.calibration.end_reasons import UNKNOWN, kind_of_end
from tests.server.conftest import AS_OF, Served, share_with_the_city

API = "/api/v1"
YES = {"assessment": "Passar bra.", "child_best_interests": "Skolan.", "child_view": "Vill."}
Pair = tuple[str, str]


class Sender:
    """A coordinator, and the households that may have a place that stands empty."""

    def __init__(self, served: Served) -> None:
        self.served = served
        share_with_the_city(served.engine)
        self.headers = served.as_(Role.COORDINATOR)

    def post(self, path: str, body: object = None):  # type: ignore[no-untyped-def]
        return self.served.client.post(API + path, json=body or {}, headers=self.headers)

    def own(self, pair: Pair, **more: object):  # type: ignore[no-untyped-def]
        body = {"household_id": pair[0], "pool_id": pair[1], "departure": "safety", **more}
        return self.post("/offers", body)

    def offered(self, pair: Pair) -> str:
        answer = self.own(pair)
        assert answer.status_code == 201, answer.text
        return f"/offers/{answer.json()['offer']['offer_id']}"

    def view(self):  # type: ignore[no-untyped-def]
        return self.served.client.app.state.service.city()  # type: ignore[attr-defined]

    def pairs(self, unknown: bool = False) -> list[Pair]:
        """Pairs that suit, or wait for a fact: of people without a home, into pools with an empty place."""
        view = self.view()
        living = [h.current_pool_id for h in view.households.values()]
        found = view.compatible.unknown if unknown else view.compatible.eligible
        instance = view.assessment.instance
        named = [(instance.household_ids[h], instance.pool_ids[p]) for h, p in zip(*found, strict=True)]
        return [
            (h, p)
            for h, p in named
            if view.households[h].current_pool_id is None and living.count(p) < view.pools[p].capacity
        ]


@pytest.fixture
def sender(served: Served) -> Sender:
    return Sender(served)


def never_together(sender: Sender, one: str, other: str) -> None:
    first, second = sorted((one, other))
    with writing(sender.served.engine) as connection:
        connection.execute(
            insert(ConflictRecord.__table__).values(household_id_a=first, household_id_b=second)  # type: ignore[attr-defined]
        )
        touch(connection)


def with_residents(sender: Sender) -> tuple[Pair, str]:
    """A pair, and somebody who lives in the pool."""
    home = {h.current_pool_id: h.household_id for h in read_dataset(sender.served.engine).households}
    pair = next(pair for pair in sender.pairs() if pair[1] in home)
    return pair, home[pair[1]]


def test_nobody_is_offered_a_house_with_one_it_must_never_meet(sender: Sender) -> None:
    pair, resident = with_residents(sender)
    never_together(sender, pair[0], resident)
    refused = sender.own(pair)
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("place_gone")
    assert resident not in refused.text


def test_a_yes_and_a_moving_in_are_refused_once_they_would_meet(sender: Sender) -> None:
    pair, resident = with_residents(sender)
    offer = sender.offered(pair)
    never_together(sender, pair[0], resident)
    assert sender.post(f"{offer}/acceptance", YES).json()["type"].endswith("place_gone")


def test_a_moving_in_is_refused_when_they_would_meet(sender: Sender) -> None:
    pair, resident = with_residents(sender)
    offer = sender.offered(pair)
    assert sender.post(f"{offer}/acceptance", YES).status_code == 200
    never_together(sender, pair[0], resident)
    refused = sender.post(f"{offer}/moving-in", {"on": str(AS_OF)})
    assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (409, "place_gone")


def test_a_place_that_is_held_counts_as_lived_in(sender: Sender) -> None:
    found = sender.pairs()
    first, second = next((a, b) for a in found for b in found if a[1] == b[1] and a[0] < b[0])
    offers = sender.offered(first), sender.offered(second)
    never_together(sender, first[0], second[0])
    assert sender.post(f"{offers[0]}/acceptance", YES).status_code == 200
    assert sender.post(f"{offers[1]}/acceptance", YES).json()["type"].endswith("place_gone")


def test_a_yes_is_judged_by_what_is_known_then(sender: Sender) -> None:
    pair = sender.pairs()[0]
    offer = sender.offered(pair)
    view = sender.view()
    household, pool = view.households[pair[0]], view.pools[pair[1]]
    with writing(sender.served.engine) as connection:
        change_household(
            connection,
            household,
            AS_OF,
            "test",
            avoid_districts=(pool.district,),
            sharing_basis=SharingBasis.CONSENT,
        )
        touch(connection)
    refused = sender.post(f"{offer}/acceptance", YES)
    assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (409, "no_longer_suits")
    assert refused.json()["changed"]["rules"]


def test_a_blocked_pair_is_neither_offered_nor_accepted(sender: Sender) -> None:
    pair, other = sender.pairs()[:2]
    offer = sender.offered(pair)
    for blocked in (pair, other):
        block = {"kind": "block", "reason": "safety", "expires_on": str(AS_OF + timedelta(days=9))}
        made = sender.post("/pins", {"household_id": blocked[0], "pool_id": blocked[1], **block})
        assert made.status_code == 201
    for answer in (sender.post(f"{offer}/acceptance", YES), sender.own(other)):
        assert (answer.status_code, answer.json()["type"].rsplit("/")[-1]) == (409, "pair_not_open")


def test_promises_use_up_a_quota(sender: Sender) -> None:
    found, view = sender.pairs(), sender.view()
    first, second = next((a, b) for a in found for b in found if a[0] < b[0] and a[1] == b[1])
    form = view.pools[first[1]].form
    with writing(sender.served.engine) as connection:
        table = QuotaRecord.__table__  # type: ignore[attr-defined]
        row = {"form": (form,), "forms_key": form, "places": 1, "used": 0}
        connection.execute(table.delete())
        connection.execute(insert(table).values(year=AS_OF.year, unit_key="", responsible_unit=None, **row))
        touch(connection)
    offers = sender.offered(first), sender.offered(second)
    assert sender.post(f"{offers[0]}/acceptance", YES).status_code == 200
    refused = sender.post(f"{offers[1]}/acceptance", YES)
    assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (409, "quota_full")
    with writing(sender.served.engine) as connection:
        connection.execute(update(table).values(used=1))
        touch(connection)
    refused = sender.post(f"{offers[0]}/moving-in", {"on": str(AS_OF)})
    assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (409, "quota_full")


def test_a_providers_no_is_a_no_to_every_offer_of_the_pair(sender: Sender) -> None:
    pair = sender.pairs()[0]
    offer = sender.offered(pair)
    asked = sender.post("/placement-requests", {"household_id": pair[0], "pool_id": pair[1]}).json()
    sender.post(f"/placement-requests/{asked['request']['request_id']}/answer", {"answer": "no"})
    assert sender.post(f"{offer}/acceptance", YES).json()["changed"] == {"state": "declined"}


def test_a_place_that_is_promised_stands_and_it_is_said(sender: Sender) -> None:
    pair = sender.pairs()[0]
    offer = sender.offered(pair)
    assert sender.post(f"{offer}/acceptance", YES).status_code == 200
    asked = sender.post("/placement-requests", {"household_id": pair[0], "pool_id": pair[1]}).json()
    said = sender.post(f"/placement-requests/{asked['request']['request_id']}/answer", {"answer": "no"})
    assert said.json()["accepted_offer"] == offer.removeprefix("/offers/")


def test_a_choice_goes_past_the_unknown_only_by_its_name(sender: Sender) -> None:
    pair = sender.pairs(unknown=True)[0]
    refused = sender.own(pair)
    assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (422, "needs_facts_first")
    needs = refused.json()["changed"]["needs"]
    assert needs
    assert sender.own(pair, unknown_accepted=needs[1:]).status_code == 422
    assert sender.own(pair, unknown_accepted=needs).status_code == 201


def test_taking_back_what_a_household_was_told_needs_a_reason(sender: Sender) -> None:
    offer = sender.offered(sender.pairs()[0])
    refused = sender.post(f"{offer}/withdrawal", {"note": "Ångrat."})
    assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (422, "withdrawal_needs_reason")
    assert sender.post(f"{offer}/withdrawal", {"reason": "safety"}).status_code == 200


def test_days_and_reasons_of_a_stay(sender: Sender) -> None:
    offer = sender.offered(sender.pairs()[0])
    assert sender.post(f"{offer}/acceptance", YES).status_code == 200
    late, early = str(AS_OF + timedelta(days=1)), str(AS_OF - timedelta(days=1))
    for day, key in ((late, "day_ahead"), (early, "moves_before_yes")):
        refused = sender.post(f"{offer}/moving-in", {"on": day})
        assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (422, key)
    assert sender.post(f"{offer}/moving-in", {"on": str(AS_OF)}).status_code == 200
    end = {"on": str(AS_OF), "situation": "rough_sleeping", "reason": "vräkt"}
    for day, key in ((late, "day_ahead"), (early, "day_before_stay")):
        refused = sender.post(f"{offer}/end", {**end, "on": day})
        assert (refused.status_code, refused.json()["type"].rsplit("/")[-1]) == (422, key)
    assert sender.post(f"{offer}/end", {**end, "reason": "Anna åkte hem"}).status_code == 422
    assert sender.post(f"{offer}/end", end).status_code == 200


def test_every_reason_for_an_end_is_known_to_the_calibration() -> None:
    assert UNKNOWN not in {kind_of_end(reason) for reason in EndReason}
