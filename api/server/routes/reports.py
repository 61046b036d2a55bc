"""The monthly report: made as a job, fetched as a PDF or a workbook by the one who asked for it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, Field

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
from api.texts import Language
from api.usecases.problems import UserError
from api.usecases.reports.content import month_of
from api.usecases.reports.monthly import look_up_month
from api.usecases.work import Work
from models.database import reading
from models.jobs import Job, JobState, KeptFile
from models.store.files import file_by_id
from models.store.jobs import jobs_of

router = APIRouter(prefix="/reports", tags=["counts"])
Reporting = Annotated[Actor, needs("report.run")]
ReportId = Annotated[str, Path(max_length=200)]
REPORT = "report"
FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}},
    404: {},
}


class NewReport(BaseModel):
    """Which month, as 2026-01, and in which language."""

    month: Annotated[str, Field(pattern=r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-01"])]
    language: Language = "sv"


class ReportOut(BaseModel):
    """A report, and the kinds of file that can be fetched."""

    report_id: str
    state: JobState
    asked_at: datetime
    month: str
    language: str
    kinds: list[str]


@router.post("", status_code=202)
def make_report(
    body: NewReport, request: Request, response: Response, actor: Reporting, here: Here, once: OnceOnly
) -> JobOut:
    """Have the report of a month made: a job."""
    month, day = month_of(body.month), here.as_of()
    asked = {"month": month.isoformat(), "language": body.language, "as_of": day.isoformat()}

    def ask(work: Work) -> Job:
        look_up_month(work.connection, month, day)
        return ask_for(work, REPORT, asked)

    return taken_on(once, actor, request, response, ask)


@router.get("")
def list_reports(actor: Reporting, here: Here, limit: Limit = 50, cursor: Cursor = None) -> Page[ReportOut]:
    """List one's own reports, newest first."""
    with reading(here.engine) as connection:
        found = sorted(jobs_of(connection, actor.user_id, REPORT), key=_newest)
    rows, following = page_of(found, _newest, cursor, limit)
    return Page(items=[_out(job) for job in rows], total=len(found), next=following)


@router.get("/{report_id}/{kind}", responses=FILE, response_class=Response)
def fetch_report(report_id: ReportId, kind: Literal["pdf", "xlsx"], actor: Reporting, here: Here) -> Response:
    """Fetch a report as a PDF or a workbook; that it was fetched is recorded."""
    file = looked(here, actor, lambda work: _file(work, report_id, kind))
    return Response(
        file.content,
        media_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{file.name}"',
            "Cache-Control": "no-store",
        },
    )


def _file(work: Work, report_id: str, kind: str) -> KeptFile:
    try:
        job = own_job(work, report_id)
    except UserError:
        raise Problem(404, "unknown_report") from None
    file = None
    if job.kind == REPORT and job.result is not None:
        file = file_by_id(work.connection, job.result["files"][kind])
    if file is None or file.owner != work.actor.user_id:
        raise Problem(404, "unknown_report")
    work.record("report.fetched", "file", file.file_id, bytes=len(file.content))
    return file


def _out(job: Job) -> ReportOut:
    return ReportOut(
        report_id=job.job_id,
        state=job.state,
        asked_at=job.asked_at,
        month=date.fromisoformat(job.parameters["month"]).isoformat()[:7],
        language=job.parameters["language"],
        kinds=sorted((job.result or {}).get("files", ())),
    )


def _newest(job: Job) -> tuple[float, str]:
    return -job.asked_at.timestamp(), job.job_id
