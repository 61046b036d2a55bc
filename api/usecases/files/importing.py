"""Imports over the web: a parcel is looked through, and written when somebody has seen what it would do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from api.jobs.asking import ask_for, own_job
from api.usecases.files.parcel import packed
from api.usecases.problems import UserError
from api.usecases.work import Work
from models.jobs import Job, JobState, KeptFile
from models.store.files import file_by_id, keep_file, remove_files_before

CHECK, WRITE = "import_check", "import_write"
KEPT_HOURS = 24
"""A parcel that nobody has written within a day is removed."""
MEDIA_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sends in: files by name, the day they are of, and whether faulty rows are set aside."""

    files: Sequence[tuple[str, bytes]]
    as_of: date
    quarantine: bool


def ask_for_look(work: Work, sent: Sent, largest: int) -> Job:
    """Keep what was sent and have it looked through: nothing of the city changes.

    Raises
    ------
    UserError
        When the files cannot be a dataset.
    TooManyJobs
        When the person has too much under way.
    """
    name, content = packed(sent.files)
    remove_files_before(work.connection, work.now - timedelta(hours=KEPT_HOURS))
    file = KeptFile(
        file_id=uuid4().hex,
        owner=work.actor.user_id,
        name=name,
        media_type=MEDIA_TYPE,
        kept_at=work.now,
        content=content,
    )
    keep_file(work.connection, file)
    work.record("import.look", "file", file.file_id, bytes=len(content))
    asked = {
        "file_id": file.file_id,
        "as_of": str(sent.as_of),
        "quarantine": sent.quarantine,
        "largest": largest,
    }
    return ask_for(work, CHECK, asked)


def ask_to_write(work: Work, import_id: str) -> Job:
    """Have a parcel written that has been looked through: all of it, or nothing.

    Raises
    ------
    UserError
        When there is no such import, it is not looked through yet, has faults, or its files are gone.
    TooManyJobs
        When the person has too much under way.
    """
    look = own_import(work, import_id)
    if look.state != JobState.DONE or look.result is None:
        raise UserError("import_not_ready")
    if look.result["faults"]:
        raise UserError("import_has_faults")
    if file_by_id(work.connection, look.parameters["file_id"]) is None:
        raise UserError("import_gone")
    return ask_for(work, WRITE, look.parameters)


def own_import(work: Work, import_id: str) -> Job:
    """An import of the person's own, as it was looked through.

    Raises
    ------
    UserError
        When there is none.
    """
    try:
        job = own_job(work, import_id)
    except UserError:
        raise UserError("unknown_import") from None
    if job.kind != CHECK:
        raise UserError("unknown_import")
    return job
