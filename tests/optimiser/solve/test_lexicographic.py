"""The goals strictly in order: all three engines, against HiGHS and against enumeration."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given

from optimiser.problem import Problem
from optimiser.solve import lexicographic
from optimiser.solve.lexicographic import solve

from ..made import SEEDS, examples
from .problems import (
    best_by_enumeration,
    best_by_milp,
    choice_count,
    faults,
    plain_problem,
    random_problem,
    side,
    worths,
)

ENGINES: Counter[str] = Counter()


def made_problem(seed: int) -> Problem:
    """A problem of 2 to 24 seekers; one in three with knapsack-like sides."""
    luck = np.random.default_rng(seed)
    n, m, k = (int(luck.integers(low, high)) for low, high in ((2, 25), (1, 8), (1, 90)))
    return random_problem(luck, n, m, k, int(luck.integers(0, 6)), knapsack=seed % 3 == 0)


def check_against_highs(problem: Problem) -> str:
    solution = solve(problem)
    assert faults(problem, solution.chosen) == []
    assert solution.values == worths(problem, solution.chosen)
    assert solution.values == solution.bounds
    assert solution.optimal
    known = len(problem.goals) - 1
    assert solution.values[:known] == best_by_milp(problem, known)
    return solution.engine


@given(SEEDS)
@examples(300)
def test_values_are_those_of_highs(seed: int) -> None:
    ENGINES[check_against_highs(made_problem(seed))] += 1


def test_each_engine_was_needed() -> None:
    if not ENGINES:
        ENGINES.update(check_against_highs(made_problem(seed)) for seed in range(60))
    assert min(ENGINES[engine] for engine in ("flow", "flow+prices", "flow+mip")) > 0


@given(SEEDS)
@examples(150)
def test_tiny_problems_enumerated_down_to_the_tie_break(seed: int) -> None:
    luck = np.random.default_rng(seed)
    problem = random_problem(luck, 5, 3, 9, 3, knapsack=bool(seed % 2))
    solution = solve(problem)
    assert choice_count(problem) <= 4**5
    assert solution.values == best_by_enumeration(problem)
    assert solution.optimal


def test_no_pairs_and_no_seekers() -> None:
    for problem in (plain_problem([], [[]], [3]), plain_problem([], [[], []], [])):
        solution = solve(problem)
        assert solution.values == solution.bounds == (0,) * len(problem.goals)
        assert solution.optimal


def test_a_higher_goal_is_never_traded_for_a_lower() -> None:
    problem = plain_problem([(0, 0), (1, 0)], [[1, 0], [0, 1000]], [1])
    assert solve(problem).values == (1, 0)


def test_gap_is_closed_by_solving_the_goal_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three pairs that pairwise exclude each other: prices prove one and a half, whole choices reach one."""
    sought: list[int] = []
    first_gap = lexicographic._Walk._first_gap

    def watched(walk: lexicographic._Walk, *arguments: object) -> int:
        sought.append(first_gap(walk, *arguments))  # type: ignore[arg-type]
        return sought[-1]

    monkeypatch.setattr(lexicographic._Walk, "_first_gap", watched)
    apart = tuple(side([a, b], [1, 1], 1) for a, b in ((0, 1), (0, 2), (1, 2)))
    goals = [[0, 0, 0], [2, 2, 2], [5, 7, 6]]
    solution = solve(plain_problem([(0, 0), (1, 1), (2, 2)], goals, [1, 1, 1], sides=apart))
    assert (solution.values, solution.bounds) == ((0, 2, 7), (0, 2, 7))
    assert (solution.engine, solution.optimal) == ("flow+mip", True)
    assert sought[0] == 1


@pytest.mark.slow
def test_values_are_those_of_highs_on_thousands() -> None:
    engines = Counter(check_against_highs(made_problem(seed)) for seed in range(4000))
    assert min(engines[engine] for engine in ("flow", "flow+prices", "flow+mip")) > 100
