"""`import_write`: a parcel written, all of it together with its record and the job's result, or nothing."""

from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine

from api.access.visibility import reach_of
from api.jobs.acting import actor_of_job, work_of_job
from api.jobs.files import parcel_of, without_place
from api.jobs.progress import Progress
from api.usecases.files.preview import told
from models.exchange import ImportReport, import_folder
from models.jobs import Job
from models.store.files import remove_file

MOST_NAMED = 500
"""Cases named in the record of one import; of a larger one the count is kept, and its file's id."""


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Write every row, or none: faults that have come up since it was looked through refuse the whole.

    Stopped before its last row is written it leaves nothing behind; afterwards it is too late.
    """
    progress.say(0, 1)
    with parcel_of(engine, job) as (unpacked, day), without_place(unpacked):
        report = import_folder(
            engine,
            unpacked.path,
            day,
            quarantine=job.parameters["quarantine"],
            along=partial(_keep, job, progress),
            reach=reach_of(actor_of_job(job)),
            going_on=progress.go_on,
        )
    return told(report)


def _keep(job: Job, progress: Progress, connection: Connection, report: ImportReport) -> None:
    changed = {sheet: [c.inserted, c.updated] for sheet, c in report.changes.items()}
    work = work_of_job(job, connection, progress.clock())
    work.record(
        "import.write",
        "file",
        job.parameters["file_id"],
        changed=changed,
        cases=len(report.households),
        households=list(report.households[:MOST_NAMED]),
    )
    remove_file(connection, job.parameters["file_id"])
    progress.keep_whole(connection, told(report))
