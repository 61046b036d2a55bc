"""Flags, the check list of a family in a hotel, and the unit responsible for a household."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import MustMatch, Text, changed, given, listed, looked, shown
from api.server.etags import IfMatch
from api.server.needs import needs
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.service import Here
from api.usecases.desk.belonging import UnitReason, responsible_unit
from api.usecases.desk.flagging import Flag, FlagKind, checklist_seen, checks_missing, fill_in, flags
from api.usecases.work import Work, reading_for
from models.codes import Fact
from models.days import Day
from models.hotel_children import ChildCheck, ChildChecklist

router = APIRouter(tags=["flags"])

Reader = Annotated[Actor, needs("case.read")]
Writer = Annotated[Actor, needs("case.write")]


class FlagOut(BaseModel):
    """What must not go on unseen; `count` is stays of a few nights, or nights."""

    kind: FlagKind
    household_id: str
    since: date | None
    count: int | None
    checks_missing: list[ChildCheck]
    plan_out: bool | None


class ChecklistOut(BaseModel):
    """The check list of a family in a hotel; what nobody has answered is unknown."""

    household_id: str
    answers: dict[ChildCheck, Fact]
    missing: list[ChildCheck]
    plan_out: str | None
    plan_out_on: date | None
    changed_by: str | None
    changed_at: datetime | None


class ChecklistChange(BaseModel):
    """Answers to checks, and the plan for getting out; what is left out stays."""

    answers: dict[ChildCheck, Fact] | None = None
    plan_out: Text | None = None
    plan_out_on: Day | None = None


class ResponsibleOut(BaseModel):
    """The unit that the rules make responsible, and by which; none where a fact is missing."""

    household_id: str
    unit: str | None
    reason: UnitReason
    missing: list[str]


@router.get("/flags")
def list_flags(
    actor: Reader, here: Here, kind: FlagKind | None = None, limit: Limit = 50, cursor: Cursor = None
) -> Page[FlagOut]:
    """List short nights again and again, months in a shelter, and families in a hotel."""
    with reading_for(here.engine, actor) as connection:
        found = flags(connection, here.city(), actor, kind)
    rows, following = page_of(found, _order, cursor, limit)
    listed(here, actor, "flags", [row.household_id for row in rows], kind=kind)
    items = [
        FlagOut(
            kind=flag.kind,
            household_id=flag.household_id,
            since=flag.since,
            count=flag.count,
            checks_missing=list(flag.checks_missing),
            plan_out=flag.plan_out,
        )
        for flag in rows
    ]
    return Page(items=items, total=len(found), next=following)


@router.get("/households/{household_id}/child-checklist")
def show_checklist(household_id: str, actor: Reader, here: Here, response: Response) -> ChecklistOut:
    """Show the check list of a family; that it was looked at is recorded."""
    view = here.city()

    def act(work: Work) -> ChecklistOut:
        found = checklist_seen(work.connection, view, actor, household_id)
        work.record("case.read", "household", household_id, "child_checklist")
        return _checklist(household_id, found)

    return shown(here, actor, response, act)


@router.patch("/households/{household_id}/child-checklist")
def change_checklist(
    household_id: str,
    body: ChecklistChange,
    actor: Writer,
    here: Here,
    response: Response,
    if_match: IfMatch = None,
) -> ChecklistOut:
    """Answer checks, and say how the family gets out of the hotel."""
    view = here.city()
    plan = {name: value for name, value in given(body).items() if name != "answers"}

    def act(work: Work, must_match: MustMatch) -> ChecklistOut:
        found = checklist_seen(work.connection, view, actor, household_id)
        must_match(_checklist(household_id, found))
        return _checklist(household_id, fill_in(work, found, household_id, body.answers or {}, **plan))

    return changed(here, actor, response, if_match, act)


@router.get("/households/{household_id}/responsible-unit")
def show_responsible(household_id: str, actor: Reader, here: Here) -> ResponsibleOut:
    """Show which unit the rules make responsible for a household, and by which rule."""
    view = here.city()

    def act(work: Work) -> ResponsibleOut:
        found = responsible_unit(work.connection, view, actor, household_id)
        work.record("case.read", "household", household_id, "responsible_unit")
        return ResponsibleOut(
            household_id=household_id, unit=found.unit, reason=found.reason, missing=list(found.missing)
        )

    return looked(here, actor, act)


def _checklist(household_id: str, found: ChildChecklist | None) -> ChecklistOut:
    known = {} if found is None else found.answers
    return ChecklistOut(
        household_id=household_id,
        answers={check: Fact(known.get(check, Fact.UNKNOWN)) for check in ChildCheck},
        missing=list(checks_missing(found)),
        plan_out=None if found is None else found.plan_out,
        plan_out_on=None if found is None else found.plan_out_on,
        changed_by=None if found is None else found.changed_by,
        changed_at=None if found is None else found.changed_at,
    )


def _order(flag: Flag) -> tuple[int, str, str]:
    return (flag.since or date.max).toordinal(), flag.household_id, str(flag.kind)
