"""`report`: the monthly report as a PDF and a workbook, kept for the asker to fetch."""

from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine

from api.jobs.acting import work_of_job
from api.jobs.progress import Progress
from api.usecases.reports.monthly import report_files, take_if_now
from models.database import writing
from models.jobs import Job, KeptFile
from models.store.files import keep_file


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Take the day's figures if the month is not over, and set the report."""
    asked = job.parameters
    month = date.fromisoformat(asked["month"])
    progress.say(0, 2)
    take_if_now(engine, month, date.fromisoformat(asked["as_of"]), progress.clock(), job.asked_by)
    progress.say(1, 2)
    made = report_files(engine, month, asked["language"])
    progress.look_up()
    now = progress.clock()
    files = [
        KeptFile(
            file_id=uuid4().hex,
            owner=job.asked_by,
            job_id=job.job_id,
            name=one.name,
            media_type=one.media_type,
            kept_at=now,
            content=one.content,
        )
        for one in made
    ]
    result = {"files": {one.name.rsplit(".", 1)[1]: one.file_id for one in files}, "month": asked["month"]}
    with writing(engine) as connection:
        for one in files:
            keep_file(connection, one)
        work_of_job(job, connection, now).record("report.made", "report", asked["month"][:7])
        progress.keep(connection, result)
    return result
