"""Tonight's bed: what stands empty, suits, and what to ring about; never what tells where somebody lives."""

from datetime import timedelta
from typing import Any

import numpy as np
from sqlalchemy import update

from models.codes import Fact
from models.database import writing
from models.forms import forms
from models.store.revision import touch
from models.store.rows import table_of
from models.tables import PlaceRecord
from optimiser.compatibility import eligibility
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import CLOSED_UNIT, Desk


def view_of(desk: Desk) -> Any:
    return desk.served.client.app.state.service.city()  # type: ignore[attr-defined]


def vacant(desk: Desk) -> dict[str, int]:
    view = view_of(desk)
    lives = [h.current_pool_id for h in desk.households()]
    return {
        pool_id: pool.capacity - lives.count(pool_id)
        for pool_id, pool in view.pools.items()
        if forms()[pool.form].level == 0 and pool.capacity > lives.count(pool_id)
    }


def somebody(desk: Desk) -> tuple[str, list[dict[str, Any]]]:
    """A household with a shortlist, and the list."""
    for household in desk.households():
        if household.responsible_unit != CLOSED_UNIT:
            beds = desk.get(f"/households/{household.household_id}/tonight").json()["beds"]
            if beds:
                return household.household_id, beds
    raise AssertionError("nobody has a bed tonight")


def test_the_shortlist_is_every_empty_emergency_place_that_may_suit_best_first(desk: Desk) -> None:
    view, empty, told = view_of(desk), vacant(desk), 0
    for household in desk.households():
        if household.responsible_unit == CLOSED_UNIT or household.acute_danger == Fact.YES:
            continue
        answer = desk.get(f"/households/{household.household_id}/tonight").json()
        row = eligibility(view.assessment, np.array([view.row_of[household.household_id]]))[0]
        wanted = {pool_id for pool_id in empty if row[view.pool_at[pool_id]] != 0}
        beds = answer["beds"]
        assert {bed["pool_id"] for bed in beds} == wanted
        assert [(not bed["sure"], -bed["fit"]) for bed in beds] == sorted(
            (not bed["sure"], -bed["fit"]) for bed in beds
        )
        assert all(bed["vacant"] == empty[bed["pool_id"]] for bed in beds)
        assert all(bed["needs"] for bed in beds if not bed["sure"])
        told += len(beds)
    assert told > 0


def test_a_promised_place_is_not_empty(desk: Desk) -> None:
    who, beds = somebody(desk)
    pool = beds[0]["pool_id"]
    places = table_of(PlaceRecord)
    desk.put_in(
        "offer",
        offer_id="o-1",
        household_id=who,
        pool_id=pool,
        state="accepted",
        in_cycle=False,
        created_at=desk.served.clock(),
        changed_at=desk.served.clock(),
        version=1,
    )
    with writing(desk.served.engine) as connection:
        free = (places.c.pool_id == pool, places.c.occupant.is_(None))
        number = connection.execute(places.select().where(*free)).mappings().first()
        assert number is not None
        this = (places.c.pool_id == pool, places.c.number == number["number"])
        connection.execute(update(places).where(*this).values(offer_id="o-1", held_for=who))
        touch(connection)
    after = {bed["pool_id"]: bed["vacant"] for bed in desk.get(f"/households/{who}/tonight").json()["beds"]}
    assert after.get(pool, 0) == beds[0]["vacant"] - 1


def test_a_house_where_somebody_lives_whom_it_must_not_meet_looks_like_any_that_is_held(desk: Desk) -> None:
    who, beds = somebody(desk)
    pool = view_of(desk).pools[beds[0]["pool_id"]]
    other = desk.closed().household_id
    desk.alter(other, current_pool_id=pool.pool_id, moved_in_on=AS_OF)
    a, b = sorted((who, other))
    desk.put_in("conflict", household_id_a=a, household_id_b=b)
    answer = desk.get(f"/households/{who}/tonight")
    beds = {bed["pool_id"]: bed for bed in answer.json()["beds"]}
    assert (beds[pool.pool_id]["held"], beds[pool.pool_id]["vacant"]) == (True, 0)
    assert other not in answer.text


def test_a_blocked_bed_is_held(desk: Desk) -> None:
    who, beds = somebody(desk)
    body = {"household_id": who, "pool_id": beds[0]["pool_id"], "kind": "block", "reason": "safety"}
    until = str(AS_OF + timedelta(days=1))
    assert desk.post("/pins", body | {"expires_on": until}).status_code == 201
    after = desk.get(f"/households/{who}/tonight").json()["beds"]
    assert [bed["pool_id"] for bed in after if not bed["held"]] == [
        bed["pool_id"] for bed in beds[1:] if not bed["held"]
    ]
    assert next(bed for bed in after if bed["pool_id"] == beds[0]["pool_id"])["held"]


def test_acute_danger_is_an_alert_and_no_list(desk: Desk) -> None:
    who, _ = somebody(desk)
    desk.alter(who, acute_danger=Fact.YES)
    answer = desk.get(f"/households/{who}/tonight").json()
    assert (answer["danger"], answer["beds"]) == (True, [])


def test_anothers_case_is_not_there_and_a_look_is_recorded(desk: Desk) -> None:
    closed = desk.get(f"/households/{desk.closed().household_id}/tonight")
    absent = desk.get("/households/nobody/tonight")
    assert closed.status_code == absent.status_code == 404
    assert closed.json()["detail"] == absent.json()["detail"]
    somebody(desk)
    assert "case.read" in desk.acts()


def test_minutes_to_school_are_told_where_they_are_known(desk: Desk) -> None:
    view = view_of(desk)
    times = {(t.district, t.school_id): t.minutes for t in view.dataset.travel_times}
    told = 0
    for household in desk.households():
        if household.responsible_unit == CLOSED_UNIT:
            continue
        schools = {m.school_id for m in view.members[household.household_id] if m.school_id}
        for bed in desk.get(f"/households/{household.household_id}/tonight").json()["beds"]:
            known = {s: times[bed["district"], s] for s in schools if (bed["district"], s) in times}
            assert bed["minutes_to_school"] == known
            told += len(known)
    assert told > 0
