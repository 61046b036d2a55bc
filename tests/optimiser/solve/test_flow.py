"""One goal as a flow: known answers, scipy's assignment, and the prices that prove it."""

import numpy as np
import pytest
from hypothesis import given
from scipy.optimize import linear_sum_assignment

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.face import Face, Prices, narrowed, scaled_bound, whole_face
from optimiser.solve.flow import NoFlow, best_choice, largest_worth
from optimiser.solve.prices import prices_of

from ..made import SEEDS, examples
from .problems import all_choices, faults, plain_problem, random_problem


def spread(problem: Problem, face: Face, taken: np.ndarray) -> np.ndarray:
    chosen = np.zeros(len(problem.seeker), dtype=bool)
    chosen[face.pairs[taken]] = True
    return chosen


def best_value(problem: Problem, goal: int = 0) -> int:
    worth = problem.goals[goal]
    taken = best_choice(problem, whole_face(problem), worth)
    assert faults(problem, taken) == []
    return int(worth[taken].sum())


def no_sides(luck: np.random.Generator, homes: float, n: int = 12, m: int = 5) -> Problem:
    return random_problem(luck, n, m, int(luck.integers(1, 40)), 0, homes=homes)


def test_one_place_goes_to_the_greater_worth() -> None:
    problem = plain_problem([(0, 0), (1, 0)], [[3, 5]], [1])
    assert best_choice(problem, whole_face(problem), problem.goals[0]).tolist() == [False, True]


def test_nobody_is_placed_at_a_loss() -> None:
    assert best_value(plain_problem([(0, 0)], [[-1]], [1])) == 0


def test_mover_hands_on_the_place() -> None:
    """A lives in pool 0 and moves to 1; B takes the place that A leaves."""
    assert best_value(plain_problem([(0, 1), (1, 0)], [[1, 1]], [0, 1], [0, NO_HOME])) == 2


def test_nobody_enters_a_full_pool_that_nobody_leaves() -> None:
    assert best_value(plain_problem([(1, 0)], [[1]], [0, 1], [0, NO_HOME])) == 0


def test_two_swap_without_any_vacant_place() -> None:
    assert best_value(plain_problem([(0, 1), (1, 0)], [[1, 1]], [0, 0], [0, 1])) == 2


def test_chain_through_full_pools_needs_one_vacant_place_at_its_end() -> None:
    pairs, home = [(0, 1), (1, 2), (2, 3)], [0, 1, 2]
    assert best_value(plain_problem(pairs, [[1, 1, 1]], [0, 0, 0, 1], home)) == 3
    assert best_value(plain_problem(pairs, [[1, 1, 1]], [0, 0, 0, 0], home)) == 0


def test_whom_a_goal_forces_is_placed_even_at_a_loss() -> None:
    problem = plain_problem([(0, 0), (1, 0)], [[-5, 3]], [1])
    whole = whole_face(problem)
    face = Face(whole.pairs, np.array([True, False]), whole.full, ())
    assert best_choice(problem, face, problem.goals[0]).tolist() == [True, False]


def test_pool_that_has_to_be_full_is_filled_at_a_loss() -> None:
    problem = plain_problem([(0, 0), (1, 0)], [[-5, -3]], [1])
    whole = whole_face(problem)
    face = Face(whole.pairs, whole.must, np.array([True]), ())
    assert best_choice(problem, face, problem.goals[0]).tolist() == [False, True]


@pytest.mark.parametrize("pairs", [[], [0]])
def test_a_face_without_any_choice_is_told(pairs: list[int]) -> None:
    problem = plain_problem([(0, 0), (1, 0)], [[1, 1]], [2])
    face = Face(np.array(pairs, dtype=np.int64), np.array([True, True]), np.array([False]), ())
    with pytest.raises(NoFlow):
        best_choice(problem, face, problem.goals[0][: len(pairs)])


@given(SEEDS)
@examples(150)
def test_value_is_that_of_an_assignment_on_places(seed: int) -> None:
    problem = no_sides(np.random.default_rng(seed), homes=0.0)
    places = np.repeat(np.arange(len(problem.vacant)), problem.vacant)
    for goal, worth in enumerate(problem.goals):
        table = np.zeros((len(problem.home), len(places)))
        for seeker, pool, value in zip(problem.seeker, problem.pool, worth, strict=True):
            table[seeker, places == pool] = max(value, 0)
        assigned = linear_sum_assignment(table, maximize=True)
        assert best_value(problem, goal) == int(table[assigned].sum())


@given(SEEDS)
@examples(150)
def test_bound_of_the_prices_equals_the_value(seed: int) -> None:
    """Strong duality on every face that the goals walk through, residents and all."""
    problem = no_sides(np.random.default_rng(seed), homes=0.5)
    face = whole_face(problem)
    for goal in problem.goals:
        worth = goal[face.pairs]
        taken = best_choice(problem, face, worth)
        value = int(worth[taken].sum())
        prices = Prices(prices_of(problem, face, worth, taken), np.zeros(0, dtype=np.int64))
        assert scaled_bound(problem, face, worth, prices) == value
        assert (prices.place[~face.full] >= 0).all()
        face = narrowed(problem, face, worth, prices, value)
        assert face.sides == ()


@given(SEEDS)
@examples(100)
def test_face_holds_exactly_the_best_choices(seed: int) -> None:
    problem = no_sides(np.random.default_rng(seed), homes=0.5, n=5, m=3)
    worth = problem.goals[4]
    whole = whole_face(problem)
    taken = best_choice(problem, whole, worth)
    value = int(worth[taken].sum())
    prices = Prices(prices_of(problem, whole, worth, taken), np.zeros(0, dtype=np.int64))
    face = narrowed(problem, whole, worth, prices, value)
    for chosen in all_choices(problem):
        reaches = int(worth[chosen].sum()) == value
        assert on_face(problem, face, chosen) == reaches


def on_face(problem: Problem, face: Face, chosen: np.ndarray) -> bool:
    """Whether a choice takes only open pairs and does all that is forced."""
    placed = np.isin(np.arange(len(problem.home)), problem.seeker[chosen])
    net = np.bincount(problem.pool[chosen], minlength=len(problem.vacant))
    homes = problem.home[problem.seeker[chosen]]
    net = net - np.bincount(homes[homes != NO_HOME], minlength=len(problem.vacant))
    return bool(
        np.isin(np.flatnonzero(chosen), face.pairs).all()
        and placed[face.must].all()
        and (net == problem.vacant)[face.full].all()
    )


def test_worth_at_the_edge_of_the_range_still_flows() -> None:
    problem = plain_problem([(0, 0), (1, 0)], [[0, 0]], [1])
    most = largest_worth(problem)
    taken = best_choice(problem, whole_face(problem), np.array([most - 1, most]))
    assert taken.tolist() == [False, True]
