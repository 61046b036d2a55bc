"""The exact integer programme: its answers, and what it says when there is none or no time."""

import numpy as np
import pytest
from hypothesis import given

from optimiser.problem import NO_HOME
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import Face, whole_face
from optimiser.solve.mip import NoChoice, OutOfTime, best_with_sides

from ..made import SEEDS, examples
from .problems import all_choices, faults, plain_problem, random_problem, side


@given(SEEDS)
@examples(60)
def test_value_is_the_best_of_all_choices(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 5, 3, 10, 4, knapsack=True)
    choices = list(all_choices(problem))
    for goal in problem.goals:
        chosen = best_with_sides(problem, whole_face(problem), goal, Deadline())
        assert faults(problem, chosen) == []
        assert goal[chosen].sum() == max(goal[choice].sum() for choice in choices)


def test_pair_that_stands_twice_counts_twice() -> None:
    """A moves within the house it lives in: an entry and a leaving, so B may still not come."""
    together = side([0, 1, 0], [1, 1, -1], 0)
    problem = plain_problem([(0, 1), (1, 1)], [[1, 1]], [0, 2], [0, NO_HOME], sides=(together,))
    chosen = best_with_sides(problem, whole_face(problem), problem.goals[0], Deadline())
    assert chosen.tolist() == [True, False]


def test_large_worths_are_told_apart_to_the_last_unit() -> None:
    worth = [2**31 - 1, 2**31 - 2, 2**31 - 3]
    problem = plain_problem([(0, 0), (1, 0), (2, 0)], [worth], [2])
    chosen = best_with_sides(problem, whole_face(problem), problem.goals[0], Deadline())
    assert chosen.tolist() == [True, True, False]


def test_face_without_any_choice() -> None:
    problem = plain_problem([(0, 0), (1, 0)], [[1, 1]], [1])
    whole = whole_face(problem)
    both = Face(whole.pairs, np.array([True, True]), whole.full, ())
    with pytest.raises(NoChoice):
        best_with_sides(problem, both, None, Deadline())


def test_only_open_pairs_are_chosen_and_forced_ones_are() -> None:
    problem = plain_problem([(0, 0), (0, 1), (1, 1)], [[9, 1, 1]], [1, 2])
    face = Face(np.array([1, 2]), np.array([False, True]), np.array([False, True]), ())
    chosen = best_with_sides(problem, face, problem.goals[0][face.pairs], Deadline())
    assert chosen.tolist() == [False, True, True]


def test_time_limit_is_told() -> None:
    luck = np.random.default_rng(5)
    problem = random_problem(luck, 150, 12, 1500, 40, knapsack=True)
    with pytest.raises(OutOfTime):
        best_with_sides(problem, whole_face(problem), problem.goals[-1], Deadline(0.0))
