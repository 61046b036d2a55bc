"""What the service writes about its work: JSON lines on standard error, and no word about a person.

A line holds ids that mean nothing outside the service, templates of routes, figures and names of types. What
was sent, asked for or answered never stands in it, nor the message of a fault: it may quote any of them.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import structlog

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "models", "optimiser", "scenarios")
LEVELS = {logging.CRITICAL: "critical", logging.ERROR: "error", logging.WARNING: "warning"}


class Log:
    """The service's log."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._logger: Any = structlog.wrap_logger(
            structlog.WriteLogger(stream or sys.stderr),
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        )

    def say(self, level: str, event: str, **facts: str | int | float | list[str] | None) -> None:
        """Write one line."""
        getattr(self._logger, level)(event, **facts)

    def fault(self, error: BaseException, **facts: str | int | None) -> None:
        """Write down that something unforeseen happened: which types of error, and where in our code."""
        self.say("error", "fault", **facts, kinds=kinds(error), frames=frames(error))


def kinds(error: BaseException) -> list[str]:
    """Type of an error, and of those behind it."""
    return [type(one).__name__ for one in _behind(error)]


def frames(error: BaseException) -> list[str]:
    """Where in our own code an error passed, outermost first, as `api/server/app.py:33`."""
    found: list[str] = []
    for one in _behind(error):
        for frame, line in traceback.walk_tb(one.__traceback__):
            place = own_place(frame.f_code.co_filename)
            if place is not None:
                found.append(f"{place}:{line}")
    return list(dict.fromkeys(found))


def own_place(file: str) -> str | None:
    """A file of ours as it stands in the project; None for others'."""
    path = Path(file)
    if not path.is_relative_to(ROOT):
        return None
    inner = path.relative_to(ROOT)
    return inner.as_posix() if inner.parts[0] in ROOMS else None


def _behind(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    rest = [error]
    while rest:
        one = rest.pop(0)
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        if isinstance(one, BaseExceptionGroup):
            rest.extend(one.exceptions)
        rest.extend(other for other in (one.__cause__, one.__context__) if other is not None)


class LibraryLines(logging.Handler):
    """What libraries say, without their words: which one, where in it, and the type of an error."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write that a library said something."""
        error = record.exc_info[1] if record.exc_info else None
        self.log.say(
            LEVELS.get(record.levelno, "warning"),
            "library",
            name=record.name,
            where=f"{record.filename}:{record.lineno}",
            kinds=kinds(error) if error else None,
            frames=frames(error) if error else None,
        )


def take_over(log: Log) -> None:
    """Let everything that this process would write about its work pass through the log."""
    logging.basicConfig(handlers=[LibraryLines(log)], level=logging.WARNING, force=True)
    logging.captureWarnings(True)

    def in_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            log.fault(told.exc_value)

    def unraisable(told: "sys.UnraisableHookArgs") -> None:
        if told.exc_value is not None:
            log.fault(told.exc_value)

    threading.excepthook = in_thread
    sys.unraisablehook = unraisable
