"""A worker: takes up one job after the other, lets itself be heard of, and ends each with what came of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic, perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine

from api.jobs.kinds import run_of
from api.jobs.progress import Cancelled, Progress, TakenOver
from api.jobs.told import LOST, OURS, TOO_LONG, WITHDRAWN, told
from api.server.logs import Log
from models.database import reading
from models.jobs import Job, JobState
from models.problems import DatabaseProblem
from models.store.access import user_by
from models.store.jobs import Claim, anything_to_do, claim, end_job, give_up, telling

BEAT_SECONDS = 2.0
SILENT_SECONDS = 60.0
"""A worker that has not been heard of for so long is gone, and its job is taken up again."""

LOOK_SECONDS = 0.3
"""Time between two looks for work."""

HOUR = 3600.0
LONGEST = 2 * HOUR
LONGEST_OF_KIND = {"simulate": 12 * HOUR, "capacity": 12 * HOUR, "waits": 12 * HOUR}
"""Seconds that a job may go on before it ends as failed; simulations of a large city take their time."""

WHOLE = frozenset({"import_write"})
"""Kinds that are done whole or not at all: once the result is kept, it is too late to stop them."""


class Worker:
    """One worker on a database; several, on any number of machines, never take the same job."""

    def __init__(
        self,
        engine: Engine,
        clock: Callable[[], datetime],
        log: Log,
        silent_seconds: float = SILENT_SECONDS,
        beat_seconds: float = BEAT_SECONDS,
        daily: Callable[[], None] | None = None,
    ) -> None:
        self.name = uuid4().hex
        self.engine = engine
        self.clock = clock
        self.log = log
        self.silent = timedelta(seconds=silent_seconds)
        self.beat_seconds = beat_seconds
        self.daily = daily
        self.held: Claim | None = None

    def work_until(self, leaving: Event) -> None:
        """Do jobs until told to leave; the one under way is ended first."""
        while not leaving.is_set():
            try:
                if self.daily is not None:
                    self.daily()
                worked = self.work_once()
            except DatabaseProblem as away:
                self.log.fault(away)
                worked = False
            if not worked:
                leaving.wait(LOOK_SECONDS)

    def work_once(self) -> bool:
        """Take up a job and do it; False when there is none."""
        now = self.clock()
        with reading(self.engine) as connection:
            if not anything_to_do(connection, now - self.silent):
                return False
        with telling(self.engine) as connection:
            give_up(connection, now, now - self.silent, LOST)
            taken = claim(connection, self.name, now, now - self.silent)
        if taken is None:
            return False
        job, self.held = taken
        try:
            self._do(job, self.held)
        finally:
            self.held = None
        return True

    def _do(self, job: Job, held: Claim) -> None:
        began = perf_counter()
        progress = Progress(self.engine, held, self.clock)
        with self._heard_of(progress, LONGEST_OF_KIND.get(job.kind, LONGEST)):
            state, result, problem = self._outcome(job, progress)
        if state is None:
            return
        with telling(self.engine) as connection:
            ended = end_job(connection, held, self.clock(), state, result, problem)
        seconds = round(perf_counter() - began, 3)
        outcome = str(state) if ended else "taken over"
        self.log.say("info", "job", id=job.job_id, kind=job.kind, outcome=outcome, seconds=seconds)

    def _outcome(
        self, job: Job, progress: Progress
    ) -> tuple[JobState | None, dict[str, Any] | None, dict[str, Any] | None]:
        """How a job ends: its state, its result and its problem; no state when it is another worker's."""
        if job.result is not None:
            # The worker before this one kept the result and was gone before it could end the job.
            stopped = job.stop_asked and job.kind not in WHOLE
            return JobState.CANCELLED if stopped else JobState.DONE, job.result, None
        if job.stop_asked:
            return JobState.CANCELLED, None, None
        try:
            if not self._still_may(job):
                return JobState.FAILED, None, WITHDRAWN
            return JobState.DONE, run_of(job.kind)(self.engine, job, progress), None
        except Cancelled as stopped:
            return JobState.CANCELLED, stopped.kept, None
        except TakenOver:
            return None, None, None
        except Exception as error:  # the one place of a worker that answers for anything unforeseen
            problem = told(error)
            if problem is None:
                self.log.fault(error)
                problem = {"status": OURS, "key": "ours"}
            return JobState.FAILED, None, problem

    def _still_may(self, job: Job) -> bool:
        """Whether who asked is still the one that asked: with an open account, in the same role and unit."""
        with reading(self.engine) as connection:
            user = user_by(connection, user_id=job.asked_by)
        asked_as = job.asked_role, job.asked_unit
        return user is None or (user.active and (user.role, user.unit) == asked_as)

    def _break_off(self, progress: Progress) -> None:
        """End a job that has gone on for too long; what it does still is not kept."""
        with telling(self.engine) as connection:
            end_job(connection, progress.held, self.clock(), JobState.FAILED, None, TOO_LONG)
        progress.give_up()
        self.log.say("warning", "job", id=progress.held.job_id, outcome="took too long")

    @contextmanager
    def _heard_of(self, progress: Progress, longest: float) -> Iterator[None]:
        over, began = Event(), monotonic()

        def beat() -> None:
            while not over.wait(self.beat_seconds):
                try:
                    if monotonic() - began > longest:
                        self._break_off(progress)
                        return
                    progress.beat()
                except DatabaseProblem as away:
                    # The next beat may get through; if none does, another worker takes the job up.
                    self.log.fault(away)

        thread = Thread(target=beat, name="beat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()
