"""Exports: files made of what the person may see, and fetched."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.jobs.asking import ask_for, own_job
from api.server.desk import looked
from api.server.job_bodies import JobOut
from api.server.jobs import taken_on
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.service import Here
from api.usecases.cities import ExportFormat
from api.usecases.problems import UserError
from api.usecases.work import Work
from models.database import reading
from models.jobs import Job, JobState, KeptFile
from models.store.files import file_by_id
from models.store.jobs import jobs_of

router = APIRouter(tags=["files"])

Exporter = Annotated[Actor, needs("export.run")]
ExportId = Annotated[str, Path(max_length=200)]
EXPORT = "export"


class NewExport(BaseModel):
    """How the file is to be: CSV in English or as Swedish spreadsheets expect it, in a zip, or a workbook."""

    format: ExportFormat = "xlsx"


class ExportOut(BaseModel):
    """An export, and whether its file can be fetched."""

    export_id: str
    state: JobState
    asked_at: datetime
    name: str | None
    bytes: int | None
    rows: dict[str, int]


@router.post("/exports", status_code=202)
def make_export(
    body: NewExport, request: Request, response: Response, actor: Exporter, once: OnceOnly
) -> JobOut:
    """Have a file made of the households that the person may see, and the whole stock: a job."""
    asked = {"format": body.format}
    return taken_on(once, actor, request, response, lambda work: ask_for(work, EXPORT, asked))


@router.get("/exports")
def list_exports(actor: Exporter, here: Here, limit: Limit = 50, cursor: Cursor = None) -> Page[ExportOut]:
    """List one's own exports, newest first."""
    with reading(here.engine) as connection:
        found = sorted(jobs_of(connection, actor.user_id, EXPORT), key=_newest)
    rows, following = page_of(found, _newest, cursor, limit)
    return Page(items=[_export(job) for job in rows], total=len(found), next=following)


@router.get(
    "/exports/{export_id}/file",
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}, 404: {}},
    response_class=Response,
)
def fetch_export(export_id: ExportId, actor: Exporter, here: Here) -> Response:
    """Fetch the file of an export; that it was fetched is recorded."""
    file = looked(here, actor, lambda work: _file(work, export_id))
    return Response(
        file.content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "no-store",
        },
    )


def _file(work: Work, export_id: str) -> KeptFile:
    try:
        job = own_job(work, export_id)
    except UserError:
        raise Problem(404, "unknown_export") from None
    file = None
    # Made for who the asker was then: in another role or unit its cases may not be theirs to see.
    same = (job.asked_role, job.asked_unit) == (work.actor.role, work.actor.unit)
    if job.kind == EXPORT and same and job.result is not None:
        file = file_by_id(work.connection, job.result["file_id"])
    if file is None or file.owner != work.actor.user_id:
        raise Problem(404, "unknown_export")
    work.record("export.fetched", "file", file.file_id, bytes=len(file.content))
    return file


def _export(job: Job) -> ExportOut:
    result = job.result or {}
    return ExportOut(
        export_id=job.job_id,
        state=job.state,
        asked_at=job.asked_at,
        name=result.get("name"),
        bytes=result.get("bytes"),
        rows=result.get("rows", {}),
    )


def _newest(job: Job) -> tuple[float, str]:
    return -job.asked_at.timestamp(), job.job_id
