"""Next steps: what is to be done for each household, by whom, and by when."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import Id, MustMatch, OfHousehold, Text, changed, done_once, given, page_about, shown
from api.server.etags import IfMatch
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page
from api.server.service import Here
from api.usecases.desk.stepping import add_step, change_step, step_seen, steps_seen
from api.usecases.work import Work, reading_for
from models.days import Day
from models.next_steps import NextStep, StepCode
from models.store.access import user_by

router = APIRouter(prefix="/next-steps", tags=["next_steps"])

Reader = Annotated[Actor, needs("case.read")]
Writer = Annotated[Actor, needs("case.write")]

NEVER_BLANK = ("what", "due_on", "owner", "done")


class StepLineOut(BaseModel):
    """A step as one line of a list; the owner by user name."""

    step_id: str
    household_id: str
    what: StepCode
    owner: str
    due_on: date
    overdue: bool


class NextStepOut(BaseModel):
    """A step with its text."""

    step_id: str
    household_id: str
    what: StepCode
    text: str | None
    owner: str
    due_on: date
    done_at: datetime | None
    made_by: str
    made_at: datetime
    version: int


class NewStepIn(BaseModel):
    """A next step; without an owner it is the person's own."""

    household_id: Id
    what: StepCode
    due_on: Day
    text: Text | None = None
    owner: Id | None = None


class StepChange(BaseModel):
    """What changes; what is left out stays."""

    what: StepCode | None = None
    due_on: Day | None = None
    text: Text | None = None
    owner: Id | None = None
    done: bool | None = None


@router.get("")
def list_steps(
    actor: Reader,
    here: Here,
    owner: Annotated[
        str | None, Query(max_length=200, description="A user name, or `me` for one's own.")
    ] = None,
    until: Day | None = None,
    household: OfHousehold = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[StepLineOut]:
    """List the steps that are not done, by day."""
    today = here.as_of()
    with reading_for(here.engine, actor) as connection:
        name = owner
        if owner == "me":
            me = user_by(connection, user_id=actor.user_id)
            name = "" if me is None else me.username
        found = steps_seen(connection, here.city(), actor, name, until)
    page = page_about(
        here,
        actor,
        "next_steps",
        found,
        lambda line: (line.due_on.toordinal(), line.step_id),
        limit=limit,
        cursor=cursor,
        household=household,
        until=until,
        mine=owner == "me",
    )
    return page.told(
        lambda line: StepLineOut(
            step_id=line.step_id,
            household_id=line.household_id,
            what=line.what,
            owner=line.owner,
            due_on=line.due_on,
            overdue=line.due_on < today,
        )
    )


@router.post("", status_code=201)
def add(body: NewStepIn, actor: Writer, here: Here, once: OnceOnly) -> NextStepOut:
    """Put down a next step."""
    view = here.city()

    def act(work: Work) -> NextStepOut:
        step = add_step(work, view, body.household_id, body.what, body.due_on, body.text, body.owner)
        return _out(work, step)

    return done_once(once, actor, NextStepOut, act)


@router.get("/{step_id}")
def show(step_id: str, actor: Reader, here: Here, response: Response) -> NextStepOut:
    """Show a step with its text; that it was looked at is recorded."""
    view = here.city()

    def act(work: Work) -> NextStepOut:
        step = step_seen(work, view, step_id)
        work.record("case.read", "step", step_id, household=step.household_id)
        return _out(work, step)

    return shown(here, actor, response, act)


@router.patch("/{step_id}")
def change(
    step_id: str, body: StepChange, actor: Writer, here: Here, response: Response, if_match: IfMatch = None
) -> NextStepOut:
    """Change a step, or say that it is done."""
    view = here.city()
    said = given(body, NEVER_BLANK)

    def act(work: Work, must_match: MustMatch) -> NextStepOut:
        step = step_seen(work, view, step_id)
        must_match(_out(work, step))
        return _out(work, change_step(work, view, step, **said))

    return changed(here, actor, response, if_match, act)


def _out(work: Work, step: NextStep) -> NextStepOut:
    owner = user_by(work.connection, user_id=step.owner)
    told = {name: getattr(step, name) for name in NextStepOut.model_fields}
    return NextStepOut(**told | {"owner": "" if owner is None else owner.username})
