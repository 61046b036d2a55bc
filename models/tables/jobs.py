"""Tables of jobs and of their files."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field, UTCDateTime

from models.columns import Code
from models.jobs import Job, JobState, KeptFile
from models.tables.base import checks_of


class JobRecord(Job, table=True):
    """A job at rest, with the worker that has it and when that one was last heard of."""

    __tablename__ = "job"
    __table_args__ = (
        *checks_of(Job),
        CheckConstraint(
            "(state IN ('done', 'failed', 'cancelled')) = (ended_at IS NOT NULL)", name="ended_at_some_time"
        ),
        CheckConstraint("(state = 'failed') = (problem IS NOT NULL)", name="failed_for_a_reason"),
        CheckConstraint("(state = 'running') = (worker IS NOT NULL)", name="run_by_a_worker"),
        CheckConstraint("(worker IS NULL) = (beat_at IS NULL)", name="worker_heard_of"),
    )

    job_id: str = Field(primary_key=True, min_length=1)
    asked_by: str = Field(min_length=1, index=True)
    state: JobState = Field(default=JobState.QUEUED, sa_type=Code(JobState), index=True)
    worker: str | None = None
    beat_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class FileRecord(KeptFile, table=True):
    """A file at rest, encrypted."""

    __tablename__ = "kept_file"
    __table_args__ = checks_of(KeptFile)

    file_id: str = Field(primary_key=True, min_length=1)
    job_id: str | None = Field(default=None, foreign_key="job.job_id", ondelete="CASCADE", index=True)
