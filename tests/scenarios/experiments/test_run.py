"""Experiments give the same numbers whoever does the work, and do nothing twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.dataset import Dataset
from scenarios.experiments.backends.base import Backend
from scenarios.experiments.backends.here import OneProcess
from scenarios.experiments.backends.processes import Processes
from scenarios.experiments.experiment import Experiment
from scenarios.experiments.problems import WorkersLost
from scenarios.experiments.run import run_experiment
from scenarios.experiments.task import Simulate, tasks_in_order

from .toy import (
    AS_OF,
    TOY,
    WEEKS,
    assumptions,
    reform,
    toy_that_always_kills,
    toy_that_fails,
    toy_that_kills,
)

SCENARIOS = (("baseline", reform("baseline")), ("less", reform("less", 0.9)))


def run(
    replications: int = 4,
    backend: Backend | None = None,
    simulate: Simulate = TOY,
    seed: int = 1,
    flag: Path | None = None,
    **options: object,
) -> Experiment:
    return run_experiment(
        Dataset(),
        AS_OF,
        SCENARIOS,
        assumptions(flag),
        WEEKS,
        replications,
        seed,
        backend=backend,
        simulate=simulate,
        **options,  # type: ignore[arg-type]
    )


def numbers_of(experiment: Experiment) -> dict[tuple[str, int], tuple[bytes, str]]:
    """The bytes of every weekly array; totals as text, so that two NaNs are alike."""
    return {
        (arm.name, number): (result.weekly.tobytes(), str(dict(result.totals)))
        for arm in experiment.arms
        for number, result in arm.results.items()
    }


def test_every_replication_is_there() -> None:
    found = run(3)
    assert (found.done, found.asked, found.complete) == (6, 6, True)
    assert [arm.name for arm in found.arms] == ["baseline", "less"]
    assert [arm.numbers for arm in found.arms] == [(0, 1, 2)] * 2


def test_the_first_of_every_scenario_comes_first() -> None:
    assert list(tasks_in_order(3, 2)) == [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]


def test_another_seed_gives_other_numbers() -> None:
    assert numbers_of(run()) == numbers_of(run())
    assert numbers_of(run()) != numbers_of(run(seed=2))


def test_more_replications_keep_the_earlier_ones() -> None:
    few, many = numbers_of(run(2)), numbers_of(run(5))
    assert few == {key: many[key] for key in few}


def test_processes_give_the_same_bytes() -> None:
    assert numbers_of(run(6, Processes(2))) == numbers_of(run(6))


def test_a_killed_process_costs_no_results(tmp_path: Path) -> None:
    found = run(6, Processes(2), toy_that_kills, flag=tmp_path / "killed")
    assert (tmp_path / "killed").exists()
    assert numbers_of(found) == numbers_of(run(6))


@pytest.mark.slow
def test_processes_that_always_die_do_not_hang() -> None:
    shelf: dict[str, bytes] = {}
    with pytest.raises(WorkersLost, match="workers_killed"):
        run(3, Processes(2), toy_that_always_kills, keep=shelf)
    assert len(shelf) >= 1


def test_finished_replications_are_not_done_again() -> None:
    shelf: dict[str, bytes] = {}
    first = run(2, keep=shelf)
    assert len(shelf) == 4
    counted = Counting()
    again = run(3, counted, keep=shelf)
    assert counted.tasks == [(0, 2), (1, 2)]
    assert len(shelf) == 6
    assert numbers_of(first).items() <= numbers_of(again).items()
    assert numbers_of(again) == numbers_of(run(3))


def test_what_does_the_same_is_done_once() -> None:
    counted = Counting()
    scenarios = (*SCENARIOS, ("nothing", reform("nothing")), ("less again", reform("less again", 0.9)))
    found = run_experiment(
        Dataset(), AS_OF, scenarios, assumptions(), WEEKS, 2, 1, backend=counted, simulate=TOY
    )
    assert counted.tasks == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert found.complete
    baseline, less, nothing, again = (arm.results[1].weekly.tobytes() for arm in found.arms)
    assert (nothing, again) == (baseline, less)


@pytest.mark.parametrize("change", [{"seed": 2}, {"moves": 4}])
def test_other_questions_do_not_take_kept_answers(change: dict[str, object]) -> None:
    shelf: dict[str, bytes] = {}
    run(1, keep=shelf)
    run(1, keep=shelf, **change)  # type: ignore[arg-type]
    assert len(shelf) == 4


class Counting:
    """This process, noting what it is given to do."""

    def __init__(self) -> None:
        self.tasks: list[tuple[int, int]] = []

    def run(self, setup: object, tasks: list[tuple[int, int]]) -> Iterator[object]:
        self.tasks += [tuple(task) for task in tasks]  # type: ignore[misc]
        yield from OneProcess().run(setup, tasks)  # type: ignore[arg-type]


def test_progress_is_told_from_the_first() -> None:
    told: list[tuple[int, int]] = []
    run(2, progress=lambda so_far: told.append((so_far.done, so_far.asked)))
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("backend", [OneProcess(), Processes(2)], ids=["one", "many"])
def test_cancel_stops_between_tasks_and_keeps_what_is_finished(backend: Backend) -> None:
    shelf: dict[str, bytes] = {}
    found = run(20, backend, keep=shelf, cancel=lambda: len(shelf) >= 3)
    assert found.done == 3
    assert not found.complete
    assert len(shelf) == 3
    assert run(20, keep=shelf).complete


def test_cancelled_before_it_began() -> None:
    assert run(cancel=lambda: True).done == 0


@pytest.mark.parametrize(
    ("scenarios", "weeks", "replications", "words"),
    [
        (SCENARIOS, 0, 1, "from 1"),
        (SCENARIOS, WEEKS, 0, "from 1"),
        (SCENARIOS[1:], WEEKS, 1, "the first scenario is baseline"),
        ((), WEEKS, 1, "the first scenario is baseline"),
        (SCENARIOS, WEEKS + 1, 1, "compiled for 26 weeks"),
    ],
)
def test_nonsense_is_refused(scenarios: object, weeks: int, replications: int, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        run_experiment(Dataset(), AS_OF, scenarios, assumptions(), weeks, replications, 1, simulate=TOY)  # type: ignore[arg-type]


@pytest.mark.parametrize("backend", [OneProcess(), Processes(2)], ids=["one", "many"])
def test_a_failing_replication_stops_the_work(backend: Backend) -> None:
    shelf: dict[str, bytes] = {}
    with pytest.raises(ArithmeticError, match="change in stock"):
        run(3, backend, toy_that_fails, keep=shelf)
    assert 1 <= len(shelf) <= 2


def test_lost_workers_name_their_sentence() -> None:
    assert WorkersLost("no_workers").key == "no_workers"
