"""Jobs: long work that somebody asked for, done by a worker and kept with its result; and their files."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UTCDateTime

from models.access import Role
from models.columns import Code
from models.encryption import ClosedBytes

IF_ANY = JSON(none_as_null=True)


class JobState(StrEnum):
    """Where a job stands; the last three are its ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)
"""States in which nothing more happens."""


class Job(SQLModel):
    """Long work asked for by one person.

    Attributes
    ----------
    kind
        What is to be done: the name of a module in `api/jobs/kinds`.
    asked_by, asked_role, asked_unit
        Who asked, in what role and for what unit: a job is done with that person's eyes.
    parameters
        What was asked, in ids and codes.
    done, total
        How far it has come, in units of the kind; None before that is known.
    partial
        First figures while the rest is being worked out.
    result
        What came out, in ids and counts; also of a job that was stopped, where something was kept.
    problem
        Why it failed: status, key of a sentence and its words.
    attempts
        How many workers have taken it up.
    stop_asked
        Whether the asker wants it to end.
    version
        Counts every change, from 1; the number of an event.
    """

    job_id: str = Field(min_length=1)
    kind: str = Field(min_length=1)
    state: JobState = Field(default=JobState.QUEUED, sa_type=Code(JobState))
    asked_by: str = Field(min_length=1)
    asked_role: Role = Field(sa_type=Code(Role))
    asked_unit: str | None = None
    asked_at: datetime = Field(sa_type=UTCDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    parameters: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    done: int | None = Field(default=None, ge=0)
    total: int | None = Field(default=None, ge=0)
    partial: dict[str, Any] | None = Field(default=None, sa_type=IF_ANY)
    result: dict[str, Any] | None = Field(default=None, sa_type=IF_ANY)
    problem: dict[str, Any] | None = Field(default=None, sa_type=IF_ANY)
    attempts: int = Field(default=0, ge=0)
    stop_asked: bool = False
    version: int = Field(default=1, ge=1)

    @property
    def ended(self) -> bool:
        """Whether nothing more happens."""
        return self.state in ENDED


class KeptFile(SQLModel):
    """A file that a job is given or gives: encrypted at rest, and kept no longer than it is needed.

    Attributes
    ----------
    owner
        Who may read it: the person who sent it or asked for it.
    job_id
        The job that made it; None for one that was sent in.
    """

    file_id: str = Field(min_length=1)
    owner: str = Field(min_length=1)
    job_id: str | None = None
    name: str = Field(min_length=1)
    media_type: str = Field(min_length=1)
    kept_at: datetime = Field(sa_type=UTCDateTime)
    content: bytes = Field(sa_type=ClosedBytes)
