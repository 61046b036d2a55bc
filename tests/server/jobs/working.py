"""A worker in the test's own process, and kinds of jobs that do next to nothing."""

from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest

from api.jobs import worker
from api.jobs.asking import ask_for
from api.jobs.worker import Worker
from api.server.logs import Log
from api.usecases.signing_in import actor_of
from api.usecases.work import working_for
from models.database import reading
from models.jobs import Job
from models.store.jobs import job_by_id
from tests.server.conftest import Served

Headers = dict[str, str]


def a_worker(served: Served, **how: float) -> Worker:
    return Worker(served.engine, served.clock, Log(StringIO()), **how)


def work_off(served: Served) -> int:
    """Do every job that waits; how many they were."""
    one, done = a_worker(served), 0
    while one.work_once():
        done += 1
    return done


def asked(served: Served, headers: Headers, kind: str, **parameters: Any) -> Job:
    """A job asked for by the person whose headers they are."""
    token = headers["Authorization"].removeprefix("Bearer ")
    actor = actor_of(served.engine, served.settings.secret.get_secret_value(), token, served.clock())
    with working_for(served.engine, actor, served.clock()) as work:
        return ask_for(work, kind, parameters)


def stored(served: Served, job_id: str) -> Job:
    with reading(served.engine) as connection:
        job = job_by_id(connection, job_id)
    assert job is not None
    return job


def do_instead(monkeypatch: pytest.MonkeyPatch, run: Callable[..., dict[str, Any]]) -> None:
    """Let every job do something else."""
    monkeypatch.setattr(worker, "run_of", lambda _kind: run)
