"""A time limit, and a word from outside: when to stop and give the best found."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

OVERTIME = 0.05
"""Part of a time limit that may be spent beyond it on an answer: on any plan at all, and on its bounds."""

LEAST_OVERTIME = 1.0
"""Seconds of it at least, where a run was stopped before its time."""

AT_ONCE = 30.0
"""Seconds at most in an engine that hears nothing until it is done, where a run may be stopped."""


FINISH = 0.3
"""Seconds, for a city, from the last word of an engine to a checked answer with its bounds."""

LATE = 0.1
"""Part of a time limit that a run may be late with its answer."""


class Stop:
    """Somebody's word that a run shall end now; said from any thread, once and for good."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: list[Callable[[], object]] = []
        self.at: float | None = None

    def now(self) -> None:
        """Say it: every engine that hears it stops."""
        with self._lock:
            if self.at is not None:
                return
            self.at = time.monotonic()
            calls = list(self._calls)
        for call in calls:
            call()

    @contextmanager
    def heard_by(self, call: Callable[[], object]) -> Iterator[None]:
        """Have something called, when it is said before the end of the block."""
        with self._lock:
            self._calls.append(call)
            said = self.at is not None
        if said:
            call()
        try:
            yield
        finally:
            with self._lock:
                self._calls.remove(call)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A number of seconds from now, or no limit when None; and whoever may stop the run before.

    The clock only stops a run, never steers it.
    """

    seconds: float | None = None
    started: float = field(default_factory=time.monotonic)
    stop: Stop | None = None

    @property
    def may_come(self) -> bool:
        """Whether the run may have to end before all is proved."""
        return self.seconds is not None or self.stop is not None

    def left(self) -> float | None:
        """Seconds left, at least 0; None without a limit."""
        if self._stopped_at() is not None:
            return 0.0
        return None if self.seconds is None else max(0.0, self.started + self.seconds - time.monotonic())

    def left_at_once(self) -> float | None:
        """As `left`, for an engine that hears nothing until it is done."""
        left = self.left()
        if self.stop is None:
            return left
        return AT_ONCE if left is None else min(left, AT_ONCE)

    @classmethod
    def for_answer(cls, seconds: float | None, stop: Stop | None = None) -> "Deadline":
        """A deadline of engines that leaves time to finish: the answer is late by a tenth at most.

        So it comes before a short limit, by at most half of that, and with a long limit at the limit.
        """
        if seconds is None:
            return cls(None, stop=stop)
        return cls(max(seconds / 2, min(seconds, (1 + LATE) * seconds - FINISH)), stop=stop)

    def overtime(self) -> "Deadline":
        """The same start and a little longer: for what still has to be worked out when time is up."""
        stopped = self._stopped_at()
        if stopped is not None:
            allowed = stopped - self.started
            return Deadline(allowed + max(LEAST_OVERTIME, OVERTIME * allowed), self.started)
        return Deadline(None if self.seconds is None else (1 + OVERTIME) * self.seconds, self.started)

    def extra(self) -> "Deadline":
        """A little time from now on, for any plan at all."""
        if self._stopped_at() is not None:
            return Deadline(LEAST_OVERTIME)
        return Deadline(OVERTIME * (self.seconds or 0.0))

    def passed(self) -> bool:
        """Whether the limit is reached."""
        return self.left() == 0.0

    def _stopped_at(self) -> float | None:
        return None if self.stop is None else self.stop.at
