"""A run that somebody stops: a choice that keeps every limit, true bounds, and no claim of proof."""

import numpy as np
from hypothesis import given

from optimiser.solve.deadline import AT_ONCE, LEAST_OVERTIME, Deadline, Stop
from optimiser.solve.lexicographic import solve

from ..made import SEEDS, examples
from .problems import best_by_enumeration, faults, random_problem, worths


def said() -> Stop:
    stop = Stop()
    stop.now()
    return stop


def test_whoever_stops_ends_a_limit_and_no_limit() -> None:
    for seconds in (None, 60.0):
        waiting = Deadline(seconds, stop=Stop())
        assert waiting.may_come
        assert not waiting.passed()
        at_once = waiting.left_at_once()
        assert at_once is not None
        assert at_once <= AT_ONCE
        assert Deadline(seconds, stop=said()).passed()
    assert not Deadline().may_come


def test_what_is_left_to_do_then_has_a_moment() -> None:
    stopped = Deadline(3600.0, stop=said())
    for rest in (stopped.overtime(), stopped.extra()):
        left = rest.left()
        assert left is not None
        assert 0 < left <= LEAST_OVERTIME
        assert not rest.passed()


def test_engines_hear_it_once_also_when_they_come_late() -> None:
    stop, heard = Stop(), list[str]()
    with stop.heard_by(lambda: heard.append("early")):
        stop.now()
        stop.now()
    with stop.heard_by(lambda: heard.append("late")):
        pass
    assert heard == ["early", "late"]


@given(SEEDS)
@examples(60)
def test_stopped_at_once_it_gives_a_choice_and_true_bounds(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 5, 3, 10, 4, knapsack=bool(seed % 2))
    solution = solve(problem, Deadline(stop=said()))
    assert faults(problem, solution.chosen) == []
    assert solution.values == worths(problem, solution.chosen)
    assert all(v <= b for v, b in zip(solution.values, solution.bounds, strict=True))
    assert solution.values <= best_by_enumeration(problem)
    assert not solution.optimal


@given(SEEDS)
@examples(60)
def test_one_that_may_be_stopped_and_is_not_is_the_same(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 5, 3, 10, 4, knapsack=bool(seed % 2))
    solution = solve(problem, Deadline(stop=Stop()))
    assert solution.optimal
    assert solution.values == best_by_enumeration(problem)
