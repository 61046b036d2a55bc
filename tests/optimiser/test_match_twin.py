"""Whole runs on random small cities against the twin: its integer programme and its judge."""

from collections import Counter

import pytest
from hypothesis import given

from optimiser.instance import NONE
from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.policy.load import load_policy

from ..twin.conditional import solve_conditional
from ..twin.judge import judge, judge_conditional
from ..twin.matching import solve
from ..twin.problem import Moves, Problem, problem
from .made import SEEDS, day_of, examples, made_data, until_seen
from .told import conditional_told, goals_told, proposals_told

SEEN: Counter[str] = Counter()


def check_city(seed: int, largest_city: int, moves: tuple[Moves, ...]) -> None:
    """A run under each kind of moves has the twin's goal values and no complaint of its judge."""
    data, day = made_data(seed, largest_city), day_of(seed)
    twin, instance, policy = problem(data, day), build_instance(data, day), load_policy(day)
    for kind in moves:
        run = match(policy, instance, kind)
        assert run.optimal
        note(run)
        check_run(twin, run, kind)


def check_run(twin: Problem, run: Match, moves: Moves) -> None:
    told, goals = proposals_told(run), goals_told(run.solution.values)
    assert goals == solve(twin, moves).goals
    assert judge(twin, moves, told, goals) == []
    plan = [(proposal["household"], proposal["pool"]) for proposal in told]
    later, wanted = goals_told(run.conditional_solution.values), solve_conditional(twin, plan).goals
    assert later == wanted
    assert judge_conditional(twin, plan, conditional_told(run), later) == []


def note(run: Match) -> None:
    """What the cities together have to show, so that agreeing on them means something."""
    SEEN[run.solution.engine] += 1
    SEEN["conditional"] += len(run.conditional.pool)
    lengths = Counter(step.chain for step in run.steps)
    SEEN["chain of three"] += max(lengths.values(), default=0) > 2
    cycles = [s for s in run.steps if lengths[s.chain] > 1 and run.plan.from_pool[s.proposal] != NONE]
    SEEN["cycle"] += any(s.step == 1 and _all_one(run, s.chain) for s in cycles)
    SEEN["quota or conflict"] += run.solution.engine != "flow"


def _all_one(run: Match, chain: int) -> bool:
    return all(step.step == 1 for step in run.steps if step.chain == chain)


@given(SEEDS)
@examples(300)
def test_none_and_unlimited(seed: int) -> None:
    check_city(seed, 14, ("none", "unlimited"))


@given(SEEDS)
@examples(120)
def test_chains_of_at_most_a_number(seed: int) -> None:
    check_city(seed, 12, (1 + seed % 4,))


def test_the_cities_had_chains_cycles_limits_and_conditions() -> None:
    wanted = ("flow", "chain of three", "cycle", "quota or conflict", "conditional")
    until_seen(SEEN, wanted, lambda seed: check_city(seed, 14, ("unlimited",)))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 2000, 100))
def test_two_thousand_larger_cities(start: int) -> None:
    for seed in range(start, start + 100):
        check_city(seed, 26, ("none", 1 + seed % 4, "unlimited"))
