"""Solving with a limit on chains by way of the bounds without it, against solving on all pairs."""

from collections import Counter

from hypothesis import given

from optimiser.compatibility import assess, compatibility
from optimiser.gap.within_face import first_reached, values_within
from optimiser.instance_build import build_instance
from optimiser.matching import matching_problem
from optimiser.policy.load import load_policy
from optimiser.priority import prioritise
from optimiser.problem import Problem
from optimiser.solve.lexicographic import solve
from optimiser.within import solve_within

from ..made import SEEDS, day_of, examples, made_data, until_seen

SEEN: Counter[str] = Counter()


def problem_of(seed: int, most: int) -> Problem:
    day = day_of(seed)
    a = assess(load_policy(day), build_instance(made_data(seed, 20), day))
    return matching_problem(a, prioritise(a), compatibility(a).eligible, most)


def agree(seed: int, most: int) -> None:
    problem = problem_of(seed, most)
    wanted = solve_within(problem, most)[0].values
    for trusted in (0, 3, 99):
        assert values_within(problem, most, trusted) == wanted
    bounds = solve(problem).values
    SEEN["the limit costs"] += wanted != bounds
    SEEN["only a later goal"] += 0 < first_reached(wanted, bounds) < len(bounds)
    SEEN["limits across pools"] += bool(problem.sides)


@given(SEEDS)
@examples(60)
def test_the_values_are_those_on_all_pairs(seed: int) -> None:
    agree(seed, 1 + seed % 3)


def test_the_cities_had_limits_that_cost() -> None:
    wanted = ("the limit costs", "only a later goal", "limits across pools")
    until_seen(SEEN, wanted, lambda seed: agree(seed, 1), range(1, 60, 2))


def test_the_first_goal_short_of_its_bound() -> None:
    assert first_reached((3, 2, 5), (3, 2, 5)) == 3
    assert first_reached((3, 1, 5), (3, 2, 5)) == 1
    assert first_reached((3, 2, 5), (3, 2)) == 2
    assert first_reached((), ()) == 0
