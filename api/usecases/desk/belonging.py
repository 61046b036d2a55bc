"""The responsible unit, worked out from the case: in the order of the city's rules, unknown where they end.

The case's unit keeps the case; without one the unit of the last two years' contact has it; for a month after
a home was lost, the district where it lay; else the unit for homeless people, save those of 18 to 25, of 65
and over, pregnant or with children, who belong to a district.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.desk.seen import household_seen
from api.usecases.desk.telling import age
from models.codes import Fact, Sex
from models.days import months_later
from models.forms import forms
from models.households import Household, Member
from models.stock import Pool, Stay
from models.store.waiting import days_of_fact

UNIT_FOR_HOMELESS = "Enheten för hemlösa"
CONTACT_MONTHS, LOST_HOME_MONTHS = 24, 1
CHILD_BELOW, YOUNG_TO, OLD_FROM = 18, 25, 65
LASTING = 3


class UnitReason(StrEnum):
    """The rule by which a unit is responsible, or why it is not known which."""

    CASE = "case"
    LAST_TWO_YEARS = "last_two_years"
    LOST_HOME = "lost_home"
    HOMELESS_UNIT = "homeless_unit"
    A_DISTRICT = "a_district"
    FACTS_MISSING = "facts_missing"


@dataclass(frozen=True, slots=True)
class Responsible:
    """The responsible unit; None where the rules do not say which, or a fact is missing."""

    unit: str | None
    reason: UnitReason
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules look at: `contact_on` is the day on which the unit was last noted."""

    household: Household
    members: list[Member]
    contact_on: date | None
    lost_home: tuple[date, str] | None


def responsible_unit(connection: Connection, view: CityView, actor: Actor, household_id: str) -> Responsible:
    """The unit that the rules make responsible for a household, and by which rule.

    Raises
    ------
    DeskRefused
        When the person may not see it.
    """
    household = household_seen(view, actor, household_id)
    stays = [stay for stay in view.dataset.stays if stay.household_id == household_id]
    known = Known(
        household,
        view.members.get(household_id, []),
        days_of_fact(connection, "active_case", [household_id]).get(household_id),
        last_home_lost(stays, dict(view.pools)),
    )
    return derived(known, view.assessment.instance.as_of)


def derived(known: Known, day: date) -> Responsible:
    """The rules in their order; a later one is asked only when those before it surely do not hold."""
    household = known.household
    unit, active = household.responsible_unit, household.active_case
    if unit is not None and active == Fact.YES:
        return Responsible(unit, UnitReason.CASE)
    recent = known.contact_on is not None and day <= months_later(known.contact_on, CONTACT_MONTHS)
    if unit is not None and recent:
        return Responsible(unit, UnitReason.LAST_TWO_YEARS)
    if unit is not None and active == Fact.UNKNOWN:
        return Responsible(None, UnitReason.FACTS_MISSING, ("active_case",))
    if known.lost_home is not None and day <= months_later(known.lost_home[0], LOST_HOME_MONTHS):
        return Responsible(known.lost_home[1], UnitReason.LOST_HOME)
    return _of_the_rest(known, day)


def last_home_lost(stays: list[Stay], pools: dict[str, Pool]) -> tuple[date, str] | None:
    """Day on which a household last left a lasting home, and its district."""
    left = [
        (stay.ended_on, pools[stay.pool_id].district)
        for stay in stays
        if stay.ended_on is not None and forms()[pools[stay.pool_id].form].level == LASTING
    ]
    return max(left, default=None)


def _of_the_rest(known: Known, day: date) -> Responsible:
    ages = [(age(member.birth_date, day), member) for member in known.members]
    of_a_district = any(
        years < CHILD_BELOW or CHILD_BELOW <= years <= YOUNG_TO or years >= OLD_FROM for years, _ in ages
    )
    if of_a_district or known.household.pregnant == Fact.YES:
        return Responsible(None, UnitReason.A_DISTRICT)
    may_be_pregnant = any(member.sex != Sex.MAN for _, member in ages)
    if known.household.pregnant == Fact.UNKNOWN and may_be_pregnant:
        return Responsible(None, UnitReason.FACTS_MISSING, ("pregnant",))
    return Responsible(UNIT_FOR_HOMELESS, UnitReason.HOMELESS_UNIT)
