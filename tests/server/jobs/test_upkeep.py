"""The day's upkeep: asked for once a day whatever the number of workers, and done like any job."""

from datetime import timedelta

import pytest

from api.jobs.daily import Daily
from models.database import reading
from models.jobs import JobState
from models.store.audit import entries
from models.store.jobs import jobs_of_kind
from models.store.snapshots import snapshots
from tests.server.conftest import Served

from .working import work_off


@pytest.fixture(autouse=True)
def environment(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEMVIST_SECRET", served.settings.secret.get_secret_value())
    monkeypatch.setenv("HEMVIST_KEYS", served.settings.keys.get_secret_value())


def waiting(served: Served) -> list[str]:
    with reading(served.engine) as connection:
        return sorted(job.job_id for job in jobs_of_kind(connection, "upkeep", JobState.QUEUED))


def test_several_workers_ask_for_one(served: Served) -> None:
    workers = [Daily(served.engine, served.clock) for _ in range(3)]
    for _ in range(2):
        for due in workers:
            due()
    assert waiting(served) == ["upkeep-2026-01-15"]
    served.clock.pass_by(days=1)
    for due in workers:
        due()
    assert waiting(served) == ["upkeep-2026-01-15", "upkeep-2026-01-16"]


def test_within_a_minute_nobody_looks_twice(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[str] = []
    monkeypatch.setattr("api.jobs.daily.job_by_id", lambda _connection, job_id: looks.append(job_id) or True)
    due = Daily(served.engine, served.clock)
    due()
    served.clock.now += timedelta(days=1)
    due()
    due()
    assert looks == ["upkeep-2026-01-15", "upkeep-2026-01-16"]


def test_it_goes_the_round_and_takes_the_figures(served: Served) -> None:
    Daily(served.engine, served.clock)()
    assert work_off(served) == 1
    with reading(served.engine) as connection:
        done = jobs_of_kind(connection, "upkeep", JobState.DONE)
        taken = snapshots(connection, most=10)
    assert [job.result["snapshot"] for job in done if job.result] == [True]
    assert len(taken) == 1
    assert [entry.actor for entry in entries(served.engine, action="tidy")] == ["system"]
