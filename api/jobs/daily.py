"""What is due once a day: the first worker to notice asks for it, and one of them does it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from api.usecases.tidying import SYSTEM
from models.database import reading
from models.jobs import Job
from models.store.jobs import add_job, job_by_id, telling

KIND = "upkeep"
LOOK = timedelta(minutes=1)


class Daily:
    """Asks for the day's upkeep, once a day whatever the number of workers."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.clock = clock
        self._done: date | None = None
        self._looked: datetime | None = None

    def __call__(self) -> None:
        """Ask if it is due."""
        now = self.clock()
        if self._done == now.date() or (self._looked is not None and now - self._looked < LOOK):
            return
        self._looked = now
        job = Job(
            job_id=f"{KIND}-{now.date()}",
            kind=KIND,
            asked_by=SYSTEM.user_id,
            asked_role=SYSTEM.role,
            asked_at=now,
            parameters={},
        )
        with reading(self.engine) as connection:
            known = job_by_id(connection, job.job_id) is not None
        if not known:
            # Another worker may ask at the same moment.
            with suppress(IntegrityError), telling(self.engine) as connection:
                add_job(connection, job)
        self._done = now.date()
