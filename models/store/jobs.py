"""Jobs at rest: asked for, claimed by one worker at a time, told of, ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, func, insert, or_, select, update
from sqlmodel import SQLModel

from models.database import reading, writing
from models.jobs import ENDED, Job, JobState
from models.tables import JobRecord

_jobs = SQLModel.metadata.tables[str(JobRecord.__tablename__)]
_columns = [_jobs.c[name] for name in Job.model_fields]

MOST_ATTEMPTS = 3
"""So many workers try a job; then it is given up."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on a job: it lasts until another worker has taken the job up."""

    job_id: str
    worker: str
    attempt: int


@contextmanager
def telling(engine: Engine) -> Iterator[Connection]:
    """A short transaction on jobs alone: on PostgreSQL it does not wait for those who write the city."""
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            yield connection
    else:
        with engine.begin() as connection:
            yield connection


def add_job(connection: Connection, job: Job) -> None:
    """Keep a new job."""
    connection.execute(insert(_jobs).values({name: getattr(job, name) for name in Job.model_fields}))


def job_by_id(connection: Connection, job_id: str) -> Job | None:
    """A job by its id."""
    row = connection.execute(select(*_columns).where(_jobs.c.job_id == job_id)).mappings().first()
    return None if row is None else Job.model_construct(**row)


def jobs_of(connection: Connection, user_id: str, kind: str | None = None) -> list[Job]:
    """A person's jobs, newest first."""
    wanted = select(*_columns).where(_jobs.c.asked_by == user_id)
    if kind is not None:
        wanted = wanted.where(_jobs.c.kind == kind)
    found = connection.execute(wanted.order_by(_jobs.c.asked_at.desc(), _jobs.c.job_id.desc())).mappings()
    return [Job.model_construct(**row) for row in found]


def jobs_of_kind(connection: Connection, kind: str, state: JobState) -> list[Job]:
    """Everybody's jobs of a kind in a state."""
    wanted = select(*_columns).where(_jobs.c.kind == kind, _jobs.c.state == state)
    return [Job.model_construct(**row) for row in connection.execute(wanted).mappings()]


def under_way(connection: Connection, user_id: str) -> int:
    """How many of a person's jobs have not ended."""
    open_ = select(func.count()).where(_jobs.c.asked_by == user_id, _jobs.c.state.not_in(ENDED))
    return int(connection.execute(open_).scalar_one())


def job_counts(engine: Engine) -> dict[str, int]:
    """How many jobs there are in each state."""
    with reading(engine) as connection:
        found = connection.execute(select(_jobs.c.state, func.count()).group_by(_jobs.c.state)).all()
    return {str(state): 0 for state in JobState} | {str(state): int(number) for state, number in found}


def anything_to_do(connection: Connection, silent_since: datetime) -> bool:
    """Whether a job waits, or its worker has not been heard of since a moment."""
    return connection.execute(select(_jobs.c.job_id).where(_free(silent_since)).limit(1)).first() is not None


def claim(
    connection: Connection, worker: str, now: datetime, silent_since: datetime
) -> tuple[Job, Claim] | None:
    """Take up the job that has waited longest, in one statement: no other worker gets it too.

    Parameters
    ----------
    silent_since
        A job under way whose worker has not been heard of since then is free to be taken up again.
    """
    longest = (
        select(_jobs.c.job_id)
        .where(_free(silent_since), _jobs.c.attempts < MOST_ATTEMPTS)
        .order_by(_jobs.c.asked_at, _jobs.c.job_id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    taken = (
        update(_jobs)
        .where(_jobs.c.job_id == longest)
        .values(
            state=JobState.RUNNING,
            worker=worker,
            beat_at=now,
            started_at=func.coalesce(_jobs.c.started_at, now),
            attempts=_jobs.c.attempts + 1,
            version=_jobs.c.version + 1,
        )
        .returning(*_columns)
    )
    row = connection.execute(taken).mappings().first()
    if row is None:
        return None
    job = Job.model_construct(**row)
    return job, Claim(job.job_id, worker, job.attempts)


def give_up(connection: Connection, now: datetime, silent_since: datetime, problem: dict[str, Any]) -> int:
    """End as failed the jobs that have been tried often enough; how many they are."""
    lost = (_free(silent_since), _jobs.c.attempts >= MOST_ATTEMPTS)
    return _change(connection, lost, state=JobState.FAILED, problem=problem, **_at_the_end(now))


def tell(connection: Connection, held: Claim, now: datetime, **changes: Any) -> bool | None:
    """Let a job's worker be heard of, with how far it has come; whether the asker wants it to end.

    None when another worker has taken the job up, or it has ended.
    """
    if changes:
        changes["version"] = _jobs.c.version + 1
    told = update(_jobs).where(*_by(held)).values(beat_at=now, **changes).returning(_jobs.c.stop_asked)
    stop = connection.execute(told).scalar()
    return None if stop is None else bool(stop)


def keep_result(connection: Connection, held: Claim, result: dict[str, Any]) -> bool:
    """Keep what came out, in the transaction that made it so; False when the job is another worker's now."""
    return _change(connection, _by(held), result=result) == 1


def stop_is_asked(connection: Connection, held: Claim) -> bool:
    """Whether the asker wants a job to end; from here on to the end of the transaction nobody can ask it."""
    asked = select(_jobs.c.stop_asked).where(*_by(held)).with_for_update()
    return bool(connection.execute(asked).scalar())


def end_job(
    connection: Connection,
    held: Claim,
    now: datetime,
    state: JobState,
    result: dict[str, Any] | None = None,
    problem: dict[str, Any] | None = None,
) -> bool:
    """End a job; False when it is another worker's now."""
    return (
        _change(connection, _by(held), state=state, result=result, problem=problem, **_at_the_end(now)) == 1
    )


def put_back(connection: Connection, held: Claim) -> bool:
    """Let a job wait again as if it had not been taken up; False when it is another worker's now."""
    changes = {"worker": None, "beat_at": None, "done": None, "total": None, "partial": None}
    return _change(connection, _by(held), state=JobState.QUEUED, attempts=held.attempt - 1, **changes) == 1


def ask_to_stop(connection: Connection, job_id: str, now: datetime) -> None:
    """Ask a job to end; one that nobody has taken up yet ends at once."""
    waiting = (_jobs.c.job_id == job_id, _jobs.c.state == JobState.QUEUED)
    if not _change(connection, waiting, state=JobState.CANCELLED, stop_asked=True, **_at_the_end(now)):
        running = (_jobs.c.job_id == job_id, _jobs.c.state == JobState.RUNNING)
        _change(connection, (*running, _jobs.c.stop_asked.is_(False)), stop_asked=True)


def _free(silent_since: datetime) -> Any:
    silent = and_(_jobs.c.state == JobState.RUNNING, _jobs.c.beat_at < silent_since)
    return or_(_jobs.c.state == JobState.QUEUED, silent)


def _by(held: Claim) -> tuple[Any, ...]:
    return (
        _jobs.c.job_id == held.job_id,
        _jobs.c.worker == held.worker,
        _jobs.c.attempts == held.attempt,
        _jobs.c.state == JobState.RUNNING,
    )


def _at_the_end(now: datetime) -> dict[str, Any]:
    return {"ended_at": now, "worker": None, "beat_at": None, "partial": None}


def _change(connection: Connection, which: tuple[Any, ...], **changes: Any) -> int:
    done = connection.execute(update(_jobs).where(*which).values(version=_jobs.c.version + 1, **changes))
    return done.rowcount
