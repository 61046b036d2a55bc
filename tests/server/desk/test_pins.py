"""Pins and blocks: heeded by every plan, replayed as they were, refused when no plan could keep them."""

from datetime import timedelta
from typing import Any

import pytest

from api.usecases.matching import run_match
from api.usecases.replaying import replay
from models.access import Role
from models.store import load_run
from optimiser.limits.conflict import LimitsConflict
from tests.server.conftest import AS_OF, Served
from tests.server.desk.conftest import CLOSED_UNIT, Desk

LATER = str(AS_OF + timedelta(days=30))


def pairs(served: Served, seen: bool = True) -> list[tuple[str, str]]:
    """Eligible pairs of candidates without a pool, of households that are shared or not."""
    view = served.client.app.state.service.city()  # type: ignore[attr-defined]
    instance, found = view.assessment.instance, []
    for h, p in zip(*(part.tolist() for part in view.compatible.eligible), strict=True):
        household = view.households[instance.household_ids[h]]
        shared = household.responsible_unit != CLOSED_UNIT
        if view.priority.candidate[h] and household.current_pool_id is None and shared == seen:
            found.append((household.household_id, instance.pool_ids[p]))
    return found


def body(pair: tuple[str, str], kind: str = "pin", **more: object) -> dict[str, Any]:
    wanted = {"household_id": pair[0], "pool_id": pair[1], "kind": kind, "reason": "safety"}
    return {**wanted, "expires_on": LATER, **more}


def proposed(served: Served) -> dict[str, str]:
    found = run_match(served.engine, AS_OF, 4, None, served.clock())
    return {p["household"]: p["pool"] for p in found.answer["proposals"]}


def holdable(desk: Desk) -> tuple[str, str]:
    """A pair that the usual plan does not propose, and that can be pinned."""
    plan = proposed(desk.served)
    for pair in pairs(desk.served):
        if plan.get(pair[0]) != pair[1] and desk.post("/pins", body(pair)).status_code == 201:
            return pair
    raise AssertionError("no pair can be pinned")


def two_of_one_household(desk: Desk) -> tuple[tuple[str, str], tuple[str, str]]:
    """Two pairs of a household, each of which can be pinned alone."""
    alone: dict[str, tuple[str, str]] = {}
    for pair in pairs(desk.served):
        made = desk.post("/pins", body(pair))
        if made.status_code == 201:
            assert desk.delete(f"/pins/{made.json()['pin_id']}?reason=other").status_code == 204
            if pair[0] in alone:
                return alone[pair[0]], pair
            alone[pair[0]] = pair
    raise AssertionError("no household has two such pairs")


def test_a_pin_is_heeded_by_every_plan_and_replayed(desk: Desk) -> None:
    pair = holdable(desk)
    found = run_match(desk.served.engine, AS_OF, 4, None, desk.served.clock())
    assert (pair[0], pair[1]) in {(p["household"], p["pool"]) for p in found.answer["proposals"]}
    (pin,) = desk.items("/pins")
    assert (pin["household_id"], pin["pool_id"], pin["reason"]) == (*pair, "safety")
    assert desk.delete(f"/pins/{pin['pin_id']}?reason=other").status_code == 204
    assert desk.items("/pins") == []
    assert desk.delete(f"/pins/{pin['pin_id']}?reason=other").status_code == 404
    run_id = found.answer["run"]["id"]
    stored = load_run(desk.served.engine, run_id)
    assert stored is not None
    assert stored[0].options["limits"]["pins"] == [{"household": pair[0], "pool": pair[1]}]
    assert replay(desk.served.engine, run_id).same
    assert {"pin.pin", "pin.lift", "case.list"} <= set(desk.acts())


def test_a_block_keeps_a_pair_apart(desk: Desk) -> None:
    shared = set(pairs(desk.served))
    pair = next(pair for pair in proposed(desk.served).items() if pair in shared)
    assert desk.post("/pins", body(pair, "block", note="Hot i huset.")).status_code == 201
    assert proposed(desk.served).get(pair[0]) != pair[1]


def test_a_pin_holds_to_its_last_day(desk: Desk) -> None:
    pair = holdable(desk)
    engine, clock = desk.served.engine, desk.served.clock()
    for days, held in ((30, True), (31, False)):
        found = run_match(engine, AS_OF + timedelta(days=days), 4, None, clock)
        assert (pair in found.match.limits.pins) == held


def test_pins_that_no_plan_keeps_are_told(desk: Desk) -> None:
    pair, other = two_of_one_household(desk)
    assert desk.post("/pins", body(pair)).status_code == 201
    refused = desk.post("/pins", body(other))
    assert refused.status_code == 409
    told = refused.json()["changed"]
    assert {(t["household_id"], t["pool_id"]) for t in told["together"]} == {pair, other}
    assert told["of_others"] == 0
    assert len(desk.items("/pins")) == 1
    against = desk.post("/pins", body(pair, "block"))
    assert [t["kind"] for t in against.json()["changed"]["together"]] == ["blocks", "pins"]


def test_a_conflict_with_anothers_pin_names_nobody(desk: Desk) -> None:
    mine = next(pair for pair in pairs(desk.served) if can_be_pinned(desk, pair))
    theirs = sorted(pairs(desk.served, seen=False))
    # The same household cannot have two places: one of these two stands in the other's way.
    household = theirs[0][0]
    pools = [pool for other, pool in theirs if other == household]
    for pool in (pools[0], next(p for p in ("P000", "P001") if p != pools[0])):
        desk.put_in(
            "pin",
            pin_id=f"theirs-{pool}",
            household_id=household,
            pool_id=pool,
            kind="pin",
            reason="safety",
            made_by="somebody",
            made_at=desk.served.clock(),
            expires_on=AS_OF,
        )
    answer = desk.post("/pins", body(mine))
    assert answer.status_code == 409
    told = answer.json()["changed"]
    assert told["of_others"] >= 1
    assert told["together"] == []
    assert household not in answer.text
    assert not any(pool in answer.text for _, pool in theirs)
    assert desk.items("/pins") == []


def can_be_pinned(desk: Desk, pair: tuple[str, str]) -> bool:
    made = desk.post("/pins", body(pair))
    return (
        made.status_code == 201
        and desk.delete(f"/pins/{made.json()['pin_id']}?reason=other").status_code == 204
    )


def test_a_pin_out_of_what_can_be_is_refused(desk: Desk) -> None:
    pair = pairs(desk.served)[0]
    closed = pairs(desk.served, seen=False)[0]
    assert desk.post("/pins", body(closed)).status_code == 404
    assert desk.post("/pins", body((pair[0], "nowhere"))).status_code == 404
    assert desk.post("/pins", body(pair, expires_on=str(AS_OF - timedelta(days=1)))).status_code == 422
    assert desk.post("/pins", body(pair, reason="whim")).status_code == 422
    resident = desk.mine(lambda h: h.current_pool_id is not None)
    lives = desk.post("/pins", body((resident.household_id, str(resident.current_pool_id))))
    assert lives.json()["type"] == "/problems/lives_there"
    assert desk.get("/pins").json()["total"] == 0


def test_only_a_coordinator_pins_and_only_for_cases_of_theirs(desk: Desk) -> None:
    pair = holdable(desk)
    (pin,) = desk.items("/pins")
    other = Desk(desk.served, desk.served.as_(Role.COORDINATOR, CLOSED_UNIT))
    desk.alter(pair[0], sharing_basis=None, sharing_basis_on=None)
    assert other.items("/pins") == []
    assert other.delete(f"/pins/{pin['pin_id']}?reason=other").status_code == 404
    worker = Desk(desk.served, desk.served.as_(Role.CASEWORKER, CLOSED_UNIT))
    assert worker.get("/pins").status_code == 403


def test_a_pin_carried_out_asks_for_nothing_more(desk: Desk) -> None:
    pair = holdable(desk)
    desk.alter(pair[0], current_pool_id=pair[1], moved_in_on=AS_OF)
    run_match(desk.served.engine, AS_OF, 4, None, desk.served.clock())


def test_a_pin_that_the_city_no_longer_allows_is_named_by_the_run(desk: Desk) -> None:
    pair = holdable(desk)
    desk.alter(pair[0], declined_forms=tuple({p.form for p in read_pools(desk)}))
    with pytest.raises(LimitsConflict) as told:
        run_match(desk.served.engine, AS_OF, 4, None, desk.served.clock())
    assert [name.subject for name in told.value.names] == [pair]


def read_pools(desk: Desk) -> list[Any]:
    from models.store import read_dataset

    return list(read_dataset(desk.served.engine).pools)


def test_the_same_key_pins_once(desk: Desk) -> None:
    pair = holdable(desk)
    (pin,) = desk.items("/pins")
    desk.delete(f"/pins/{pin['pin_id']}?reason=other")
    key = {"Idempotency-Key": "pin-1"}
    one, two = (desk.post("/pins", body(pair), **key) for _ in range(2))
    assert one.json() == two.json()
    assert desk.post("/pins", body(pair)).status_code == 409
