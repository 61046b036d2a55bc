"""Flags, of what must not go on unseen: a few nights again and again, months in a shelter, hotel children."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import household_seen
from api.usecases.desk.settings import desk_settings
from api.usecases.work import Work
from models.codes import Fact, Situation
from models.days import months_later
from models.hotel_children import ChildCheck, ChildChecklist
from models.households import Household
from models.stock import Stay
from models.store.casework import checklist_of, checklists
from models.store.rows import change, keep
from models.store.waiting import days_of_fact
from models.tables import ChildChecklistRecord

SHELTER = "akutboende"


class FlagKind(StrEnum):
    """What is flagged."""

    SHORT_NIGHTS = "short_nights"
    LONG_IN_SHELTER = "long_in_shelter"
    FAMILY_IN_HOTEL = "family_in_hotel"


@dataclass(frozen=True, slots=True)
class Flag:
    """Something about a household that must not go on unseen.

    Attributes
    ----------
    since
        The day it began, as far as it is known.
    count
        Stays of a few nights; nights in a shelter or a hotel.
    checks_missing
        Of a family in a hotel: checks of the children that nobody has answered with yes.
    plan_out
        Of a family in a hotel: whether there is a plan for getting out.
    """

    kind: FlagKind
    household_id: str
    since: date | None
    count: int | None
    checks_missing: tuple[ChildCheck, ...] = ()
    plan_out: bool | None = None


def flags(connection: Connection, view: CityView, actor: Actor, kind: FlagKind | None = None) -> list[Flag]:
    """Flags of households that the person may see: those that have gone on longest first."""
    watched = [
        household.household_id
        for household in view.dataset.households
        if household.situation in (Situation.EMERGENCY_SHELTER, Situation.HOTEL_HOSTEL)
        and may_see(actor, household)
    ]
    known_on = days_of_fact(connection, "situation", watched)
    lists = checklists(connection)
    stays: dict[str, list[Stay]] = defaultdict(list)
    for stay in view.dataset.stays:
        if view.pools[stay.pool_id].form == SHELTER:
            stays[stay.household_id].append(stay)
    found = [
        flag
        for household in view.dataset.households
        if may_see(actor, household)
        for flag in _flags_of(view, household, stays.get(household.household_id, []), known_on, lists)
        if kind in (None, flag.kind)
    ]
    return sorted(found, key=lambda flag: (flag.since or date.max, flag.household_id, flag.kind))


def short_nights(stays: list[Stay], day: date) -> list[Stay]:
    """Shelter stays of a few nights that make a pattern; none when they are too few or too long ago."""
    rule = desk_settings()["emergency"]
    since = day - timedelta(days=rule["within_days"])
    short = [
        stay
        for stay in stays
        if stay.ended_on is not None
        and since <= stay.started_on <= day
        and (stay.ended_on - stay.started_on).days <= rule["short_nights"]
    ]
    return short if len(short) >= rule["stays"] else []


def in_shelter_since(household: Household, stays: list[Stay], known_on: date | None) -> date | None:
    """Day from which a household has lived in shelters without a break; the day it was learnt, at worst."""
    since = household.moved_in_on or known_on
    if since is None:
        return None
    for stay in sorted(stays, key=lambda stay: stay.started_on, reverse=True):
        if stay.started_on < since and (stay.ended_on or since) >= since - timedelta(days=1):
            since = stay.started_on
    return since


def checklist_seen(
    connection: Connection, view: CityView, actor: Actor, household_id: str
) -> ChildChecklist | None:
    """The check list of a family; None before anybody has filled it in.

    Raises
    ------
    DeskRefused
        When the person may not see the household, or there is no child.
    """
    household = household_seen(view, actor, household_id)
    if not _has_child(view, household):
        raise DeskRefused("no_child", "missing")
    return checklist_of(connection, household_id)


def fill_in(
    work: Work,
    before: ChildChecklist | None,
    household_id: str,
    answers: Mapping[ChildCheck, Fact],
    **plan: Any,
) -> ChildChecklist:
    """Answer checks of a family in a hotel, and say how it gets out (`plan_out`, `plan_out_on`)."""
    said = {str(check): str(answer) for check, answer in answers.items()}
    by: dict[str, Any] = {"changed_by": work.actor.user_id, "changed_at": work.now}
    if before is None:
        kept = ChildChecklist(household_id=household_id, answers=said, **plan, **by)
        keep(work.connection, ChildChecklistRecord, kept)
    else:
        kept = before
        change(work.connection, ChildChecklistRecord, kept, answers={**before.answers, **said}, **plan, **by)
    work.record("children.check", "household", household_id, checks=sorted(said), plan=sorted(plan))
    return kept


def checks_missing(known: ChildChecklist | None) -> tuple[ChildCheck, ...]:
    """Checks that nobody has answered with yes."""
    answers = {} if known is None else known.answers
    return tuple(check for check in ChildCheck if answers.get(check) != Fact.YES)


def _flags_of(
    view: CityView,
    household: Household,
    stays: list[Stay],
    known_on: Mapping[str, date],
    lists: Mapping[str, ChildChecklist],
) -> Iterator[Flag]:
    own, day = household.household_id, view.assessment.instance.as_of
    short = short_nights(stays, day)
    if short:
        yield Flag(FlagKind.SHORT_NIGHTS, own, min(stay.started_on for stay in short), len(short))
    if household.situation == Situation.EMERGENCY_SHELTER:
        since = in_shelter_since(household, stays, known_on.get(own))
        months = desk_settings()["emergency"]["shelter_months"]
        if since is not None and day > months_later(since, months):
            yield Flag(FlagKind.LONG_IN_SHELTER, own, since, (day - since).days)
    if household.situation == Situation.HOTEL_HOSTEL and _has_child(view, household):
        began = known_on.get(own)
        known = lists.get(own)
        yield Flag(
            FlagKind.FAMILY_IN_HOTEL,
            own,
            began,
            None if began is None else max((day - began).days, 0),
            checks_missing(known),
            known is not None and bool((known.plan_out or "").strip()),
        )


def _has_child(view: CityView, household: Household) -> bool:
    return bool(view.assessment.instance.households["children"][view.row_of[household.household_id]])
