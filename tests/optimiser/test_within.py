"""Chains with a limit and little time: a choice that splits, and bounds that hold for it."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from optimiser import within
from optimiser.chains import split
from optimiser.matching import plan_of
from optimiser.problem import NO_HOME, Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.lexicographic import bounds_on_the_way
from optimiser.within import solve_within

from .made import SEEDS, examples
from .solve.problems import all_choices, faults, plain_problem, random_problem, worths


def splits(problem: Problem, chosen: NDArray[np.bool_], most: int) -> bool:
    """Whether a choice can be carried out in chains and cycles of at most `most`."""
    return split(plan_of(problem, chosen), problem.vacant, most) is not None


def check_stopped(problem: Problem, most: int, deadline: Deadline) -> None:
    """The choice keeps every limit; each bound holds among choices that equal it in the goals before."""
    solution, steps = solve_within(problem, most, deadline=deadline)
    assert faults(problem, solution.chosen) == []
    assert len(steps) == int(solution.chosen.sum())
    assert splits(problem, solution.chosen, most)
    kept = [worths(problem, chosen) for chosen in all_choices(problem) if splits(problem, chosen, most)]
    assert solution.values in kept
    for goal, bound in enumerate(solution.bounds):
        assert bound >= max(v[goal] for v in kept if v[:goal] == solution.values[:goal])
    if solution.optimal:
        assert solution.values == max(kept)


@given(SEEDS)
@examples(60)
def test_no_time_at_all(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 5, 4, 12, 2, homes=0.7, knapsack=bool(seed % 2))
    check_stopped(problem, 1 + seed % 3, Deadline(0.0))


@given(SEEDS)
@examples(60)
def test_chains_of_one_are_the_best_of_all_choices_of_vacant_places(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 5, 4, 12, 2, homes=0.7, knapsack=bool(seed % 2))
    solution, steps = solve_within(problem, 1)
    kept = [worths(problem, chosen) for chosen in all_choices(problem) if splits(problem, chosen, 1)]
    assert solution.values == worths(problem, solution.chosen) == max(kept)
    assert steps == split(plan_of(problem, solution.chosen), problem.vacant, 1)


@pytest.mark.parametrize("stop_at", range(1, 12))
def test_time_that_runs_out_on_the_way(stop_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is under way when time is up, between two looks at the clock."""
    for seed in range(12):
        problem = random_problem(np.random.default_rng(seed), 5, 4, 12, 2, homes=0.7, knapsack=bool(seed % 2))
        asked: list[bool] = []

        def passed(_: Deadline, asked: list[bool] = asked) -> bool:
            asked.append(True)
            return len(asked) > stop_at

        with monkeypatch.context() as patch:
            patch.setattr(Deadline, "passed", passed)
            check_stopped(problem, 1 + seed % 3, Deadline(60.0))


def test_vacant_places_are_filled_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """With no time even to look at moves, the one free place has its best taker."""
    pairs, home = [(0, 1), (1, 2), (2, 2)], [0, 1, NO_HOME]
    problem = plain_problem(pairs, [[1, 1, 1], [5, 1, 2]], [0, 0, 1], home)

    def never(*_: object) -> None:
        raise AssertionError("no time for this")

    monkeypatch.setattr(within, "_cut_short", never)
    solution, steps = solve_within(problem, 2, deadline=Deadline(0.0))
    assert (solution.chosen.tolist(), len(steps)) == ([False, False, True], 1)
    assert not solution.optimal


@pytest.mark.parametrize(
    ("walks", "bounds"),
    [
        ([[2, 9]], (2, 9)),
        ([[3, 9]], (3, 7)),
        ([[3, 4], [2, 6]], (2, 6)),
        ([[2, 6], [2, 5]], (2, 5)),
        ([], (2, 7)),
    ],
)
def test_bounds_of_a_walk_count_up_to_its_first_miss(
    walks: Sequence[Sequence[int]], bounds: tuple[int, ...]
) -> None:
    """The choice is worth 2 and 5; alone the goals are at most 2 and 7, as two free places allow."""
    problem = plain_problem([(0, 0), (1, 0), (2, 1)], [[1, 1, 1], [4, 1, 3]], [1, 1])
    assert bounds_on_the_way(problem, (2, 5), walks, Deadline()) == bounds
    loose = bounds_on_the_way(problem, (2, 5), [], Deadline(0.0))
    assert loose == (3, 8)
