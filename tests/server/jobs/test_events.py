"""A job followed as it is done: events in order, taken up again where they were left, and an end."""

import json
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import Engine

from api.jobs.progress import Progress
from api.server.routes import jobs
from models.access import Role
from models.jobs import Job
from tests.server.conftest import Served

from .working import Headers, asked, do_instead, stored, work_off

URL = "/api/v1/jobs/{}/events"


@pytest.fixture
def planner(served: Served) -> Headers:
    return served.as_(Role.PLANNER)


def events_of(served: Served, job_id: str, headers: Headers) -> list[tuple[int, str, dict[str, Any]]]:
    found = []
    with served.client.stream("GET", URL.format(job_id), headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        text = "".join(answer.iter_text())
    for block in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if lines:
            found.append((int(lines["id"]), lines["event"], json.loads(lines["data"])))
    return found


def test_events_come_in_order_and_end(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LOOK_SECONDS", 0.01)
    started = Event()

    def counted(_engine: Engine, _job: Job, progress: Progress) -> dict[str, Any]:
        assert started.wait(20)
        for number in range(1, 6):
            progress.say(number, 5, {"so_far": number})
        return {"sum": 15}

    do_instead(monkeypatch, counted)
    job = asked(served, planner, "match")
    thread = Thread(target=work_off, args=(served,))
    thread.start()
    started.set()
    found = events_of(served, job.job_id, planner)
    thread.join()
    numbers = [number for number, _, _ in found]
    assert numbers == sorted(set(numbers))
    assert [name for _, name, _ in found[:-1]] == ["progress"] * (len(found) - 1)
    number, name, last = found[-1]
    assert (name, last["state"], last["result"]) == ("end", "done", {"sum": 15})
    assert number == stored(served, job.job_id).version
    told = [event["done"] for _, _, event in found if event["done"] is not None]
    assert told == sorted(told)


def test_a_reader_that_comes_back_gets_the_end_alone(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_instead(monkeypatch, lambda *_: {"sum": 15})
    job = asked(served, planner, "match")
    work_off(served)
    version = stored(served, job.job_id).version
    for seen in ("0", str(version), "no number", "9" * 20):
        found = events_of(served, job.job_id, planner | {"Last-Event-ID": seen})
        assert [(number, name) for number, name, _ in found] == [(version, "end")]


def test_a_service_that_closes_ends_the_stream(
    served: Served, planner: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = asked(served, planner, "match")
    monkeypatch.setattr(served.client.app.state, "closing", True)  # type: ignore[attr-defined]
    found = events_of(served, job.job_id, planner)
    assert [(name, event["state"]) for _, name, event in found] == [("progress", "queued")]
