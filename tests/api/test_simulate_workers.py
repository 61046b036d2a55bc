"""`simulate`: who does the work, what is stopped midway, and what is kept of it."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from api.usecases import simulating
from api.usecases.simulating import Asked, backend_for, run_simulation
from models.database import open_database
from models.store import list_experiments
from scenarios.experiments.backends.cluster import Cluster
from scenarios.experiments.backends.here import OneProcess
from scenarios.experiments.backends.processes import Processes
from tests.api.conftest import DAY, Command
from tests.api.simulated import SHORT, comparable


@pytest.mark.parametrize(
    ("asked", "arms", "backend"),
    [
        ({"weeks": 260, "replications": 20, "processes": 4}, 2, Processes(4)),
        ({"weeks": 260, "replications": 1, "processes": 4}, 2, Processes(2)),
        ({"weeks": 260, "replications": 20, "processes": 1}, 2, OneProcess()),
        ({"weeks": 10, "replications": 2}, 2, OneProcess()),
        ({"weeks": 260, "replications": 20, "scheduler": "tcp://a:1"}, 2, Cluster("tcp://a:1")),
    ],
)
def test_who_does_the_work(asked: dict[str, Any], arms: int, backend: object) -> None:
    assert backend_for(Asked((), seed=1, moves="none", **asked), arms) == backend


def test_a_scheduler_that_does_not_answer(small_city: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr("scenarios.experiments.backends.cluster.SECONDS_TO_FIND", 0.2)
    said = small_city("simulate", "--weeks", "2", "--replications", "1", "--scheduler", "nonsens", *DAY)
    assert (said.status, said.out) == (2, "")
    assert "Ingen schemaläggare svarar" in said.err


@pytest.mark.slow
def test_a_cluster_gives_the_same_answer(small_city: Command, small_city_file: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    other = tmp_path / "other.sqlite"
    shutil.copyfile(small_city_file, other)
    told = ("simulate", "arrivals_plus_20", "--weeks", "6", "--replications", "3", *DAY, "--json", "-")
    alone = small_city(*told, "--processes", "1").data
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        there = small_city(*told, "--scheduler", cluster.scheduler_address, "--db", str(other)).data
    assert comparable(there) == comparable(alone)


def test_stopped_midway_it_goes_on_from_there(small_city: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(OneProcess):
        def run(self, setup: Any, tasks: Any) -> Any:
            yield from super().run(setup, tasks[:1])
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(simulating, "backend_for", lambda *_given: Stopped())
        said = small_city("simulate", *SHORT)
        assert said.status == 130
        assert "samma kommando fortsätter därifrån" in said.err
    done: list[Any] = []

    class Counted(OneProcess):
        def run(self, setup: Any, tasks: Any) -> Any:
            done.extend(tasks)
            yield from super().run(setup, tasks)

    monkeypatch.setattr(simulating, "backend_for", lambda *_given: Counted())
    assert small_city("simulate", *SHORT).status == 0
    assert done == [(0, 1)]


def test_a_cancelled_simulation_is_not_stored(small_city: Command, database: Path) -> None:
    engine = open_database(str(database))
    asked = Asked(("arrivals_plus_20",), 3, 2, 1, "none")
    done: list[int] = []
    found = run_simulation(
        engine,
        date(2026, 1, 15),
        asked,
        datetime.now(UTC),
        progress=lambda so_far: done.append(so_far.done),
        cancel=lambda: done[-1] >= 2,
    )
    assert (done, found.answer["id"]) == ([0, 1, 2], None)
    assert [entry["finished"] for entry in found.answer["scenarios"]] == [1, 1]
    assert list_experiments(engine) == ()
    whole = run_simulation(
        engine, date(2026, 1, 15), asked, datetime.now(UTC), progress=lambda so_far: done.append(so_far.done)
    )
    assert done[3:] == [2, 3, 4]
    assert whole.answer["id"] == 1
    engine.dispose()
