"""`import_check`: a parcel looked through; nothing is written."""

from typing import Any

from sqlalchemy import Engine

from api.access.visibility import reach_of
from api.jobs.acting import actor_of_job
from api.jobs.files import parcel_of, without_place
from api.jobs.progress import Progress
from api.usecases.files.preview import told
from models.exchange import import_folder
from models.jobs import Job


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Look through every row; what it would change, or every fault, telling nothing of others' cases."""
    progress.say(0, 1)
    with parcel_of(engine, job) as (unpacked, day), without_place(unpacked):
        report = import_folder(
            engine,
            unpacked.path,
            day,
            dry_run=True,
            quarantine=job.parameters["quarantine"],
            reach=reach_of(actor_of_job(job)),
            going_on=progress.go_on,
        )
    progress.go_on()
    return told(report)
