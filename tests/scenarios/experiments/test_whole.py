"""Experiments with the simulation itself: the same bytes from one process, many, and a cluster."""

from collections.abc import Sequence
from typing import Any

import pytest

from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.experiments.backends.base import Backend
from scenarios.experiments.backends.cluster import Cluster
from scenarios.experiments.backends.processes import Processes
from scenarios.experiments.experiment import Experiment
from scenarios.experiments.run import run_experiment
from scenarios.simulation.measures import MEASURES
from scenarios.whatif.compile import compile_reform
from scenarios.whatif.load import find_scenarios

from .test_run import numbers_of

WEEKS = 8
pytestmark = pytest.mark.slow


def simulated(
    names: Sequence[str], replications: int, backend: Backend | None = None, **options: Any
) -> Experiment:
    """Scenarios of the library simulated on the demo city."""
    city, policy = build_demo_city(), load_policy_data()
    stacks = [("baseline", ()), *((name, find_scenarios([name])) for name in names)]
    reforms = [(name, compile_reform(city, DEMO_AS_OF, stack, WEEKS, policy)) for name, stack in stacks]
    return run_experiment(
        city, DEMO_AS_OF, reforms, load_assumptions(), WEEKS, replications, 1, backend=backend, **options
    )


@pytest.fixture(scope="module")
def alone() -> Experiment:
    """What one process finds."""
    return simulated(["hvilan_closes", "matching_scarcity_priced"], 2)


def test_many_processes_find_the_same(alone: Experiment) -> None:
    names = ["hvilan_closes", "matching_scarcity_priced"]
    assert numbers_of(simulated(names, 2, Processes(2))) == numbers_of(alone)


def test_a_cluster_finds_the_same(alone: Experiment) -> None:
    distributed = pytest.importorskip("distributed")
    names = ["hvilan_closes", "matching_scarcity_priced"]
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster:
        assert numbers_of(simulated(names, 2, Cluster(cluster.scheduler_address))) == numbers_of(alone)


def test_every_measure_is_told_of_every_arm(alone: Experiment) -> None:
    for arm in alone.arms:
        assert set(MEASURES) <= set(arm.names)
        assert set(arm.names) <= set(arm.total_names)
        assert arm.names == alone.baseline.names
