"""`match`: a run, stored and standing as a draft plan; stopped, it keeps the best found with its bound."""

from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine

from api.jobs.acting import work_of_job
from api.jobs.progress import Cancelled, Progress
from api.usecases.matching import limits_like, run_match
from api.usecases.offers.publishing import draft
from models.jobs import Job
from models.runs import RunStatus
from optimiser.limits.told import limits_read
from optimiser.solve.deadline import Stop


def run(engine: Engine, job: Job, progress: Progress) -> dict[str, Any]:
    """Match the city and let the run stand as a draft.

    Raises
    ------
    Cancelled
        When it was stopped before the best was proved; the best so far stands all the same.
    """
    asked, stop = job.parameters, Stop()
    progress.when_stopped(stop.now)
    limits = limits_like(engine, limits_read(asked["limits"]), asked["like"])
    finished = run_match(
        engine,
        date.fromisoformat(asked["as_of"]),
        asked["moves"],
        asked["time_limit"],
        progress.clock(),
        limits,
        stop,
        partial(_keep, job, progress),
        beside=True,
    )
    about = finished.answer["run"]
    result = told(about["id"], finished.answer)
    if stop.at is not None and about["status"] != RunStatus.OPTIMAL:
        raise Cancelled(result)
    return result


def told(run_id: int, answer: dict[str, Any]) -> dict[str, Any]:
    """What the job tells of a run."""
    about = answer["run"]
    return {
        "run_id": run_id,
        "status": about["status"],
        "goals": about["goals"],
        "proposals": len(answer["proposals"]),
        "unmatched": len(answer["unmatched"]),
    }


def _keep(job: Job, progress: Progress, connection: Connection, run_id: int, answer: dict[str, Any]) -> None:
    draft(work_of_job(job, connection, progress.clock()), run_id)
    progress.keep(connection, told(run_id, answer))
