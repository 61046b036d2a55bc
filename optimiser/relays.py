"""A run in which residents may move, on few pairs: the same plan as `match`, and its steps, much sooner.

Limits across pools and on the length of chains are left out first; a plan that keeps them all the same is the
best with them too. Where one does not, the goals before all others mostly reach as much with the limits as
without. Then the best plan is among the pairs that those goals leave open without limits, and the engine is
asked on these alone.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.chains import Step, single_steps, split
from optimiser.matching import Moves, Plan, plan_of
from optimiser.problem import Problem
from optimiser.solve.together import best_together, first_faces
from optimiser.within import solve_within, vacant_only

Index = NDArray[np.int64]

FIRST_GOALS = 5
"""Goals that are expected to reach with limits what they reach without: the tiers."""

SHORT = 2
"""With chains of at most so many proposals the first tier seldom reaches what it reaches with longer ones."""


def best_relays(problem: Problem, moves: Moves) -> tuple[Plan, list[Step]]:
    """The best plan of a problem whose limits all hold when nobody is placed, and its steps."""
    most = moves if isinstance(moves, int) else None
    few = _of_seekers_with_pairs(vacant_only(problem) if most == 1 else problem)
    chosen = best_together(few, len(few.home))
    if all(side.load(chosen) <= side.most for side in problem.sides):
        plan = plan_of(problem, chosen)
        steps = single_steps(plan.pool) if most == 1 else split(plan, problem.vacant, most)
        if steps is not None:
            return plan, steps
    goals = 0 if most == SHORT else FIRST_GOALS
    reached, left_open = first_faces(few, goals)
    while True:
        part = problem if goals == 0 else _part(problem, left_open[goals - 1])
        solution, steps = solve_within(part, most)
        as_much = _equal_at_first(list(solution.values), reached)
        if as_much >= goals:
            return plan_of(part, solution.chosen), steps
        goals = as_much


def _equal_at_first(values: list[int], reached: list[int]) -> int:
    """How many of the first values are those reached without limits."""
    equal = [value == most for value, most in zip(values, reached, strict=False)]
    return equal.index(False) if False in equal else len(equal)


def _of_seekers_with_pairs(problem: Problem) -> Problem:
    """The problem without sides and without seekers who have no pair; pairs stay in their order."""
    seekers, seeker = np.unique(problem.seeker, return_inverse=True)
    return replace(problem, seeker=seeker, home=problem.home[seekers], sides=())


def _part(problem: Problem, pairs: Index) -> Problem:
    """The problem on some of its pairs, sorted."""
    position = np.full(len(problem.seeker), -1)
    position[pairs] = np.arange(len(pairs))
    sides = []
    for side in problem.sides:
        at = position[side.pairs]
        sides.append(replace(side, pairs=at[at >= 0], coefficient=side.coefficient[at >= 0]))
    return replace(
        problem,
        seeker=problem.seeker[pairs],
        pool=problem.pool[pairs],
        goals=problem.goals[:, pairs],
        sides=tuple(sides),
    )
