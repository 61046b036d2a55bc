"""Five hundred residents in chains: 50 vacant places, five places open to each, four moves in a chain."""

from typing import Any

import numpy as np

from optimiser.assign import Assignment, assign

from ..optimiser.benchmark_sets.kidney import Exchange, faults, made_exchange
from .measure import measured, show

SEEDS = range(4)
LONGEST = 4
LIMIT = "limit 5 s"
GIVE_UP = 30.0
"""Seconds after which the best found is shown instead of a proof."""


def run() -> None:
    """Most moves, on four random problems; then with a worth of each move below that, on the first.

    Raises
    ------
    ValueError
        When an answer breaks a limit.
    """
    rows = []
    for seed in SEEDS:
        problem = made_exchange(500, 50, 5, seed)
        for cycle in (LONGEST, 3):
            took = measured(lambda problem=problem, cycle=cycle: _solved(problem, cycle))  # type: ignore[misc]
            rows.append(_row(f"seed {seed}, cycles of {cycle}", problem, took.result, took.seconds, cycle))
    problem = made_exchange(500, 50, 5, SEEDS[0])
    worth = np.random.default_rng(SEEDS[0]).integers(1, 100, problem.takes.shape)
    took = measured(lambda: _solved(problem, LONGEST, worth))
    rows.append(_row("seed 0, then most worth", problem, took.result, took.seconds, LONGEST))
    show("500 residents, 50 vacant places, 5 places each, chains of 4", rows)


def _solved(problem: Exchange, cycle: int, worth: Any = None) -> Assignment:
    goals = [np.ones_like(problem.takes, dtype=np.int64)] + ([] if worth is None else [worth])
    places, homes = np.ones(problem.takes.shape[1]), np.arange(problem.pairs)
    return assign(
        goals,
        problem.takes,
        places,
        homes=homes,
        longest_chain=LONGEST,
        longest_cycle=cycle,
        time_limit=GIVE_UP,
    )


def _row(name: str, problem: Exchange, found: Assignment, seconds: float, cycle: int) -> tuple[str, ...]:
    broken = faults(problem, found, LONGEST, cycle)
    if broken:
        raise ValueError(f"{name}: {broken[0]}")
    proof = "proved" if found.optimal else f"not proved; bounds {found.bounds}"
    parts = f"{len(found.chains)} chains, {len(found.cycles)} cycles"
    moved = int((found.pool >= 0).sum())
    return name, f"{seconds:.2f}", f"{moved} move", f"{parts}; {proof}; {LIMIT}"
