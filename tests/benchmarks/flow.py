"""Flows of 30,000 seekers and 4,000 pools on 2.4 million pairs: one goal, its prices, and all goals."""

import numpy as np

from optimiser.problem import Problem
from optimiser.solve.face import whole_face
from optimiser.solve.flow import best_choice
from optimiser.solve.lexicographic import solve
from optimiser.solve.prices import prices_of

from ..optimiser.solve.problems import random_problem
from .measure import measured, peak_gib, show

FIT = 4
"""The goal that differs between the pairs of one seeker, the hardest for a flow."""


def run() -> None:
    """Time one goal, the prices that prove it, and the whole walk with residents who may move."""
    problem = made_problem()
    whole, worth = whole_face(problem), problem.goals[FIT]
    flow = measured(lambda: best_choice(problem, whole, worth))
    prices = measured(lambda: prices_of(problem, whole, worth, flow.result))
    walk = measured(lambda: solve(problem))
    peak = f"peak {peak_gib():.2f} GiB"
    proof = "proved" if walk.result.optimal else "not proved"
    show(
        f"30,000 x 4,000, {len(problem.seeker):,} pairs",
        [
            ("one goal as a flow", f"{flow.seconds:.2f}", "", f"{int(flow.result.sum()):,} placed"),
            ("prices of all places", f"{prices.seconds:.2f}", "", ""),
            ("all seven goals", f"{walk.seconds:.2f}", peak, f"{walk.result.engine}; {proof}"),
        ],
    )


def made_problem() -> Problem:
    """A large problem without sides."""
    return random_problem(np.random.default_rng(1), 30_000, 4_000, 2_420_000, 0)
