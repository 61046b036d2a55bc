"""Simulations that are stopped between two weeks: what was left is nothing, what was finished stands."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from api.usecases.scenario_runs.stopping import Stoppable, UntilStopped
from models.database import open_database
from models.store import read_dataset
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.experiments.backends.base import Working
from scenarios.experiments.backends.here import OneProcess
from scenarios.experiments.replication import Replication
from scenarios.experiments.task import Setup, Task, perform
from scenarios.simulation.run import simulate
from scenarios.whatif.compile import compile_reform

AS_OF = date(2026, 1, 15)
WEEKS = 6


@pytest.fixture(scope="module")
def setup(small_city_file: Path) -> Setup:
    """Six weeks of the small city as today."""
    engine = open_database(str(small_city_file))
    city = read_dataset(engine)
    engine.dispose()
    reform = compile_reform(city, AS_OF, (), WEEKS, load_policy_data())
    return Setup(city, AS_OF, (reform,), (None,), load_assumptions(None), 1, "none", simulate, "")


def alike(one: Replication, other: Replication) -> bool:
    return one.names == other.names and np.array_equal(one.weekly, other.weekly, equal_nan=True)


def test_nobody_stops_it_and_the_numbers_are_the_same(setup: Setup, tmp_path: Path) -> None:
    watched = replace(setup, simulate=UntilStopped(str(tmp_path / "stop")))
    assert alike(perform(watched, Task(0, 0)), perform(setup, Task(0, 0)))


def test_one_that_is_stopped_measures_nothing(setup: Setup, tmp_path: Path) -> None:
    sign = tmp_path / "stop"
    sign.touch()
    left = perform(replace(setup, simulate=UntilStopped(str(sign))), Task(0, 3))
    assert (left.number, left.names, left.weekly.shape) == (3, (), (0, WEEKS))


def test_what_was_finished_stands_and_the_rest_is_not_begun(setup: Setup, tmp_path: Path) -> None:
    sign = tmp_path / "stop"
    begun: list[Task] = []

    class Noting(OneProcess):
        def run(self, setup: Setup, tasks: Sequence[Task]) -> Working:
            for task in tasks:
                begun.append(task)
                yield task, perform(setup, task)

    watched = replace(setup, simulate=UntilStopped(str(sign)))
    finished = []
    with closing(Stoppable(Noting()).run(watched, [Task(0, n) for n in range(4)])) as working:
        for task, _ in working:
            finished.append(task)
            sign.touch()
    assert finished == [Task(0, 0)]
    assert begun == [Task(0, 0), Task(0, 1)]
