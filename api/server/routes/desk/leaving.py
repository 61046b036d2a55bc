"""Plans for leaving hospital, treatment or prison."""

from datetime import date
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
from api.usecases.desk.leaving import change_plan, plan_leaving, plan_seen, plans_seen
from api.usecases.work import Work, reading_for
from models.days import Day
from models.discharges import DischargePlan, DischargeStepCode, Institution

router = APIRouter(prefix="/discharge-plans", tags=["casework"])

Reader = Annotated[Actor, needs("case.read")]
Writer = Annotated[Actor, needs("case.write")]

NEVER_BLANK = ("admitted_on", "done", "closed")


class NewPlanIn(BaseModel):
    """A plan from the day of admission; the day of leaving and of the SIP meeting where they are known."""

    household_id: Id
    institution: Institution
    admitted_on: Day
    leaves_on: Day | None = None
    sip_on: Day | None = None
    note: Text | None = None


class PlanChange(BaseModel):
    """What changes; what is left out stays. `done` gives the day of each step that is done."""

    admitted_on: Day | None = None
    leaves_on: Day | None = None
    sip_on: Day | None = None
    note: Text | None = None
    done: dict[DischargeStepCode, Day | None] | None = None
    closed: bool | None = None


@router.get("")
def list_plans(
    actor: Reader,
    here: Here,
    household: OfHousehold = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[DischargePlan]:
    """List the open plans, those who leave first standing first."""
    with reading_for(here.engine, actor) as connection:
        found = plans_seen(connection, here.city(), actor)
    return page_about(
        here, actor, "discharge_plans", found, _order, limit=limit, cursor=cursor, household=household
    )


@router.post("", status_code=201)
def begin(body: NewPlanIn, actor: Writer, here: Here, once: OnceOnly) -> DischargePlan:
    """Begin a plan; its steps get their days."""
    view = here.city()
    return done_once(once, actor, DischargePlan, lambda work: plan_leaving(work, view, **dict(body)))


@router.get("/{plan_id}")
def show(plan_id: str, actor: Reader, here: Here, response: Response) -> DischargePlan:
    """Show a plan; that it was looked at is recorded."""
    view = here.city()

    def act(work: Work) -> DischargePlan:
        plan = plan_seen(work.connection, view, actor, plan_id)
        work.record("case.read", "discharge_plan", plan_id, household=plan.household_id)
        return plan

    return shown(here, actor, response, act)


@router.patch("/{plan_id}")
def change(
    plan_id: str, body: PlanChange, actor: Writer, here: Here, response: Response, if_match: IfMatch = None
) -> DischargePlan:
    """Change a plan, note what is done, or close it."""
    view = here.city()
    said = given(body, NEVER_BLANK)

    def act(work: Work, must_match: MustMatch) -> DischargePlan:
        plan = plan_seen(work.connection, view, actor, plan_id)
        must_match(plan)
        return change_plan(work, view, plan, **said)

    return changed(here, actor, response, if_match, act)


def _order(plan: DischargePlan) -> tuple[int, str]:
    return (plan.leaves_on or date.max).toordinal(), plan.plan_id
