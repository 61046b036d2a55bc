"""Runs with every limit on, on random small cities, against the twin's integer programme."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from optimiser.instance_build import build_instance
from optimiser.limits.conflict import LimitsConflict
from optimiser.limits.model import Limits, Pairs
from optimiser.match import Match, match
from optimiser.matching import GOALS
from optimiser.policy.load import load_policy

from ...twin.judge import judge
from ...twin.problem import Moves, Problem, problem
from ..made import SEEDS, day_of, examples, made_data, until_seen
from ..told import goals_told, proposals_told
from .made_limits import made_limits
from .twin_limits import solve_within

SEEN: Counter[str] = Counter()


ALL_MOVES: tuple[Moves, ...] = ("none", 1, 2, 3, 4, "unlimited")


def check_limits(seed: int, largest_city: int, moves: Moves) -> None:
    """The run has the twin's goal values, or both say that there is no plan, for the same limits."""
    data, day = made_data(seed, largest_city), day_of(seed)
    twin, instance, policy = problem(data, day), build_instance(data, day), load_policy(day)
    limits = made_limits(twin, np.random.default_rng(seed), moves, pins=seed % 4)
    if limits.like is not None and seed % 2:
        limits = replace(limits, like=most_of(match(policy, instance, moves), seed))
    wanted = solve_within(twin, moves, limits)
    try:
        run = match(policy, instance, moves, limits=limits)
    except LimitsConflict as conflict:
        SEEN["conflict"] += 1
        SEEN["conflict of several"] += len(conflict.names) > 1
        assert wanted is None
        check_minimal(twin, moves, limits, conflict)
        return
    assert wanted is not None
    note(run, limits)
    goals = goals_told(run.solution.values)
    assert goals == wanted[0].goals
    if limits.like is not None:
        assert run.solution.values[len(GOALS)] == wanted[1]
    assert run.optimal
    assert judge(twin, moves, proposals_told(run), goals) == []


def most_of(run: Match, seed: int) -> Pairs:
    """Proposals of an earlier run, some of them gone since."""
    ids, kept = run.assessment.instance, np.random.default_rng(seed).random(len(run.plan.pool)) < 0.8
    pairs = zip(run.plan.household[kept].tolist(), run.plan.pool[kept].tolist(), strict=True)
    return tuple((ids.household_ids[h], ids.pool_ids[p]) for h, p in pairs)


def check_minimal(twin: Problem, moves: Moves, limits: Limits, conflict: LimitsConflict) -> None:
    """No plan keeps the named limits; leave out any one of them and there is a plan."""
    names = list(conflict.names)
    assert solve_within(twin, moves, limits.only(names)) is None
    for name in names:
        assert solve_within(twin, moves, limits.only([n for n in names if n != name])) is not None


def note(run: Match, limits: Limits) -> None:
    SEEN[run.solution.engine] += 1
    SEEN["kept"] += bool(limits.like) and run.solution.values[len(GOALS)] > 0
    for name, _ in limits.parts():
        SEEN[name.kind] += 1


@given(SEEDS)
@examples(200)
def test_none_and_unlimited(seed: int) -> None:
    check_limits(seed, 14, ("none", "unlimited")[seed // 2 % 2])


@given(SEEDS)
@examples(100)
def test_chains_of_at_most_a_number(seed: int) -> None:
    check_limits(seed, 12, 1 + seed % 4)


def test_every_limit_and_engine_was_seen() -> None:
    kinds = ("budget", "women_share", "groups", "pins", "blocks", "reserves", "most", "kept", "conflict")
    wanted = (*kinds, "conflict of several", "flow", "flow+prices", "flow+mip")
    until_seen(SEEN, wanted, lambda seed: check_limits(seed, 14, "unlimited"))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 1000, 100))
def test_a_thousand_cities(start: int) -> None:
    for seed in range(start, start + 100):
        for moves in ALL_MOVES:
            check_limits(seed, 12, moves)


@pytest.mark.slow
def test_two_hundred_larger_cities() -> None:
    for seed in range(1000, 1200):
        check_limits(seed, 22, ALL_MOVES[seed % 6])
