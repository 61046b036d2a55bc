"""Flags: short nights again and again, more than three months in a shelter, children in a hotel."""

from datetime import date, timedelta
from typing import Any

import pytest

from api.usecases.desk.flagging import in_shelter_since, short_nights
from models.codes import Situation
from models.days import months_later
from models.hotel_children import ChildCheck
from models.households import Household, Member
from models.stock import Stay
from models.store import read_dataset
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import CLOSED_UNIT, Desk


def day(days: int) -> date:
    return AS_OF + timedelta(days=days)


def stay(start: int, end: int | None) -> Stay:
    ended = None if end is None else day(end)
    return Stay(household_id="h", pool_id="p", started_on=day(start), ended_on=ended)


def of(desk: Desk, household: str) -> dict[str, dict[str, Any]]:
    return {f["kind"]: f for f in desk.items("/flags") if f["household_id"] == household}


def members(desk: Desk) -> dict[str, list[Member]]:
    found: dict[str, list[Member]] = {}
    for member in read_dataset(desk.served.engine).members:
        found.setdefault(member.household_id, []).append(member)
    return found


@pytest.mark.parametrize(
    ("stays", "count"),
    [
        ([stay(-90, -89), stay(-50, -43), stay(-3, -1)], 3),
        ([stay(-91, -89), stay(-50, -43), stay(-3, -1)], 0),
        ([stay(-90, -89), stay(-50, -42), stay(-3, -1)], 0),
        ([stay(-90, -89), stay(-50, -43), stay(-3, None)], 0),
        ([stay(-10, -9), stay(-8, -7), stay(-6, -5), stay(-4, -3)], 4),
        ([], 0),
    ],
)
def test_short_nights_to_the_day(stays: list[Stay], count: int) -> None:
    assert len(short_nights(stays, AS_OF)) == count


def test_shelters_one_after_the_other_are_one_time() -> None:
    household = Household(
        household_id="h", situation=Situation.EMERGENCY_SHELTER, support_need="none", moved_in_on=day(-10)
    )
    stays = [stay(-60, -40), stay(-40, -11), stay(-10, None)]
    assert in_shelter_since(household, stays, None) == day(-60)
    assert in_shelter_since(household, [stay(-60, -12), stay(-10, None)], None) == day(-10)
    placeless = household.model_copy(update={"moved_in_on": None})
    assert in_shelter_since(placeless, [], day(-5)) == day(-5)
    assert in_shelter_since(placeless, [], None) is None


def test_more_than_three_months_in_a_shelter_and_not_three(desk: Desk) -> None:
    who = desk.mine(lambda h: h.situation == Situation.EMERGENCY_SHELTER and h.current_pool_id is not None)
    three = months_later(AS_OF, -3)
    assert months_later(three, 3) == AS_OF
    desk.alter(who.household_id, moved_in_on=three)
    assert "long_in_shelter" not in of(desk, who.household_id)
    desk.alter(who.household_id, moved_in_on=three - timedelta(days=1))
    flag = of(desk, who.household_id)["long_in_shelter"]
    assert flag["count"] == (AS_OF - three).days + 1
    desk.alter(who.household_id, situation=Situation.SUPPORTED_HOUSING)
    assert "long_in_shelter" not in of(desk, who.household_id)


def family(desk: Desk) -> str:
    """A family in a hotel since the as-of date."""
    of_whom = members(desk)
    adult = date(AS_OF.year - 18, AS_OF.month, AS_OF.day)
    who = desk.mine(lambda h: any(m.birth_date > adult for m in of_whom[h.household_id])).household_id
    desk.alter(who, situation=Situation.FRIENDS_TEMPORARY)
    desk.alter(who, situation=Situation.HOTEL_HOSTEL, current_pool_id=None)
    return who


def test_a_family_in_a_hotel_with_nights_check_list_and_plan(desk: Desk) -> None:
    who = family(desk)
    flag = of(desk, who)["family_in_hotel"]
    assert (flag["count"], flag["plan_out"]) == (0, False)
    assert set(flag["checks_missing"]) == set(ChildCheck)
    desk.days_pass(12)
    assert of(desk, who)["family_in_hotel"]["count"] == 12
    url = f"/households/{who}/child-checklist"
    empty = desk.get(url)
    assert set(empty.json()["answers"].values()) == {"unknown"}
    body = {"answers": {"own_bed": "yes", "cooking": "no"}, "plan_out": "Lägenhet i mars."}
    assert desk.patch(url, body, None).status_code == 428
    filled = desk.patch(url, body, empty.headers["etag"])
    assert filled.json()["answers"]["cooking"] == "no"
    assert desk.patch(url, body, empty.headers["etag"]).status_code == 412
    more = desk.patch(url, {"answers": {"cooking": "yes"}}, filled.headers["etag"]).json()
    assert (more["answers"]["own_bed"], more["answers"]["cooking"]) == ("yes", "yes")
    assert more["plan_out"] == "Lägenhet i mars."
    flag = of(desk, who)["family_in_hotel"]
    assert flag["plan_out"] is True
    assert set(flag["checks_missing"]) == set(ChildCheck) - {"own_bed", "cooking"}
    assert {"children.check", "case.read", "case.list"} <= set(desk.acts())


def test_refusals(desk: Desk) -> None:
    who = family(desk)
    url = f"/households/{who}/child-checklist"
    assert desk.patch(url, {"answers": {"own_bed": "perhaps"}}, "*").status_code == 422
    assert desk.patch(url, {"answers": {"bed": "yes"}}, "*").status_code == 422
    of_whom = members(desk)
    grown = date(AS_OF.year - 18, AS_OF.month, AS_OF.day)
    alone = desk.mine(lambda h: all(m.birth_date <= grown for m in of_whom[h.household_id])).household_id
    for household in (alone, desk.closed().household_id, "nobody"):
        assert desk.get(f"/households/{household}/child-checklist").status_code == 404


def test_flags_of_others_are_not_told(desk: Desk) -> None:
    closed = {h.household_id for h in desk.households() if h.responsible_unit == CLOSED_UNIT}
    who = sorted(closed)[0]
    desk.alter(who, situation=Situation.EMERGENCY_SHELTER, moved_in_on=day(-400))
    assert not closed & {f["household_id"] for f in desk.items("/flags")}
    kinds = {f["kind"] for f in desk.items("/flags", kind="long_in_shelter")}
    assert kinds == {"long_in_shelter"}
