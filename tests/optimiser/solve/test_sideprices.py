"""Prices of limits across pools: the bound is true at once and, where whole choices allow, tight."""

import numpy as np
from hypothesis import given

from optimiser.problem import Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import Prices, narrowed, scaled_bound, whole_face
from optimiser.solve.sideprices import price_sides

from ..made import SEEDS, examples
from .problems import all_choices, faults, plain_problem, random_problem, side


def priced(problem: Problem, goal: int = 0) -> tuple[Prices, np.ndarray, bool]:
    return price_sides(problem, whole_face(problem), problem.goals[goal], Deadline())


def test_side_that_does_not_bind_costs_nothing() -> None:
    problem = plain_problem([(0, 0), (1, 1)], [[1, 1]], [1, 1], sides=(side([0, 1], [1, 1], 2),))
    prices, chosen, keeps = priced(problem)
    assert (prices.side.tolist(), chosen.tolist(), keeps) == ([0], [True, True], True)


def test_quota_lets_the_worthier_in() -> None:
    problem = plain_problem([(0, 0), (1, 1)], [[3, 5]], [1, 1], sides=(side([0, 1], [1, 1], 1),))
    prices, _, _ = priced(problem)
    bound = scaled_bound(problem, whole_face(problem), problem.goals[0], prices)
    assert bound // prices.scale == 5
    assert 3 * prices.scale <= prices.side[0] <= 5 * prices.scale


def test_odd_cycle_of_conflicts_leaves_a_gap() -> None:
    apart = tuple(side([a, b], [1, 1], 1) for a, b in ((0, 1), (0, 2), (1, 2)))
    problem = plain_problem([(0, 0), (1, 1), (2, 2)], [[2, 2, 2]], [1, 1, 1], sides=apart)
    prices, _, keeps = priced(problem)
    assert not keeps
    assert scaled_bound(problem, whole_face(problem), problem.goals[0], prices) == 3 * prices.scale


@given(SEEDS)
@examples(100)
def test_bound_holds_and_a_choice_that_keeps_all_reaches_it(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 5, 3, 10, 4, knapsack=bool(seed % 2))
    choices = list(all_choices(problem))
    for goal, worth in enumerate(problem.goals):
        prices, chosen, keeps = priced(problem, goal)
        best = max(int(worth[choice].sum()) for choice in choices)
        bound = scaled_bound(problem, whole_face(problem), worth, prices)
        assert (prices.side >= 0).all()
        assert bound >= best * prices.scale
        if keeps:
            assert faults(problem, chosen) == []
            assert int(worth[chosen].sum()) == best == bound / prices.scale


@given(SEEDS)
@examples(100)
def test_narrowed_face_keeps_every_choice_that_reaches_the_value(seed: int) -> None:
    """Also when prices leave a slack, and for any value, reached or not."""
    problem = random_problem(np.random.default_rng(seed), 5, 3, 10, 3, knapsack=bool(seed % 2))
    worth = problem.goals[3]
    prices, _, _ = priced(problem, 3)
    whole = whole_face(problem)
    bound = scaled_bound(problem, whole, worth, prices) // prices.scale
    for value in (bound, bound - 1, bound - 7):
        face = narrowed(problem, whole, worth, prices, value)
        for chosen in all_choices(problem):
            if worth[chosen].sum() >= value:
                assert np.isin(np.flatnonzero(chosen), face.pairs).all()
                assert np.isin(np.flatnonzero(face.must), problem.seeker[chosen]).all()
                assert face.violated(chosen) == []
