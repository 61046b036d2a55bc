"""Imports that are stopped on the way leave nothing behind, at whatever moment it is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.jobs.kinds import import_write
from api.jobs.progress import Progress
from models.access import Role
from models.database import reading
from models.exchange import importing
from models.jobs import Job, JobState
from models.store import read_dataset
from models.store.audit import entries, flaws
from models.store.files import file_by_id
from models.store.jobs import claim, telling
from tests.server.conftest import Served, share_with_the_city
from tests.server.jobs.working import Headers, stored, work_off

from .test_imports import URL, changed_row, city, looked_through

MINUTE = 60.0


@pytest.fixture
def coordinator(served: Served) -> Headers:
    """One to whom every case has been shared."""
    share_with_the_city(served.engine)
    return served.as_(Role.COORDINATOR)


def confirmed(served: Served, headers: Headers) -> Job:
    """An import that would change a household, ready to be written."""
    shown = looked_through(served, headers, *city(changed_row(situation="prison")))
    answer = served.client.post(f"{URL}/{shown['import_id']}/confirmation", headers=headers)
    assert answer.status_code == 202, answer.text
    return stored(served, answer.json()["job_id"])


def stop(served: Served, headers: Headers, job: Job) -> dict[str, Any]:
    answer = served.client.delete(f"/api/v1/jobs/{job.job_id}", headers=headers)
    assert answer.status_code == 202, answer.text
    told: dict[str, Any] = answer.json()
    return told


def before_its_call(number: int, act: Callable[[], object]) -> Callable[[Progress], None]:
    """`Progress.go_on`, with something done before one of its calls."""
    calls, go_on = [0], Progress.go_on

    def instead(progress: Progress) -> None:
        calls[0] += 1
        if calls[0] == number:
            act()
        go_on(progress)

    return instead


@pytest.mark.parametrize("number", [1, 5, None])
def test_stopped_before_it_is_written_nothing_is(
    served: Served, coordinator: Headers, monkeypatch: pytest.MonkeyPatch, number: int | None
) -> None:
    """Between two files; and, None, after the last look: then the transaction that would write sees it."""
    job, before = confirmed(served, coordinator), read_dataset(served.engine)
    if number is None:
        whole = importing.read_folder

        def read_folder(path: Path, going_on: Callable[[], None] | None) -> Any:
            folder = whole(path, going_on)
            stop(served, coordinator, job)
            return folder

        monkeypatch.setattr(importing, "read_folder", read_folder)
    else:
        act = before_its_call(number, lambda: stop(served, coordinator, job))
        monkeypatch.setattr(Progress, "go_on", act)
    work_off(served)
    ended = stored(served, job.job_id)
    assert (ended.state, ended.result, ended.problem) == (JobState.CANCELLED, None, None)
    assert read_dataset(served.engine) == before
    assert "import.write" not in {entry.action for entry in entries(served.engine)}
    assert flaws(served.engine) == []
    with reading(served.engine) as connection:
        assert file_by_id(connection, job.parameters["file_id"]) is not None
    monkeypatch.undo()
    again = served.client.post(f"{URL}/{import_of(served, coordinator)}/confirmation", headers=coordinator)
    work_off(served)
    assert stored(served, again.json()["job_id"]).state == JobState.DONE
    assert read_dataset(served.engine) != before


def import_of(served: Served, headers: Headers) -> str:
    (shown,) = served.client.get(URL, headers=headers).json()["items"]
    return str(shown["import_id"])


def test_a_look_that_is_stopped_says_nothing(
    served: Served, coordinator: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [("files", file) for file in city()]
    job_id = served.client.post(URL, files=parts, headers=coordinator).json()["job_id"]
    job = stored(served, job_id)
    monkeypatch.setattr(Progress, "go_on", before_its_call(3, lambda: stop(served, coordinator, job)))
    work_off(served)
    ended = stored(served, job_id)
    assert (ended.state, ended.result) == (JobState.CANCELLED, None)
    refused = served.client.post(f"{URL}/{job_id}/confirmation", headers=coordinator)
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/import_not_ready")


@pytest.mark.parametrize("killed", [False, True])
def test_what_is_written_cannot_be_stopped_any_more(
    served: Served, coordinator: Headers, killed: bool
) -> None:
    job = confirmed(served, coordinator)
    with telling(served.engine) as connection:
        taken = claim(connection, "w", served.clock(), served.clock())
    assert taken is not None
    import_write.run(served.engine, taken[0], Progress(served.engine, taken[1], served.clock))
    if killed:
        stop(served, coordinator, job)
    served.clock.pass_by(seconds=MINUTE + 1)
    work_off(served)
    assert stop(served, coordinator, job)["state"] == "done"
    ended = stored(served, job.job_id)
    assert ended.result is not None
    assert (ended.state, ended.result["written"]) == (JobState.DONE, True)
