"""Jobs: a person's own, followed while they are done, and stopped."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from api.access.actor import Actor
from api.jobs.asking import stop
from api.server.job_bodies import JobOut, job_language, job_out
from api.server.needs import needs
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.service import Here, Service
from api.texts import Language
from api.usecases.work import working_for
from models.database import reading
from models.jobs import Job
from models.store.jobs import job_by_id, jobs_of

router = APIRouter(prefix="/jobs", tags=["jobs"])

Reader = Annotated[Actor, needs("job.read")]
LOOK_SECONDS = 0.3
QUIET_LOOKS = 50
"""After so many looks without news a line is sent that means nothing, so that nobody thinks the line dead."""
MOST_LOOKS = 2400
"""A stream ends after twelve minutes; the reader comes back with the number of the last event."""
EVENT = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "description": "Version of the job."},
        "event": {"type": "string", "enum": ["progress", "end"]},
        "data": {"type": "string", "description": "The job as JSON, as `GET /jobs/{job_id}` shows it."},
    },
    "required": ["id", "event", "data"],
}
EVENTS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": EVENT}}}}


@router.get("")
def list_jobs(
    request: Request,
    actor: Reader,
    here: Here,
    kind: Annotated[str | None, Query(max_length=100)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[JobOut]:
    """List one's own jobs, newest first."""
    with reading(here.engine) as connection:
        found = sorted(jobs_of(connection, actor.user_id, kind), key=_newest)
    rows, following = page_of(found, _newest, cursor, limit)
    language = job_language(request)
    return Page(items=[job_out(job, language) for job in rows], total=len(found), next=following)


@router.get("/{job_id}", responses={404: {}})
def show_job(job_id: str, request: Request, actor: Reader, here: Here) -> JobOut:
    """Show one's own job."""
    return job_out(_own(here, actor, job_id), job_language(request))


@router.get("/{job_id}/events", responses={**EVENTS, 404: {}}, response_class=StreamingResponse)
def follow_job(
    job_id: str,
    request: Request,
    actor: Reader,
    here: Here,
    last_event_id: Annotated[
        str | None, Header(max_length=20, description="Number of the last event seen.")
    ] = None,
) -> StreamingResponse:
    """Follow one's own job as it is done (server-sent events), until it has ended."""
    job = _own(here, actor, job_id)
    seen = int(last_event_id) if last_event_id and last_event_id.isascii() and last_event_id.isdigit() else 0
    stream = _events(request, here, job, seen, job_language(request))
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


@router.delete("/{job_id}", status_code=202, responses={404: {}})
def stop_job(job_id: str, request: Request, actor: Reader, here: Here) -> JobOut:
    """Ask one's own job to stop; what it has found is kept where its kind keeps anything."""
    with working_for(here.engine, actor, here.now()) as work:
        return job_out(stop(work, job_id), job_language(request))


async def _events(
    request: Request, here: Service, job: Job, seen: int, language: Language
) -> AsyncIterator[str]:
    """What is new about a job, each time with the number of its version, and its end."""
    quiet = 0
    for _ in range(MOST_LOOKS):
        if job.version > seen or job.ended:
            yield _event("end" if job.ended else "progress", job, language)
            seen, quiet = job.version, 0
        if job.ended or request.app.state.closing:
            return
        await asyncio.sleep(LOOK_SECONDS)
        quiet += 1
        if quiet % QUIET_LOOKS == 0:
            yield ":\n\n"
        found = await run_in_threadpool(_read, here, job.job_id)
        if found is None:
            return
        job = found


def _event(name: str, job: Job, language: Language) -> str:
    data = json.dumps(job_out(job, language).model_dump(mode="json"), ensure_ascii=False)
    return f"id: {job.version}\nevent: {name}\ndata: {data}\n\n"


def _read(here: Service, job_id: str) -> Job | None:
    with reading(here.engine) as connection:
        return job_by_id(connection, job_id)


def _own(here: Service, actor: Actor, job_id: str) -> Job:
    job = _read(here, job_id)
    if job is None or job.asked_by != actor.user_id:
        raise Problem(404, "unknown_job")
    return job


def _newest(job: Job) -> tuple[float, str]:
    return -job.asked_at.timestamp(), job.job_id
