"""Capacity plans: the cheapest places that meet a target, worked out as jobs and open to all who plan."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.access.actor import Actor
from api.server.job_bodies import JobOut
from api.server.jobs import taken_on
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.routes.scenario_bodies import CapacityLine, CapacityOut, NewCapacityPlan
from api.server.service import Here
from api.usecases.scenario_runs.asking import ask_for_capacity
from api.usecases.scenario_runs.capacity import can_be_shown, shown_again
from models.database import reading
from models.jobs import Job, JobState
from models.store.jobs import job_by_id, jobs_of_kind

router = APIRouter(prefix="/capacity-plans", tags=["scenarios"])

Reader = Annotated[Actor, needs("scenario.read")]
Runner = Annotated[Actor, needs("scenario.run")]
KIND = "capacity"


@router.post("", status_code=202)
def plan_places(
    body: NewCapacityPlan, request: Request, response: Response, actor: Runner, here: Here, once: OnceOnly
) -> JobOut:
    """Have the cheapest places worked out that meet a target: a job."""
    day = here.as_of()
    return taken_on(
        once,
        actor,
        request,
        response,
        lambda work: ask_for_capacity(work, day, body.target, body.weeks, body.replications, body.seed),
    )


@router.get("")
def list_capacity_plans(
    actor: Reader, here: Here, limit: Limit = 50, cursor: Cursor = None
) -> Page[CapacityLine]:
    """List the capacity plans that have been worked out, newest first."""
    with reading(here.engine) as connection:
        done = jobs_of_kind(connection, KIND, JobState.DONE)
    found = sorted((job for job in done if can_be_shown(job.result)), key=_newest)
    rows, following = page_of(found, _newest, cursor, limit)
    return Page(items=[_line(job) for job in rows], total=len(found), next=following)


@router.get("/{plan_id}", responses={404: {}})
def show_capacity_plan(
    plan_id: Annotated[str, Path(max_length=200)], actor: Reader, here: Here
) -> CapacityOut:
    """Show a capacity plan: what to build, what it costs, how many are short before and after."""
    with reading(here.engine) as connection:
        job = job_by_id(connection, plan_id)
    if job is None or job.kind != KIND or job.state != JobState.DONE:
        raise Problem(404, "unknown_capacity_plan")
    if job.result is None or not can_be_shown(job.result):
        raise Problem(404, "capacity_plan_of_before")
    return CapacityOut(**_line(job).model_dump(), plan=shown_again(job.result))


def _line(job: Job) -> CapacityLine:
    result = shown_again(job.result or {})
    return CapacityLine(
        job_id=job.job_id,
        made_at=job.asked_at,
        target=result["target"],
        status=str(result["status"]),
        cost_sek_per_year=result["cost_sek_per_year"],
    )


def _newest(job: Job) -> tuple[float, str]:
    return -job.asked_at.timestamp(), job.job_id
