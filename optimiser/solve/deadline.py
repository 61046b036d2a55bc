"""A time limit: when to stop and give the best found."""

import time
from dataclasses import dataclass, field

OVERTIME = 0.05
"""Part of a time limit that may be spent beyond it on an answer: on any plan at all, and on its bounds."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A number of seconds from now, or no limit when None. The clock only stops a run, never steers it."""

    seconds: float | None = None
    started: float = field(default_factory=time.monotonic)

    def left(self) -> float | None:
        """Seconds left, at least 0; None without a limit."""
        return None if self.seconds is None else max(0.0, self.started + self.seconds - time.monotonic())

    def overtime(self) -> "Deadline":
        """The same start and a little longer: for what still has to be worked out when time is up."""
        return Deadline(None if self.seconds is None else (1 + OVERTIME) * self.seconds, self.started)

    def passed(self) -> bool:
        """Whether the limit is reached."""
        return self.left() == 0.0
