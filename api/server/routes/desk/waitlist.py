"""The waitlist: who waits and in what order, who is parked, and which cases are to be confirmed."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import Text, done, done_once, listed
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.service import Here
from api.usecases.desk.parking import park, unpark
from api.usecases.desk.settings import desk_settings
from api.usecases.desk.staleness import confirm_case, stale_cases
from api.usecases.desk.waitlist import WaitFilter, Waiting, waitlist
from api.usecases.work import Work, reading_for
from models.days import Day
from models.forms import forms
from models.next_steps import StepCode
from models.store.next_steps import next_step_of_each
from models.waiting import Parking, ParkReason

router = APIRouter(tags=["waitlist"])

Reader = Annotated[Actor, needs("case.read")]
Writer = Annotated[Actor, needs("case.write")]


class StepDueOut(BaseModel):
    """The next step of a household: what, by whom, by when."""

    step_id: str
    what: StepCode
    owner: str
    due_on: date


class WaitingOut(BaseModel):
    """A household that waits, as the policy orders it."""

    household_id: str
    responsible_unit: str | None
    situation: str
    homeless_since: date | None
    waited_days: int | None
    tier: int
    points: int
    parked_until: date | None
    next_step: StepDueOut | None


class StaleOut(BaseModel):
    """A case to confirm: its old facts, the day of the oldest, and when it was confirmed last."""

    household_id: str
    responsible_unit: str | None
    oldest_on: date
    facts: list[str]
    confirmed_on: date | None


class ParkingIn(BaseModel):
    """Until which day a household is proposed nothing, and why."""

    until: Day
    reason: ParkReason
    note: Text | None = None


class Confirmed(BaseModel):
    """A case confirmed."""

    household_id: str
    confirmed_on: date


@router.get("/waitlist")
def list_waiting(
    actor: Reader,
    here: Here,
    unit: Annotated[str | None, Query(max_length=200)] = None,
    tier: Annotated[int | None, Query(ge=1, le=5)] = None,
    form: Annotated[str | None, Query(max_length=50, description="Form that is open to them.")] = None,
    parked: bool | None = None,
    without_step: bool = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[WaitingOut]:
    """List those who wait and whom the person may see, in the policy's order, with what is done next."""
    if form is not None and form not in forms():
        raise Problem(422, "unknown_form")
    with reading_for(here.engine, actor) as connection:
        steps = next_step_of_each(connection)
    found = waitlist(here.city(), actor, steps, WaitFilter(unit, tier, form, parked, without_step))
    rows, following = page_of(found, lambda line: line.order, cursor, limit)
    filters = {"unit": unit, "tier": tier, "form": form, "parked": parked, "without_step": without_step}
    listed(here, actor, "waitlist", [row.household.household_id for row in rows], **filters)
    return Page(items=[_line(line) for line in rows], total=len(found), next=following)


@router.get("/waitlist/stale")
def list_stale(
    actor: Reader,
    here: Here,
    days: Annotated[int | None, Query(ge=1, le=3650, description="Facts older than so many days.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[StaleOut]:
    """List cases whose facts are old and unconfirmed, the oldest first."""
    age = desk_settings()["stale"]["days"] if days is None else days
    with reading_for(here.engine, actor) as connection:
        found = stale_cases(connection, here.city(), actor, age)
    rows, following = page_of(
        found, lambda case: (case.oldest_on.toordinal(), case.household_id), cursor, limit
    )
    listed(here, actor, "stale", [row.household_id for row in rows], days=age)
    items = [
        StaleOut(
            household_id=case.household_id,
            responsible_unit=case.responsible_unit,
            oldest_on=case.oldest_on,
            facts=list(case.facts),
            confirmed_on=case.confirmed_on,
        )
        for case in rows
    ]
    return Page(items=items, total=len(found), next=following)


@router.post("/households/{household_id}/confirmation", status_code=201)
def confirm(household_id: str, actor: Writer, here: Here, once: OnceOnly) -> Confirmed:
    """Confirm that a household's facts still hold."""
    view, day = here.city(), here.as_of()

    def act(work: Work) -> Confirmed:
        confirm_case(work, view, household_id, day)
        return Confirmed(household_id=household_id, confirmed_on=day)

    return done_once(once, actor, Confirmed, act)


@router.post("/households/{household_id}/parking", status_code=201)
def park_household(household_id: str, body: ParkingIn, actor: Writer, here: Here, once: OnceOnly) -> Parking:
    """Park a household until a day: it is proposed nothing before, and keeps its place in the order."""
    view, day = here.city(), here.as_of()
    return done_once(
        once,
        actor,
        Parking,
        lambda work: park(work, view, household_id, body.until, body.reason, body.note, day),
    )


@router.delete("/households/{household_id}/parking", status_code=204)
def unpark_household(household_id: str, actor: Writer, here: Here) -> Response:
    """End a parking before its day."""
    view, day = here.city(), here.as_of()
    done(here, actor, lambda work: unpark(work, view, household_id, day))
    return Response(status_code=204)


def _line(line: Waiting) -> WaitingOut:
    household, step = line.household, line.next_step
    return WaitingOut(
        household_id=household.household_id,
        responsible_unit=household.responsible_unit,
        situation=str(household.situation),
        homeless_since=household.homeless_since,
        waited_days=line.waited_days,
        tier=line.tier,
        points=line.points,
        parked_until=line.parked_until,
        next_step=None
        if step is None
        else StepDueOut(step_id=step.step_id, what=step.what, owner=step.owner, due_on=step.due_on),
    )
