"""The residual graph of a flow: gains, and the choice along a best path, against solving again."""

from dataclasses import replace

import numpy as np
from hypothesis import given

from optimiser.gap.residual import one_more_place
from optimiser.problem import NO_HOME, Problem
from optimiser.solve.lexicographic import solve

from ..made import SEEDS, examples


def random_problem(seed: int) -> Problem:
    """Seekers outside and in pools, without limits across pools; small numbers, so that many draw level."""
    luck = np.random.default_rng(seed)
    n, m, goals = int(luck.integers(2, 14)), int(luck.integers(2, 6)), int(luck.integers(1, 5))
    home = np.where(luck.random(n) < 0.5, luck.integers(0, m, n), NO_HOME)
    could = luck.random((n, m)) < 0.5
    could[np.arange(n)[home != NO_HOME], home[home != NO_HOME]] = False
    seeker, pool = np.nonzero(could)
    return Problem(
        seeker=seeker,
        pool=pool,
        goals=luck.integers(-2, 4, (goals, len(seeker))),
        vacant=luck.integers(0, 3, m),
        home=home,
    )


def values(problem: Problem, chosen: np.ndarray) -> list[int]:
    return [int(goal[chosen].sum()) for goal in problem.goals]


@given(SEEDS)
@examples(300)
def test_gains_and_the_new_choice(seed: int) -> None:
    problem = random_problem(seed)
    before = solve(problem)
    found = one_more_place(problem, before.chosen)
    for pool in range(len(problem.vacant)):
        vacant = problem.vacant.copy()
        vacant[pool] += 1
        more = replace(problem, vacant=vacant)
        best = solve(more)
        assert (-found.loss[pool]).tolist() == np.subtract(best.values, before.values).tolist()
        after = found.applied(before.chosen, pool)
        assert values(more, after) == list(best.values)
        assert _keeps_the_limits(more, after)


def _keeps_the_limits(problem: Problem, chosen: np.ndarray) -> bool:
    once = np.bincount(problem.seeker[chosen], minlength=len(problem.home)).max(initial=0) <= 1
    homes = problem.home[problem.seeker[chosen]]
    net = np.bincount(problem.pool[chosen], minlength=len(problem.vacant))
    net -= np.bincount(homes[homes != NO_HOME], minlength=len(problem.vacant))
    return bool(once and (net <= problem.vacant).all())
