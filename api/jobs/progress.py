"""What a job tells while it is under way, and what it is told: to go on, to stop, or that it is another's."""

from collections.abc import Callable
from datetime import datetime
from threading import Event, Lock
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine

from models.store.jobs import Claim, keep_result, stop_is_asked, telling
from models.store.jobs import tell as tell_store

EVERY = 0.25
"""Seconds between two lines about the same job; what comes faster is not written."""


class Cancelled(Exception):
    """The asker wants the job to end.

    Attributes
    ----------
    kept
        What there is to keep of it, as its result.
    """

    def __init__(self, kept: dict[str, Any] | None = None) -> None:
        super().__init__("stopped by the asker")
        self.kept = kept


class TakenOver(Exception):
    """Another worker has taken the job up, or it has ended: nothing more may be written for it here."""


class Progress:
    """How a job is doing, for those who wait for it."""

    def __init__(self, engine: Engine, held: Claim, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.held = held
        self.clock = clock
        self.stopping = Event()
        self.lost = Event()
        self._when_stopped: list[Callable[[], None]] = []
        self._lock = Lock()
        self._written = 0.0

    def say(self, done: int, total: int | None = None, partial: dict[str, Any] | None = None) -> None:
        """Tell how far the job has come, with first figures if there are any.

        Raises
        ------
        Cancelled
            When the asker has stopped it.
        TakenOver
            When another worker has it now.
        """
        self.note(done, total, partial)
        self.look_up()

    def note(self, done: int, total: int | None = None, partial: dict[str, Any] | None = None) -> None:
        """As `say`, for a job that goes on when it is stopped, to keep what it has."""
        if partial is None and done != total and monotonic() - self._written < EVERY:
            return
        self._written = monotonic()
        changes: dict[str, Any] = {"done": done, "total": total}
        if partial is not None:
            changes["partial"] = partial
        self._tell(changes)

    def beat(self) -> None:
        """Let it be known that the job is still worked on."""
        self._tell({})

    def go_on(self) -> None:
        """Let the job be heard of, and raise `Cancelled` or `TakenOver` when it is not to go on."""
        self.beat()
        self.look_up()

    def give_up(self) -> None:
        """Let the job know that nothing more may be written for it: it has ended without it."""
        self._set(self.lost)

    def look_up(self) -> None:
        """Raise `Cancelled` or `TakenOver` when the job is not to go on."""
        if self.lost.is_set():
            raise TakenOver
        if self.stopping.is_set():
            raise Cancelled

    def when_stopped(self, call: Callable[[], None]) -> None:
        """Have something called, from another thread, once the job is not to go on; at once if it is so."""
        with self._lock:
            self._when_stopped.append(call)
            told = self.stopping.is_set() or self.lost.is_set()
        if told:
            call()

    def keep(self, connection: Connection, result: dict[str, Any]) -> None:
        """Keep the result in the transaction that makes it so: a worker killed after it does nothing twice.

        Raises
        ------
        TakenOver
            When another worker has the job now; the transaction is not to be kept either.
        """
        if not keep_result(connection, self.held, result):
            raise TakenOver

    def keep_whole(self, connection: Connection, result: dict[str, Any]) -> None:
        """As `keep`, for a job of which nothing is to stay when it is stopped.

        Raises
        ------
        Cancelled, TakenOver
            When the job is not to go on; the transaction is not to be kept either.
        """
        if stop_is_asked(connection, self.held):
            raise Cancelled
        self.keep(connection, result)

    def _tell(self, changes: dict[str, Any]) -> None:
        with telling(self.engine) as connection:
            stop = tell_store(connection, self.held, self.clock(), **changes)
        if stop is None:
            self._set(self.lost)
        elif stop:
            self._set(self.stopping)

    def _set(self, event: Event) -> None:
        with self._lock:
            if event.is_set():
                return
            event.set()
            calls = list(self._when_stopped)
        for call in calls:
            call()
