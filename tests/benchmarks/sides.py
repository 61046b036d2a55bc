"""Random problems of a city's size with 30 conflicts and quotas across pools."""

import numpy as np

from optimiser.solve.lexicographic import solve

from ..optimiser.solve.problems import random_problem
from .measure import measured, show

SEEDS = range(4)


def run() -> None:
    """Solve four problems of 2,800 seekers, 130 pools and 40,000 draws of a pair."""
    rows = []
    for seed in SEEDS:
        problem = random_problem(np.random.default_rng(seed), 2_800, 130, 40_000, 30)
        took = measured(lambda problem=problem: solve(problem))  # type: ignore[misc]
        found = took.result
        proof = "proved" if found.optimal else "not proved"
        rows.append(
            (f"seed {seed}", f"{took.seconds:.2f}", found.engine, f"{len(problem.seeker):,} pairs; {proof}")
        )
    show("2,800 x 130 with 30 sides", rows)
