"""Prices of places: known ones, and a choice that can still be improved is never priced."""

import numpy as np
import pytest
from hypothesis import given

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.face import whole_face
from optimiser.solve.flow import best_choice
from optimiser.solve.prices import NegativeCycle, prices_of

from ..made import SEEDS, examples
from .problems import all_choices, plain_problem, random_problem


def prices(problem: Problem) -> list[int]:
    worth = problem.goals[0]
    taken = best_choice(problem, whole_face(problem), worth)
    return [int(price) for price in prices_of(problem, whole_face(problem), worth, taken)]


def test_place_nobody_lacks_costs_nothing() -> None:
    assert prices(plain_problem([(0, 0)], [[7]], [2])) == [0]


def test_scarce_place_costs_at_least_what_the_next_would_give_and_no_more_than_it_earns() -> None:
    (price,) = prices(plain_problem([(0, 0), (1, 0)], [[7, 4]], [1]))
    assert 4 <= price <= 7


def test_price_is_passed_on_along_a_chain() -> None:
    """Pool 0 is worth a place in pool 1: its resident would move there for 3 and let one in for 5."""
    problem = plain_problem([(0, 1), (1, 0), (2, 1)], [[3, 5, 9]], [0, 1], [0, NO_HOME, NO_HOME])
    low, high = prices(problem)
    assert high >= 8
    assert low <= 5


@given(SEEDS)
@examples(100)
def test_one_place_more_is_worth_no_more_than_its_price(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 6, 3, 14, 0)
    worth = problem.goals[3]
    whole = whole_face(problem)
    taken = best_choice(problem, whole, worth)
    value = worth[taken].sum()
    for pool, price in enumerate(prices_of(problem, whole, worth, taken).tolist()):
        more = problem.vacant + (np.arange(len(problem.vacant)) == pool)
        roomier = Problem(problem.seeker, problem.pool, problem.goals, more, problem.home)
        assert 0 <= worth[best_choice(roomier, whole, worth)].sum() - value <= price


@given(SEEDS)
@examples(60)
def test_a_choice_that_is_not_best_is_refused(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 4, 3, 9, 0)
    worth = problem.goals[4]
    whole = whole_face(problem)
    best = worth[best_choice(problem, whole, worth)].sum()
    for chosen in all_choices(problem):
        if worth[chosen].sum() == best:
            prices_of(problem, whole, worth, chosen)
        else:
            with pytest.raises(NegativeCycle):
                prices_of(problem, whole, worth, chosen)
