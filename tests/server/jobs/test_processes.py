"""Workers as processes: killed in the middle and taken up again, told to leave, started with the service."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import Engine

from api.access.actor import Actor
from api.jobs.asking import MOST_AT_ONCE, ask_for
from api.jobs.worker import Worker
from api.server.logs import Log
from api.usecases.demo_city import build_demo
from api.usecases.matching import run_match
from api.usecases.plans.asking import PlanAsked, parameters
from api.usecases.work import working_for
from models.access import Role, User
from models.database import open_database, reading, writing
from models.jobs import Job, JobState
from models.store import list_runs, load_run, stored_as_of
from models.store.access import add_user
from models.store.audit import entries, flaws
from models.store.jobs import job_by_id
from optimiser.limits.model import NO_LIMITS
from tests.family import children, gone
from tests.server.processes import PATIENCE, environment, serving

START = [sys.executable, "-c", "from api.cli.main import main; main()", "worker"]
ASKER = Actor("u-asker", Role.COORDINATOR, None, "-")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(params=["sqlite", "postgres"])
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Engine]]:
    """The demo city, whose plan with moves takes a worker some seconds."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'city.sqlite'}"
    else:
        fresh: Callable[[], str] = request.getfixturevalue("new_postgres")
        url = fresh()
    engine = open_database(url, PATIENCE)
    build_demo(engine)
    with writing(engine) as connection:
        user = User(user_id=ASKER.user_id, username="asker", role=ASKER.role, created_at=now())
        add_user(connection, user)
    yield url, engine
    engine.dispose()


def asked(engine: Engine) -> str:
    """A plan asked for."""
    day = stored_as_of(engine)
    assert day is not None
    with working_for(engine, ASKER, now()) as work:
        return ask_for(work, "match", parameters(PlanAsked(day, 4, 600.0, NO_LIMITS))).job_id


def job_of(engine: Engine, job_id: str) -> Job:
    with reading(engine) as connection:
        job = job_by_id(connection, job_id)
    assert job is not None
    return job


def wait_for(engine: Engine, job_id: str, *states: JobState) -> Job:
    give_up = time.monotonic() + PATIENCE
    while (job := job_of(engine, job_id)).state not in states:
        assert time.monotonic() < give_up, job
        time.sleep(0.05)
    return job


@contextmanager
def worker_process(url: str, folder: Path, **more: str) -> Iterator["subprocess.Popen[bytes]"]:
    with (folder / "worker").open("ab") as log:
        running = subprocess.Popen(
            [*START, "--db", url], cwd=folder, env=environment(**more), stdout=log, stderr=log
        )
        try:
            yield running
        finally:
            running.kill()
            running.wait()


def told(engine: Engine, run_id: int) -> dict[str, object]:
    stored = load_run(engine, run_id)
    assert stored is not None
    result = dict(stored[0].result)
    result["run"] = {name: value for name, value in result["run"].items() if name not in ("id", "seconds")}
    return result


def forget(engine: Engine) -> None:
    """Let the last worker have been silent for long."""
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "UPDATE job SET beat_at = '2020-01-01 00:00:00+00:00' WHERE state = 'running'"
        )


@pytest.mark.slow
def test_a_worker_killed_midway_is_taken_up_and_the_result_is_the_same(
    demo: tuple[str, Engine], tmp_path: Path
) -> None:
    url, engine = demo
    job_id = asked(engine)
    chance = random.Random(11)
    for attempt in (1, 2):
        with worker_process(url, tmp_path) as process:
            give_up = time.monotonic() + PATIENCE
            while job_of(engine, job_id).attempts < attempt:
                assert time.monotonic() < give_up, (tmp_path / "worker").read_text()
                time.sleep(0.02)
            time.sleep(chance.uniform(0.0, 1.5))
            process.send_signal(signal.SIGKILL)
            process.wait()
        midway = job_of(engine, job_id)
        assert (midway.state, midway.attempts) == (JobState.RUNNING, attempt)
        forget(engine)
    assert Worker(engine, now, Log(StringIO())).work_once()
    ended = job_of(engine, job_id)
    assert (ended.state, ended.attempts) == (JobState.DONE, 3)
    assert ended.result is not None
    runs = list_runs(engine)
    assert [run.id for run in runs] == [ended.result["run_id"]]
    again = run_match(engine, runs[0].as_of, 4, 600.0, now()).answer["run"]["id"]
    assert told(engine, again) == told(engine, ended.result["run_id"])
    assert flaws(engine) == []


@pytest.mark.slow
def test_a_worker_told_to_leave_puts_back_what_it_cannot_end(
    demo: tuple[str, Engine], tmp_path: Path
) -> None:
    url, engine = demo
    job_id = asked(engine)
    with worker_process(url, tmp_path, HEMVIST_GRACE_SECONDS="0") as process:
        wait_for(engine, job_id, JobState.RUNNING)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    back = job_of(engine, job_id)
    assert (back.state, back.attempts) == (JobState.QUEUED, 0)
    with worker_process(url, tmp_path, HEMVIST_GRACE_SECONDS=str(PATIENCE)) as process:
        wait_for(engine, job_id, JobState.RUNNING)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
    assert job_of(engine, job_id).state == JobState.DONE


@pytest.mark.slow
def test_the_service_starts_its_workers_and_stops_them(tmp_path: Path) -> None:
    file = tmp_path / "city.sqlite"
    engine = open_database(str(file), PATIENCE)
    build_demo(engine)
    job_id = asked(engine)
    with serving(tmp_path, file, HEMVIST_WORKERS="2") as process:
        wait_for(engine, job_id, JobState.DONE)
        process.told_to_stop()
        assert process.ended() == 0
    lines = [json.loads(line) for line in (tmp_path / "err").read_text().splitlines()]
    assert [line["id"] for line in lines if line["event"] == "job"] == [job_id]
    assert lines[-1]["event"] == "stopped"
    engine.dispose()


@pytest.mark.slow
def test_workers_leave_when_their_service_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "city.sqlite"
    engine = open_database(str(file), PATIENCE)
    build_demo(engine)
    with serving(tmp_path, file, HEMVIST_WORKERS="1") as process:
        wait_for(engine, asked(engine), JobState.DONE)
        workers = children(process.running.pid, "api.jobs.process")
        assert workers
        process.running.send_signal(signal.SIGKILL)
        process.running.wait()
        assert all(gone(worker) for worker in workers)
    late = asked(engine)
    assert job_of(engine, late).state == JobState.QUEUED
    engine.dispose()


@pytest.mark.slow
def test_several_workers_share_the_jobs_and_do_each_once(demo: tuple[str, Engine], tmp_path: Path) -> None:
    url, engine = demo
    with working_for(engine, ASKER, now()) as work:
        wanted = [ask_for(work, "export", {"format": "csv"}).job_id for _ in range(MOST_AT_ONCE)]
    keys = environment()["HEMVIST_KEYS"]
    with ExitStack() as under_way:
        for _ in range(3):
            under_way.enter_context(worker_process(url, tmp_path, HEMVIST_KEYS=keys))
        ended = [wait_for(engine, job_id, JobState.DONE, JobState.FAILED) for job_id in wanted]
    assert {(job.state, job.attempts) for job in ended} == {(JobState.DONE, 1)}
    made = [entry.subject_id for entry in entries(engine, most=1000) if entry.action == "export.made"]
    assert sorted(made) == sorted(str((job.result or {})["file_id"]) for job in ended)
    assert flaws(engine) == []
