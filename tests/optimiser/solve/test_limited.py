"""Goals in order where chains hold at most a number of proposals, against every choice that splits so."""

import numpy as np
import pytest
from hypothesis import given

from optimiser.chains import split
from optimiser.matching import plan_of
from optimiser.problem import NO_HOME, Problem
from optimiser.solve import limited as limited_module
from optimiser.solve.deadline import Deadline
from optimiser.solve.lexicographic import solve
from optimiser.solve.limited import solve_limited

from ..made import SEEDS, examples
from .problems import all_choices, faults, plain_problem, random_problem, worths


def splits(problem: Problem, chosen: np.ndarray, most: int) -> bool:
    """Whether a choice can be carried out in chains and cycles of at most `most`."""
    return split(plan_of(problem, chosen), problem.vacant, most) is not None


def limited(problem: Problem, most: int, deadline: Deadline | None = None) -> tuple[tuple[int, ...], bool]:
    nothing = np.zeros(len(problem.seeker), dtype=bool)
    solution = solve_limited(problem, most, solve(problem).chosen, nothing, deadline or Deadline())
    assert faults(problem, solution.chosen) == []
    assert splits(problem, solution.chosen, most)
    assert solution.values == worths(problem, solution.chosen)
    assert all(v <= b for v, b in zip(solution.values, solution.bounds, strict=True))
    return solution.values, solution.optimal


@given(SEEDS)
@examples(120)
def test_values_are_the_best_of_all_choices_that_split(seed: int) -> None:
    """Down to the tie-break; half of the problems have knapsack-like sides."""
    check_against_all(seed)


@given(SEEDS)
@examples(120)
def test_prices_by_step_lead_to_the_same_values(seed: int) -> None:
    """However few pairs are open, they are not handed to the integer programme at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limited_module, "LAST_PAIRS", 0)
        check_against_all(seed)


@given(SEEDS)
@examples(30)
def test_goals_that_count_need_no_try_with_one_less(seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limited_module, "LAST_PAIRS", 0)
        patch.setattr(limited_module, "STEPS_DOWN", 0)
        check_against_all(seed)


def check_against_all(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 5, 4, 12, 2, homes=0.7, knapsack=bool(seed % 2))
    most = 1 + seed % 3
    choices = [chosen for chosen in all_choices(problem) if splits(problem, chosen, most)]
    found, optimal = limited(problem, most)
    assert found == max(worths(problem, chosen) for chosen in choices)
    assert optimal


@pytest.mark.parametrize(("most", "placed"), [(1, 1), (2, 2), (3, 3), (4, 3)])
def test_chain_is_cut_at_the_limit(most: int, placed: int) -> None:
    pairs, home = [(0, 1), (1, 2), (2, 0)], [0, 1, NO_HOME]
    assert limited(plain_problem(pairs, [[1, 1, 1]], [0, 0, 1], home), most) == ((placed,), True)


@pytest.mark.parametrize(("most", "placed"), [(1, 0), (2, 0), (3, 3)])
def test_round_needs_its_whole_length(most: int, placed: int) -> None:
    pairs = [(0, 1), (1, 2), (2, 0)]
    assert limited(plain_problem(pairs, [[1, 1, 1]], [0, 0, 0], [0, 1, 2]), most) == ((placed,), True)


@given(SEEDS)
@examples(40)
def test_no_time_gives_what_splits_and_true_bounds(seed: int) -> None:
    problem = random_problem(np.random.default_rng(seed), 5, 4, 12, 2, homes=0.7)
    most = 1 + seed % 3
    nothing = np.zeros(len(problem.seeker), dtype=bool)
    solution = solve_limited(problem, most, solve(problem).chosen, nothing, Deadline(0.0))
    assert faults(problem, solution.chosen) == []
    assert splits(problem, solution.chosen, most)
    best = max(worths(problem, chosen) for chosen in all_choices(problem) if splits(problem, chosen, most))
    assert solution.values <= best
    assert all(v <= b for v, b in zip(best, solution.bounds, strict=True))
    assert not solution.optimal or solution.values == best
