"""The waitlist: in the policy's order, parked ones with their place kept, stale cases and likenesses."""

from datetime import timedelta
from typing import Any

from api.usecases.desk.duplicates import similar
from api.usecases.matching import run_match
from models.codes import Situation
from models.database import reading
from models.store.audit import entries, entries_about
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import CLOSED_UNIT, Desk


def waiting(desk: Desk) -> dict[str, Any]:
    """Somebody who waits without a pool, and whom a plan proposes a place."""
    found = run_match(desk.served.engine, AS_OF, 4, None, desk.served.clock())
    proposed = {p["household"] for p in found.answer["proposals"]}
    return next(line for line in desk.items("/waitlist") if line["household_id"] in proposed)


def test_the_order_is_the_policys_and_everybody_stands_once(desk: Desk) -> None:
    view = desk.served.client.app.state.service.city()  # type: ignore[attr-defined]
    lines = desk.items("/waitlist")
    keys = [(line["tier"], -line["points"], -(line["waited_days"] or 0)) for line in lines]
    assert keys == sorted(keys)
    candidates = {
        h.household_id
        for h in desk.households()
        if view.priority.candidate[view.row_of[h.household_id]] and h.responsible_unit != CLOSED_UNIT
    }
    assert {line["household_id"] for line in lines} == candidates
    assert len(lines) == len(candidates)


def test_pages_leave_nobody_out(desk: Desk) -> None:
    whole, cursor, seen = [line["household_id"] for line in desk.items("/waitlist")], None, []
    while True:
        page = desk.get("/waitlist", limit=7, **({"cursor": cursor} if cursor else {})).json()
        seen += [line["household_id"] for line in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == whole


def test_filters(desk: Desk) -> None:
    everybody = desk.items("/waitlist")
    unit = everybody[0]["responsible_unit"]
    assert {line["responsible_unit"] for line in desk.items("/waitlist", unit=unit)} == {unit}
    assert {line["tier"] for line in desk.items("/waitlist", tier=2)} == {2}
    view = desk.served.client.app.state.service.city()  # type: ignore[attr-defined]
    h, p = view.compatible.eligible
    instance = view.assessment.instance
    open_to = {
        instance.household_ids[i]
        for i, j in zip(h.tolist(), p.tolist(), strict=True)
        if view.pools[instance.pool_ids[j]].form == "stodboende"
    }
    found = {line["household_id"] for line in desk.items("/waitlist", form="stodboende")}
    assert found == open_to & {line["household_id"] for line in everybody}
    assert found
    assert desk.get("/waitlist", form="villa").status_code == 422
    assert desk.items("/waitlist", parked=True) == []


def test_a_reading_is_recorded_once_with_its_filter(desk: Desk) -> None:
    shown = desk.items("/waitlist", tier=2)
    (read,) = [e for e in entries(desk.served.engine, most=1000) if e.action == "case.list"]
    assert read.subject_kind == "waitlist"
    assert read.detail["wanted"] == {"tier": "2"}
    assert read.detail["households"] == sorted(line["household_id"] for line in shown)
    with reading(desk.served.engine) as connection:
        assert read in entries_about(connection, shown[0]["household_id"])
        assert read not in entries_about(connection, "somebody else")


def test_parked_means_not_proposed_until_the_day_and_no_place_lost(desk: Desk) -> None:
    line = waiting(desk)
    who, until = line["household_id"], AS_OF + timedelta(days=20)
    body = {"until": str(until), "reason": "in_treatment", "note": "Tolv veckor."}
    parked = desk.post(f"/households/{who}/parking", body)
    assert parked.status_code == 201, parked.text
    assert desk.post(f"/households/{who}/parking", body).status_code == 409
    (again,) = [one for one in desk.items("/waitlist", parked=True) if one["household_id"] == who]
    assert (again["tier"], again["points"]) == (line["tier"], line["points"])
    assert again["parked_until"] == str(until)
    for day, in_run in ((AS_OF, False), (until - timedelta(days=1), False), (until, True)):
        found = run_match(desk.served.engine, day, 4, None, desk.served.clock())
        named = {p["household"] for p in found.answer["proposals"]}
        named |= {u["household"] for u in found.answer["unmatched"]}
        assert (who in named) == in_run, day
    assert desk.delete(f"/households/{who}/parking").status_code == 204
    assert desk.delete(f"/households/{who}/parking").status_code == 404
    found = run_match(desk.served.engine, AS_OF, 4, None, desk.served.clock())
    assert who in {p["household"] for p in found.answer["proposals"]}
    assert {"household.park", "household.unpark"} <= set(desk.acts())


def test_parking_is_refused_for_a_day_that_has_come_and_for_others_cases(desk: Desk) -> None:
    who, closed = desk.mine().household_id, desk.closed().household_id
    later = str(AS_OF + timedelta(days=9))
    today = {"until": str(AS_OF), "reason": "away"}
    assert desk.post(f"/households/{who}/parking", today).status_code == 422
    for household in (closed, "nobody"):
        answer = desk.post(f"/households/{household}/parking", {"until": later, "reason": "away"})
        assert answer.json()["type"] == "/problems/unknown_household"
        assert desk.delete(f"/households/{household}/parking").status_code == 404


def test_stale_cases_are_told_until_they_are_confirmed(desk: Desk) -> None:
    desk.days_pass(31)
    stale = desk.items("/waitlist/stale", days=30)
    assert len(stale) == len(desk.items("/waitlist"))
    assert all(case["oldest_on"] == str(AS_OF) for case in stale)
    who = stale[0]["household_id"]
    household = desk.mine(lambda h: h.household_id == who)
    assert "situation" in stale[0]["facts"]
    assert all(getattr(household, fact) not in (None, "unknown") for fact in stale[0]["facts"])
    confirmed = desk.post(f"/households/{who}/confirmation")
    assert confirmed.json()["confirmed_on"] == str(AS_OF + timedelta(days=31))
    left = {case["household_id"] for case in desk.items("/waitlist/stale", days=30)}
    assert who not in left
    assert len(left) == len(stale) - 1
    desk.days_pass(31)
    (again,) = [c for c in desk.items("/waitlist/stale", days=30) if c["household_id"] == who]
    assert again["confirmed_on"] == str(AS_OF + timedelta(days=31))


def test_the_day_on_which_a_case_becomes_stale(desk: Desk) -> None:
    desk.days_pass(30)
    assert desk.items("/waitlist/stale", days=30) == []
    desk.days_pass(1)
    assert desk.items("/waitlist/stale", days=30)


def test_nobody_confirms_anothers_case(desk: Desk) -> None:
    assert desk.post(f"/households/{desk.closed().household_id}/confirmation").status_code == 404
    assert desk.post("/households/nobody/confirmation").status_code == 404


def twins(desk: Desk, **facts: object) -> tuple[str, str]:
    """Two single households made alike, the second with a reference of a slip."""
    one = desk.mine(lambda h: h.situation != Situation.HOUSED and h.current_pool_id is None)
    letters = one.household_id
    other = letters[:-2] + letters[-1] + letters[-2] if letters[-1] != letters[-2] else letters + "-"
    values = {**{n: getattr(one, n) for n in type(one).model_fields}, "household_id": other + ".", **facts}
    desk.put_in("household", **values)
    members = [m for m in dataset_members(desk) if m.household_id == one.household_id]
    for member in members:
        row = {**{n: getattr(member, n) for n in type(member).model_fields}, "household_id": other + "."}
        desk.put_in("member", **row)
    return one.household_id, other + "."


def dataset_members(desk: Desk) -> list[Any]:
    from models.store import read_dataset

    return list(read_dataset(desk.served.engine).members)


def test_the_same_people_twice_are_told_with_every_reason_and_dismissed(desk: Desk) -> None:
    pair = twins(desk)
    found = [one for one in desk.items("/duplicates") if set(one["households"]) == set(pair)]
    (likely,) = found
    told = {reason["reason"]: reason["weight"] for reason in likely["reasons"]}
    assert {"same_birth_date", "all_members_alike", "similar_reference"} <= set(told)
    assert likely["score"] == sum(told.values())
    dismissed = desk.post(f"/duplicates/{likely['pair']}/dismissal")
    assert dismissed.status_code == 201
    assert likely["pair"] not in [one["pair"] for one in desk.items("/duplicates")]
    assert desk.post(f"/duplicates/{likely['pair']}/dismissal").status_code == 404
    assert "duplicate.dismiss" in desk.acts()


def test_no_likeness_is_told_to_somebody_who_may_not_see_both(desk: Desk) -> None:
    pair = twins(desk, responsible_unit=CLOSED_UNIT, sharing_basis=None, sharing_basis_on=None)
    shown = desk.items("/duplicates")
    assert not [one for one in shown if set(one["households"]) & {pair[1]}]


def test_references_alike() -> None:
    assert similar("H00012", "H00021")
    assert similar("a-1 2", "A12")
    assert not similar("H00012", "H00013")
    assert not similar("H0012", "H00012")
    assert not similar("H00123", "H00321")
