"""A time limit: when to stop and give the best found."""

import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Deadline:
    """A number of seconds from now, or no limit when None. The clock only stops a run, never steers it."""

    seconds: float | None = None
    started: float = field(default_factory=time.monotonic)

    def left(self) -> float | None:
        """Seconds left, at least 0; None without a limit."""
        return None if self.seconds is None else max(0.0, self.started + self.seconds - time.monotonic())

    def passed(self) -> bool:
        """Whether the limit is reached."""
        return self.left() == 0.0
