"""A job acts for the person who asked: with that one's eyes, and under that one's name in the record."""

from datetime import datetime

from sqlalchemy import Connection

from api.access.actor import Actor
from api.usecases.work import Work
from models.jobs import Job


def actor_of_job(job: Job) -> Actor:
    """The person who asked for a job, as far as access is concerned."""
    return Actor(job.asked_by, job.asked_role, job.asked_unit, f"job {job.job_id}", job.asked_at.date())


def work_of_job(job: Job, connection: Connection, now: datetime) -> Work:
    """A unit of work for the person who asked, in a transaction that the job has open."""
    return Work(connection, actor_of_job(job), now)
