"""What each kind of job does: a module each, with `run(engine, job, progress) -> dict`."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from sqlalchemy import Engine

from api.jobs.progress import Progress
from models.jobs import Job

Run = Callable[[Engine, Job, Progress], dict[str, Any]]
KINDS = (
    "match",
    "replay",
    "simulate",
    "capacity",
    "import_check",
    "import_write",
    "export",
    "waits",
    "report",
    "upkeep",
)
"""Names of the modules; each is read when the first job of its kind is done."""


class UnknownKind(Exception):
    """A job of a kind that this version does not know."""


def run_of(kind: str) -> Run:
    """What is done for a kind of job.

    Raises
    ------
    UnknownKind
        When there is none.
    """
    if kind not in KINDS:
        raise UnknownKind(kind)
    run: Run = import_module(f"api.jobs.kinds.{kind}").run
    return run
