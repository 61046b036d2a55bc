"""Asking for a job, and asking it to stop."""

from typing import Any
from uuid import uuid4

from api.usecases.problems import UserError
from api.usecases.work import Work
from models.jobs import Job
from models.store.jobs import add_job, ask_to_stop, job_by_id, under_way

MOST_AT_ONCE = 20
"""So many jobs of one person may wait or run."""


class TooManyJobs(Exception):
    """The person has as many jobs under way as anybody may have."""


def ask_for(work: Work, kind: str, parameters: dict[str, Any]) -> Job:
    """Ask for a job, on behalf of the person whose unit of work it is.

    Parameters
    ----------
    kind
        The name of a module in `api/jobs/kinds`.
    parameters
        Ids and codes; they can be read by the one who asked, and by nobody else.

    Raises
    ------
    TooManyJobs
        When the person's earlier jobs have to end first.
    """
    if under_way(work.connection, work.actor.user_id) >= MOST_AT_ONCE:
        raise TooManyJobs
    job = Job(
        job_id=uuid4().hex,
        kind=kind,
        asked_by=work.actor.user_id,
        asked_role=work.actor.role,
        asked_unit=work.actor.unit,
        asked_at=work.now,
        parameters=parameters,
    )
    add_job(work.connection, job)
    work.record("job.ask", "job", job.job_id, job=kind)
    return job


def stop(work: Work, job_id: str) -> Job:
    """Ask one's own job to stop; one that waits ends at once, one that has ended stays as it is.

    Raises
    ------
    UserError
        When there is no such job, or it is another's: nobody is told which.
    """
    job = own_job(work, job_id)
    if not job.ended:
        ask_to_stop(work.connection, job_id, work.now)
        work.record("job.stop", "job", job_id, job=job.kind)
    return own_job(work, job_id)


def own_job(work: Work, job_id: str) -> Job:
    """A job of the person's own.

    Raises
    ------
    UserError
        When there is no such job, or it is another's.
    """
    job = job_by_id(work.connection, job_id)
    if job is None or job.asked_by != work.actor.user_id:
        raise UserError("unknown_job")
    return job
