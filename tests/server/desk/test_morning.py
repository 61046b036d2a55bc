"""The morning list: everything that ends, to the day, for those one may see."""

from datetime import date, timedelta
from typing import Any

import pytest

from api.usecases.desk.morning import horizon_of
from models.codes import Fact, Situation
from models.days import months_later
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import Desk


def of(desk: Desk, household: str, **query: object) -> list[dict[str, Any]]:
    return [due for due in desk.items("/morning", **query) if due["household_id"] == household]


def day(days: int) -> date:
    return AS_OF + timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "horizon"), [(-1, 0), (0, 0), (1, 30), (30, 30), (31, 60), (60, 60), (61, 90), (90, 90)]
)
def test_horizons_to_the_day(days: int, horizon: int) -> None:
    assert horizon_of(day(days), AS_OF) == horizon


def test_nothing_lies_beyond_the_last_horizon() -> None:
    with pytest.raises(ValueError, match="beyond"):
        horizon_of(day(91), AS_OF)


def test_a_situation_that_ends_is_told_by_what_it_is(desk: Desk) -> None:
    who = desk.mine().household_id
    kinds = {
        Situation.HOSPITAL: "discharge",
        Situation.TREATMENT_INSTITUTION: "discharge",
        Situation.PRISON: "release",
        Situation.INSECURE_TENANCY: "lease",
        Situation.EVICTION_RISK: "lease",
        Situation.TRANSITIONAL: "place",
    }
    for situation, what in kinds.items():
        desk.alter(who, situation=situation, situation_ends_on=day(30), unavailable_until=None)
        assert (what, 30) in {(due["what"], due["horizon"]) for due in of(desk, who)}
    desk.alter(who, situation=Situation.HOUSED)
    assert "lease" not in {due["what"] for due in of(desk, who)}


def test_only_what_lies_within_the_days_asked_for(desk: Desk) -> None:
    who = desk.mine(lambda h: h.current_pool_id is None).household_id
    for days, within in ((30, "30"), (60, "60"), (90, "90")):
        desk.alter(who, situation=Situation.PRISON, situation_ends_on=day(days))
        assert "release" in {due["what"] for due in of(desk, who, within=within)}
        desk.alter(who, situation_ends_on=day(days + 1))
        assert "release" not in {due["what"] for due in of(desk, who, within=within)}
    assert desk.get("/morning", within="45").status_code == 422


def test_five_years_with_shis_are_counted_from_the_day_the_months_were_learnt(desk: Desk) -> None:
    view = desk.served.client.app.state.service.city()  # type: ignore[attr-defined]
    shis = {
        p for p, pool in view.pools.items() if pool.form.startswith("shis") or pool.form == "genomgangsbostad"
    }
    who = desk.mine(lambda h: h.current_pool_id in shis).household_id
    desk.alter(who, shis_months=57)
    (due,) = [d for d in of(desk, who) if d["what"] == "shis_five_years"]
    assert due["day"] == str(months_later(AS_OF, 3))
    desk.alter(who, shis_months=56)
    assert not [d for d in of(desk, who) if d["what"] == "shis_five_years"]


def test_parking_steps_decisions_and_plans_are_told(desk: Desk) -> None:
    who = desk.mine(
        lambda h: h.current_pool_id is None and h.situation == Situation.FRIENDS_TEMPORARY
    ).household_id
    desk.alter(who, acute_danger=Fact.NO)
    desk.post(f"/households/{who}/parking", {"until": str(day(10)), "reason": "away"})
    desk.post("/next-steps", {"household_id": who, "what": "meet", "due_on": str(day(-200))})
    decision = {"household_id": who, "form": "stodboende", "decided_on": str(day(-9))}
    desk.post("/assistance-decisions", decision | {"from_on": str(day(-9)), "to_on": str(day(20))})
    desk.post("/assistance-decisions", decision | {"from_on": str(day(-60)), "to_on": str(day(-10))})
    plan = {
        "household_id": who,
        "institution": "prison",
        "admitted_on": str(day(-40)),
        "leaves_on": str(day(45)),
    }
    assert desk.post("/discharge-plans", plan).status_code == 201
    found = {(d["what"], d["day"]) for d in of(desk, who)}
    assert ("parking_ends", str(day(10))) in found
    assert ("next_step", str(day(-200))) in found
    assert [d for w, d in found if w == "decision"] == [str(day(20))]
    assert ("release", str(day(45))) in found
    assert ("discharge_step", str(day(31))) in found
    owners = {d["owner"] for d in of(desk, who)}
    assert len(owners) == 1
    assert None not in owners
    assert of(desk, who, what="release")[0]["what"] == "release"
    assert {d["what"] for d in desk.items("/morning", what=["release", "next_step"])} <= {
        "release",
        "next_step",
    }


def test_nothing_of_others_is_told(desk: Desk) -> None:
    closed = desk.closed().household_id
    desk.alter(closed, situation=Situation.PRISON, situation_ends_on=day(3))
    mine = {h.household_id for h in desk.households() if h.responsible_unit != "Järva"}
    found = {due["household_id"] for due in desk.items("/morning")}
    assert found <= mine
    assert found


def test_days_come_in_order_and_pages_leave_nothing_out(desk: Desk) -> None:
    whole = desk.items("/morning")
    assert [due["day"] for due in whole] == sorted(due["day"] for due in whole)
    first = desk.get("/morning", limit=2).json()
    second = desk.get("/morning", limit=200, cursor=first["next"]).json()
    assert first["items"] + second["items"] == whole
