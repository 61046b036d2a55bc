"""A time limit: a choice that keeps every limit, bounds that hold, and no claim of proof."""

import numpy as np
import pytest
from hypothesis import given

from optimiser.problem import Problem
from optimiser.solve import lexicographic
from optimiser.solve.deadline import Deadline
from optimiser.solve.lexicographic import solve
from optimiser.solve.mip import OutOfTime
from optimiser.solve.repair import repaired

from ..made import SEEDS, examples
from .problems import all_choices, best_by_enumeration, faults, random_problem, worths


def made_problem(seed: int) -> Problem:
    return random_problem(np.random.default_rng(seed), 5, 3, 10, 4, knapsack=bool(seed % 2))


def test_deadline_counts_down_and_stops_at_nothing() -> None:
    assert Deadline().left() is None
    assert not Deadline().passed()
    assert Deadline(0.0).left() == 0.0
    assert Deadline(0.0).passed()
    left = Deadline(60.0).left()
    assert left is not None
    assert 0 < left <= 60


@pytest.mark.parametrize(
    ("limit", "engines"), [(0.2, 0.1), (0.5, 0.25), (1.0, 0.8), (4.0, 4.0), (20.0, 20.0)]
)
def test_short_limit_leaves_time_to_finish(limit: float, engines: float) -> None:
    assert Deadline.for_answer(limit).seconds == pytest.approx(engines)


def test_no_limit_is_none_for_engines_either() -> None:
    assert Deadline.for_answer(None).seconds is None


@given(SEEDS)
@examples(80)
def test_no_time_gives_a_choice_that_keeps_every_limit_and_true_bounds(seed: int) -> None:
    problem = made_problem(seed)
    solution = solve(problem, Deadline(0.0))
    assert faults(problem, solution.chosen) == []
    assert solution.values == worths(problem, solution.chosen)
    assert all(v <= b for v, b in zip(solution.values, solution.bounds, strict=True))
    choices = list(all_choices(problem))
    for goal, bound in zip(problem.goals, solution.bounds, strict=True):
        assert max(int(goal[choice].sum()) for choice in choices) <= bound
    assert solution.values <= best_by_enumeration(problem)
    assert not solution.optimal


@pytest.mark.parametrize("stop_at", range(1, 7))
def test_time_that_runs_out_on_the_way(stop_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever goal the walk is at, what it has then is mended and its bounds hold."""
    for seed in range(25):
        problem = made_problem(seed)
        deadline = Deadline()
        asked: list[bool] = []

        def passed(_: Deadline, asked: list[bool] = asked) -> bool:
            asked.append(True)
            return len(asked) > stop_at

        with monkeypatch.context() as patch:
            patch.setattr(Deadline, "passed", passed)
            solution = solve(problem, deadline)
        assert faults(problem, solution.chosen) == []
        assert all(v <= b for v, b in zip(solution.values, solution.bounds, strict=True))
        best = best_by_enumeration(problem)
        assert solution.values <= best
        if solution.optimal:
            assert solution.values == best


def test_integer_programme_out_of_time_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise OutOfTime("too late")

    monkeypatch.setattr(lexicographic, "best_with_sides", late)
    statuses = []
    for seed in range(1, 60, 2):
        problem = made_problem(seed)
        solution = solve(problem)
        assert faults(problem, solution.chosen) == []
        assert all(v <= b for v, b in zip(solution.values, solution.bounds, strict=True))
        statuses.append(solution.optimal)
    assert set(statuses) == {True, False}


@given(SEEDS)
@examples(80)
def test_any_choice_is_mended_by_letting_go(seed: int) -> None:
    problem = made_problem(seed)
    luck = np.random.default_rng(seed)
    one_each = np.zeros(len(problem.seeker), dtype=bool)
    one_each[np.unique(problem.seeker, return_index=True)[1]] = True
    wild = one_each & (luck.random(len(one_each)) < 0.8)
    kept = repaired(problem, wild)
    assert kept is not None
    assert faults(problem, kept) == []
    assert not (kept & ~wild).any()
    if not faults(problem, wild):
        assert (kept == wild).all()
