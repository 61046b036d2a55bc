"""`export`: the households that the asker may see, with the whole stock, as a file to fetch."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Engine

from api.jobs.acting import actor_of_job, work_of_job
from api.jobs.progress import Progress
from api.usecases.cities import filled, rows_by_sheet
from api.usecases.files.exporting import exported, seen_by
from models.database import writing
from models.jobs import Job, KeptFile
from models.store.files import keep_file


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Write the file and keep it for the asker."""
    progress.say(0, 1)
    dataset = seen_by(actor_of_job(job), filled(engine))
    name, media_type, content = exported(dataset, job.parameters["format"])
    progress.look_up()
    now, rows = progress.clock(), rows_by_sheet(dataset)
    file = KeptFile(
        file_id=uuid4().hex,
        owner=job.asked_by,
        job_id=job.job_id,
        name=name,
        media_type=media_type,
        kept_at=now,
        content=content,
    )
    result = {"file_id": file.file_id, "name": name, "bytes": len(content), "rows": rows}
    with writing(engine) as connection:
        keep_file(connection, file)
        work_of_job(job, connection, now).record("export.made", "file", file.file_id, rows=rows)
        progress.keep(connection, result)
    return result
