"""Decisions on assistance."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import Id, MustMatch, OfHousehold, Text, changed, done_once, given, page_about, shown
from api.server.etags import IfMatch
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page
from api.server.service import Here
from api.usecases.desk.granting import change_decision, decide, decision_seen, decisions_seen
from api.usecases.work import Work, reading_for
from models.assistance import AssistanceDecision, is_late, is_short
from models.days import Day

router = APIRouter(prefix="/assistance-decisions", tags=["casework"])

Reader = Annotated[Actor, needs("case.read")]
Writer = Annotated[Actor, needs("case.write")]

NEVER_BLANK = ("form", "from_on", "decided_on")


class DecisionOut(BaseModel):
    """A decision; whether it holds for a month or less, and whether it is late in being carried out."""

    decision: AssistanceDecision
    month_or_less: bool
    late: bool


class NewDecisionIn(BaseModel):
    """Housing granted: the form, from which day to which, and when it was decided."""

    household_id: Id
    form: Id
    from_on: Day
    to_on: Day | None = None
    decided_on: Day
    carried_out_on: Day | None = None
    note: Text | None = None


class DecisionChange(BaseModel):
    """What changes; what is left out stays."""

    form: Id | None = None
    from_on: Day | None = None
    to_on: Day | None = None
    decided_on: Day | None = None
    carried_out_on: Day | None = None
    ended_on: Day | None = None
    note: Text | None = None


@router.get("")
def list_decisions(
    actor: Reader,
    here: Here,
    late: bool = False,
    household: OfHousehold = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[DecisionOut]:
    """List decisions without their notes, newest first; only those late in being carried out where asked."""
    day = here.as_of()
    with reading_for(here.engine, actor) as connection:
        found = decisions_seen(connection, here.city(), actor, day if late else None)
    page = page_about(
        here,
        actor,
        "assistance_decisions",
        found,
        lambda one: (-one.decided_on.toordinal(), one.assistance_id),
        limit=limit,
        cursor=cursor,
        household=household,
        late=late,
    )
    return page.told(lambda decision: _out(here, decision))


@router.post("", status_code=201)
def add(body: NewDecisionIn, actor: Writer, here: Here, once: OnceOnly) -> DecisionOut:
    """Put down a decision."""
    view = here.city()
    return done_once(once, actor, DecisionOut, lambda work: _out(here, decide(work, view, **dict(body))))


@router.get("/{assistance_id}")
def show(assistance_id: str, actor: Reader, here: Here, response: Response) -> DecisionOut:
    """Show a decision; that it was looked at is recorded."""
    view = here.city()

    def act(work: Work) -> DecisionOut:
        decision = decision_seen(work.connection, view, actor, assistance_id)
        work.record("case.read", "assistance", assistance_id, household=decision.household_id)
        return _out(here, decision)

    return shown(here, actor, response, act)


@router.patch("/{assistance_id}")
def change(
    assistance_id: str,
    body: DecisionChange,
    actor: Writer,
    here: Here,
    response: Response,
    if_match: IfMatch = None,
) -> DecisionOut:
    """Change a decision: prolong it, say that it is carried out, or end it."""
    view = here.city()
    said = given(body, NEVER_BLANK)

    def act(work: Work, must_match: MustMatch) -> DecisionOut:
        decision = decision_seen(work.connection, view, actor, assistance_id)
        must_match(_out(here, decision))
        return _out(here, change_decision(work, decision, **said))

    return changed(here, actor, response, if_match, act)


def _out(here: Here, decision: AssistanceDecision) -> DecisionOut:
    late = is_late(decision, here.as_of())
    return DecisionOut(decision=decision, month_or_less=is_short(decision), late=late)
