"""Imports: files sent in are looked through before they are written."""

import hashlib
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Header, Path, Request, Response, UploadFile
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import looked
from api.server.job_bodies import JobOut
from api.server.jobs import taken_on
from api.server.needs import needs
from api.server.once import Once, OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import language_of
from api.server.service import Here
from api.texts import Language
from api.usecases.files.importing import CHECK, Sent, ask_for_look, ask_to_write, own_import
from models.database import reading
from models.days import Day
from models.jobs import Job, JobState
from models.store.jobs import jobs_of

router = APIRouter(tags=["files"])

Importer = Annotated[Actor, needs("import.run")]
ImportId = Annotated[str, Path(max_length=200)]
MOST_FILES = 20


class RowFaultOut(BaseModel):
    """A fault: file, row (the heading is 1), column, what the value looks like, and how to mend it."""

    file: str
    row: int
    column: str
    shape: str
    kind: str
    message: str
    remedy: str


class AsideOut(BaseModel):
    """A household, pool or row that would be set aside, and why."""

    kind: str
    id: str
    faults: list[RowFaultOut]


class CountsOut(BaseModel):
    """Rows of a sheet."""

    inserted: int
    updated: int
    unchanged: int


class ImportOut(BaseModel):
    """Files as they were looked through: what writing them would do, or every fault that stops it."""

    import_id: str
    state: JobState
    as_of: date
    asked_at: datetime
    ready: bool
    changes: dict[str, CountsOut]
    faults: list[RowFaultOut]
    set_aside: list[AsideOut]


@router.post("/imports", status_code=202)
def look_through(
    request: Request,
    response: Response,
    actor: Importer,
    here: Here,
    files: Annotated[list[UploadFile], File(max_length=MOST_FILES)],
    as_of: Annotated[Day | None, Form()] = None,
    quarantine: Annotated[bool, Form()] = False,
    idempotency_key: Annotated[
        str | None, Header(max_length=200, min_length=1, description="Same key, same request: done once.")
    ] = None,
) -> JobOut:
    """Have files looked through (CSV files, one zip or one workbook): a job; nothing is written yet."""
    sent = Sent([(file.filename or "", file.file.read()) for file in files], here.as_of(as_of), quarantine)
    once = Once(here, idempotency_key, _fingerprint(sent), response)
    largest = here.settings.largest_import
    return taken_on(once, actor, request, response, lambda work: ask_for_look(work, sent, largest))


@router.get("/imports")
def list_imports(
    request: Request, actor: Importer, here: Here, limit: Limit = 50, cursor: Cursor = None
) -> Page[ImportOut]:
    """List one's own imports, newest first."""
    with reading(here.engine) as connection:
        found = sorted(jobs_of(connection, actor.user_id, CHECK), key=_newest)
    rows, following = page_of(found, _newest, cursor, limit)
    language = language_of(request)
    return Page(items=[_import(job, language) for job in rows], total=len(found), next=following)


@router.get("/imports/{import_id}", responses={404: {}})
def show_import(import_id: ImportId, request: Request, actor: Importer, here: Here) -> ImportOut:
    """Show what writing the files would do, or every fault."""
    language = language_of(request)
    return looked(here, actor, lambda work: _import(own_import(work, import_id), language))


@router.post("/imports/{import_id}/confirmation", status_code=202, responses={404: {}})
def write_import(
    import_id: ImportId, request: Request, response: Response, actor: Importer, once: OnceOnly
) -> JobOut:
    """Write files that were looked through: a job; all of them are written, or nothing."""
    return taken_on(once, actor, request, response, lambda work: ask_to_write(work, import_id))


def _fingerprint(sent: Sent) -> str:
    parts = [f"{sent.as_of} {sent.quarantine}".encode()]
    for name, content in sent.files:
        parts += [name.encode(errors="replace"), hashlib.sha256(content).digest()]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def _import(job: Job, language: Language) -> ImportOut:
    result = job.result or {}
    faults = [_fault(fault, language) for fault in result.get("faults", [])]
    aside = [
        AsideOut(kind=one["kind"], id=one["id"], faults=[_fault(fault, language) for fault in one["faults"]])
        for one in result.get("set_aside", [])
    ]
    return ImportOut(
        import_id=job.job_id,
        state=job.state,
        as_of=date.fromisoformat(job.parameters["as_of"]),
        asked_at=job.asked_at,
        ready=job.state == JobState.DONE and not faults,
        changes=result.get("changes", {}),
        faults=faults,
        set_aside=aside,
    )


def _fault(fault: dict[str, Any], language: Language) -> RowFaultOut:
    told = {name: fault[name][language] for name in ("message", "remedy")}
    return RowFaultOut(**{**fault, **told})


def _newest(job: Job) -> tuple[float, str]:
    return -job.asked_at.timestamp(), job.job_id
