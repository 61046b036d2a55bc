"""The responsible unit: the city's rules in their order, to the day, and unknown where they end."""

from datetime import date, timedelta

import pytest

from api.usecases.desk.belonging import UNIT_FOR_HOMELESS, Known, UnitReason, derived, last_home_lost
from models.codes import Fact, Sex, Situation
from models.days import months_later
from models.households import Household, Member
from models.stock import Pool, Stay
from tests.server.conftest import AS_OF
from tests.server.desk.conftest import Desk


def household(**facts: object) -> Household:
    given = {"household_id": "h", "situation": Situation.ROUGH_SLEEPING, "support_need": "none"}
    return Household(**(given | {"pregnant": Fact.NO, "active_case": Fact.NO} | facts))


def person(years: int, days: int = 0, sex: Sex = Sex.MAN) -> Member:
    born = date(AS_OF.year - years, AS_OF.month, AS_OF.day) + timedelta(days=days)
    return Member(household_id="h", member_id=f"m{years}", birth_date=born, sex=sex)


def known(
    members: list[Member] | None = None,
    contact_on: date | None = None,
    lost_home: tuple[date, str] | None = None,
    **facts: object,
) -> Known:
    return Known(household(**facts), members or [person(40)], contact_on, lost_home)


def test_the_units_own_case_comes_first() -> None:
    found = derived(
        known(responsible_unit="Farsta", active_case=Fact.YES, lost_home=(AS_OF, "Bromma")), AS_OF
    )
    assert (found.unit, found.reason) == ("Farsta", UnitReason.CASE)


def test_contact_counts_for_two_years() -> None:
    two_years = months_later(AS_OF, -24)
    found = derived(known(responsible_unit="Farsta", contact_on=two_years), AS_OF)
    assert (found.unit, found.reason) == ("Farsta", UnitReason.LAST_TWO_YEARS)
    later = derived(known(responsible_unit="Farsta", contact_on=two_years - timedelta(days=1)), AS_OF)
    assert (later.unit, later.reason) == (UNIT_FOR_HOMELESS, UnitReason.HOMELESS_UNIT)


def test_a_lost_home_counts_for_a_month() -> None:
    month = months_later(AS_OF, -1)
    found = derived(known(lost_home=(month, "Bromma")), AS_OF)
    assert (found.unit, found.reason) == ("Bromma", UnitReason.LOST_HOME)
    later = derived(known(lost_home=(month - timedelta(days=1), "Bromma")), AS_OF)
    assert later.reason == UnitReason.HOMELESS_UNIT


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ([person(26)], UnitReason.HOMELESS_UNIT),
        ([person(26, 1)], UnitReason.A_DISTRICT),
        ([person(18)], UnitReason.A_DISTRICT),
        ([person(65, 1)], UnitReason.HOMELESS_UNIT),
        ([person(65)], UnitReason.A_DISTRICT),
        ([person(40), person(3)], UnitReason.A_DISTRICT),
    ],
)
def test_ages_and_children_belong_to_a_district(members: list[Member], reason: UnitReason) -> None:
    found = derived(known(members), AS_OF)
    assert found.reason == reason
    assert found.unit == (UNIT_FOR_HOMELESS if reason == UnitReason.HOMELESS_UNIT else None)


def test_unknown_stays_unknown() -> None:
    case = derived(known(responsible_unit="Farsta", active_case=Fact.UNKNOWN), AS_OF)
    assert (case.unit, case.reason, case.missing) == (None, UnitReason.FACTS_MISSING, ("active_case",))
    woman = [person(40, sex=Sex.WOMAN)]
    waits = derived(known(woman, pregnant=Fact.UNKNOWN), AS_OF)
    assert (waits.unit, waits.missing) == (None, ("pregnant",))
    assert derived(known(woman, pregnant=Fact.YES), AS_OF).reason == UnitReason.A_DISTRICT
    assert derived(known(pregnant=Fact.UNKNOWN), AS_OF).unit == UNIT_FOR_HOMELESS
    # Whatever the case is, the unit is the same: nothing needs to be asked.
    same = derived(known(responsible_unit="Farsta", active_case=Fact.UNKNOWN, contact_on=AS_OF), AS_OF)
    assert same.unit == "Farsta"


def test_the_last_lasting_home_that_was_left() -> None:
    pools = {
        "P": Pool(pool_id="P", name="n", form="bostad_forst", district="Bromma", capacity=1),
        "Q": Pool(pool_id="Q", name="n", form="akutboende", district="Farsta", capacity=1),
    }
    start = AS_OF - timedelta(days=90)
    stays = [
        Stay(household_id="h", pool_id=pool, started_on=start, ended_on=end)
        for pool, end in (("P", AS_OF - timedelta(days=9)), ("Q", AS_OF), ("P", None))
    ]
    assert last_home_lost(stays, pools) == (AS_OF - timedelta(days=9), "Bromma")
    assert last_home_lost(stays[1:], pools) is None


def test_over_the_web(desk: Desk) -> None:
    who = desk.mine(lambda h: h.active_case == Fact.YES and h.responsible_unit is not None)
    answer = desk.get(f"/households/{who.household_id}/responsible-unit").json()
    assert (answer["unit"], answer["reason"]) == (who.responsible_unit, "case")
    for household_id in (desk.closed().household_id, "nobody"):
        assert desk.get(f"/households/{household_id}/responsible-unit").status_code == 404
    assert "case.read" in desk.acts()
