"""A Dask cluster gives the same numbers, and a killed worker costs time, not results."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scenarios.experiments.backends import cluster
from scenarios.experiments.backends.cluster import Cluster
from scenarios.experiments.problems import WorkersLost

from .test_run import numbers_of, run
from .toy import toy_that_always_kills, toy_that_kills

distributed = pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Any]:
    """A scheduler with two worker processes on this machine; killed ones are started anew."""
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as started:
        yield started


def test_a_cluster_gives_the_same_bytes(two_workers: Any) -> None:
    assert numbers_of(run(6, Cluster(two_workers.scheduler_address))) == numbers_of(run(6))


def test_a_killed_worker_costs_no_results(two_workers: Any, tmp_path: Path) -> None:
    flag = tmp_path / "killed"
    found = run(8, Cluster(two_workers.scheduler_address), toy_that_kills, flag=flag)
    assert flag.exists()
    assert found.complete
    assert numbers_of(found) == numbers_of(run(8))


def test_cancel_leaves_the_cluster_free(two_workers: Any) -> None:
    shelf: dict[str, bytes] = {}
    found = run(20, Cluster(two_workers.scheduler_address), keep=shelf, cancel=lambda: len(shelf) >= 3)
    assert found.done == 3
    with distributed.Client(two_workers) as client:
        client.run_on_scheduler(no_tasks_left)


def no_tasks_left(dask_scheduler: Any) -> None:
    left = [key for key in dask_scheduler.tasks if str(key).startswith("hemvist")]
    assert left == []


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_TO_FIND", 0.2)
    for address in ("tcp://127.0.0.1:9", "nonsense"):
        with pytest.raises(WorkersLost, match="no_scheduler"):
            run(1, Cluster(address))


def test_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS_WITHOUT_WORKERS", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, processes=True, dashboard_address=None) as empty,
        pytest.raises(WorkersLost, match="no_workers"),
    ):
        run(1, Cluster(empty.scheduler_address))


def test_workers_that_always_die(two_workers: Any) -> None:
    with pytest.raises(WorkersLost, match="workers_killed"):
        run(2, Cluster(two_workers.scheduler_address), toy_that_always_kills)
