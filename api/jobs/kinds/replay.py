"""`replay`: a stored run solved again from what it was given."""

from typing import Any

from sqlalchemy import Engine

from api.jobs.progress import Progress
from api.usecases.replaying import replay
from models.jobs import Job


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Replay a run; what differs, in names of parts and versions."""
    progress.say(0, 1)
    return replay(engine, job.parameters["run_id"], progress.look_up).as_data()
