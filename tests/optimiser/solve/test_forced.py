"""Limits that force something: what has to be taken, that there is no plan, and running out of time."""

import numpy as np
import pytest
from hypothesis import given

from optimiser.problem import NoPlan, Problem, SideLimit
from optimiser.solve import lexicographic
from optimiser.solve.anyhow import any_choice
from optimiser.solve.deadline import Deadline
from optimiser.solve.forced import forced_face
from optimiser.solve.lexicographic import solve
from optimiser.solve.mip import OutOfTime
from optimiser.solve.repair import repaired

from ..made import SEEDS, examples
from .problems import all_choices, faults, plain_problem, random_problem, side, worths


def forcing_problem(seed: int) -> Problem:
    """A tiny problem of which some limits ask for pairs: a pair, one of several, a weighted sum."""
    luck = np.random.default_rng(seed)
    problem = random_problem(luck, 5, 3, 10, 2, knapsack=bool(seed % 2))
    asked = []
    for _ in range(int(luck.integers(1, 3)) if len(problem.seeker) else 0):
        pairs = np.unique(luck.integers(0, len(problem.seeker), luck.integers(1, 4)))
        weight = -luck.integers(1, 1 + 3 * (seed % 3 > 0), len(pairs), endpoint=True)
        asked.append(SideLimit("asked", pairs, weight, -int(luck.integers(1, 3))))
    return Problem(
        problem.seeker,
        problem.pool,
        problem.goals,
        problem.vacant,
        problem.home,
        (*problem.sides, *asked),
    )


@given(SEEDS)
@examples(300)
def test_best_choice_or_no_plan_as_by_enumeration(seed: int) -> None:
    problem = forcing_problem(seed)
    choices = [worths(problem, chosen) for chosen in all_choices(problem)]
    if not choices:
        for ask in (lambda: solve(problem), lambda: any_choice(problem, Deadline())):
            with pytest.raises(NoPlan):
                ask()
        return
    solution = solve(problem)
    assert faults(problem, solution.chosen) == []
    assert solution.values == max(choices)
    assert solution.optimal
    assert faults(problem, any_choice(problem, Deadline())) == []


def test_there_are_problems_with_and_without_a_plan() -> None:
    found = [any(True for _ in all_choices(forcing_problem(seed))) for seed in range(60)]
    assert 10 < sum(found) < 55


def test_pinned_seeker_has_its_pair_alone() -> None:
    problem = plain_problem([(0, 0), (0, 1), (1, 0)], [[1, 5, 1]], [1, 1], sides=(side([0], [-1], -1),))
    face = forced_face(problem)
    assert (face.pairs.tolist(), face.must.tolist()) == ([0, 2], [True, False])
    solution = solve(problem)
    assert (solution.chosen.tolist(), solution.engine) == ([True, False, False], "flow")


def test_limit_out_of_reach_is_told_at_once() -> None:
    problem = plain_problem([(0, 0)], [[1]], [1], sides=(side([], [], -1),))
    with pytest.raises(NoPlan, match="out of reach"):
        forced_face(problem)


def test_repair_says_when_letting_go_cannot_help() -> None:
    problem = plain_problem([(0, 0), (1, 0)], [[1, 1]], [1], sides=(side([0], [-1], -1),))
    assert repaired(problem, np.array([False, True])) is None
    kept = repaired(problem, np.array([True, True]))
    assert kept is not None
    assert kept.tolist() == [True, False]


@given(SEEDS)
@examples(80)
def test_out_of_time_still_gives_a_plan_that_keeps_all(seed: int) -> None:
    problem = forcing_problem(seed)
    choices = [worths(problem, chosen) for chosen in all_choices(problem)]
    if not choices:
        return

    def late(*_: object) -> None:
        raise OutOfTime("too late")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicographic, "best_with_sides", late)
        solution = solve(problem, Deadline(60.0))
    assert faults(problem, solution.chosen) == []
    assert solution.values <= max(choices) <= solution.bounds
