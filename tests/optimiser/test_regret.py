"""Regret and recommendations: in cities spelled out, and against the twin with the pair forced."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from models.dataset import Dataset
from optimiser.instance_build import build_instance
from optimiser.limits.conflict import LimitsConflict
from optimiser.limits.model import Limits
from optimiser.match import Match, match
from optimiser.matching import GOALS, Moves
from optimiser.policy.load import load_policy
from optimiser.reasons.effect import Effect
from optimiser.reasons.recommend import recommended_households, recommended_places
from optimiser.reasons.regret import base_of, regret, regrets

from ..twin.cities import AS_OF
from ..twin.matching import solve
from ..twin.problem import Problem, problem
from . import rows
from .made import SEEDS, day_of, examples, made_data
from .told import goals_told

SEEN: Counter[str] = Counter()
GROUP = {"social_problems": "yes", "situation": "friends_temporary"}
LONG, LATE = "2021-01-01", "2025-12-01"


def run_of(data: Dataset, moves: Moves = "none", limits: Limits | None = None) -> Match:
    return match(load_policy(AS_OF), build_instance(data, AS_OF), moves, limits=limits or Limits())


def small_city() -> Dataset:
    """A waits longest and B second for two places; C waits third; the second place takes no pets."""
    return rows.city(
        rows.household("A", **GROUP, homeless_since=LONG, preferred_districts=("Södermalm",)),
        rows.household("B", **GROUP, homeless_since="2023-01-01", pet="yes"),
        rows.household("C", **GROUP, homeless_since=LATE),
        rows.pool("P", monthly_cost_sek=7000),
        rows.pool("Q", pets="no", monthly_cost_sek=9000),
    )


def test_regret_goal_by_goal_and_who_loses() -> None:
    run = run_of(small_city())
    points = run.priority.points
    nothing = regret(run, 1, 0)
    assert nothing == Effect(dict.fromkeys(GOALS, 0), (), (), ())
    assert nothing.placements == 0
    moved = regret(run, 0, 0)
    assert moved is not None
    assert (moved.gain, moved.lose, moved.elsewhere) == ((2,), (1,), (0,))
    assert (moved.goals["tier_4"], moved.goals["points"]) == (0, int(points[2] - points[1]))
    instead = regret(run, 2, 1)
    assert instead is not None
    assert (instead.gain, instead.lose) == ((2,), (1,))
    assert regret(run, 1, 1) is None


def test_recommended_places_best_for_the_whole_first() -> None:
    run = run_of(small_city())
    found = recommended_places(run, 0)
    assert [option.pool for option in found.options] == [1, 0]
    assert (found.tried, found.eligible, found.impossible) == (2, 2, 0)
    capped = recommended_places(run, 0, most=1)
    assert [option.pool for option in capped.options] == [1]
    assert (capped.tried, capped.eligible) == (1, 2)
    assert recommended_places(run, 1).options[0].effect.rank == (0,) * len(GOALS)


def test_recommended_households_for_one_vacancy() -> None:
    run, told = run_of(small_city()), list[tuple[int, int]]()
    found = recommended_households(run, 0, progress=lambda *step: told.append(step))
    assert [option.household for option in found.options] == [1, 0, 2]
    assert told == [(1, 3), (2, 3), (3, 3)]
    ranks = [option.effect.rank for option in found.options]
    assert ranks == sorted(ranks, reverse=True)


def test_a_full_pool_that_nobody_leaves_is_impossible() -> None:
    data = rows.city(
        rows.household("A", **GROUP),
        rows.household("R", situation="housed", current_pool_id="P"),
        rows.pool("P"),
    )
    run = run_of(data, "unlimited")
    assert regret(run, 0, 0) is None
    found = recommended_places(run, 0)
    assert (found.options, found.tried, found.impossible) == ((), 1, 1)


@given(SEEDS)
@examples(40)
def test_regret_read_off_the_flow_is_that_of_solving_again(seed: int) -> None:
    check_city(seed)


def check_city(seed: int) -> None:
    """Eligible pairs of a city: by best paths, one by one and together, and by solving again."""
    data, day, policy = made_data(seed, 10), day_of(seed), load_policy(day_of(seed))
    moves: Moves = ("none", "unlimited", 1, 2)[seed % 4]
    run = match(policy, build_instance(data, day), moves)
    base = base_of(run)
    pairs = list(zip(base.problem.seeker.tolist(), base.problem.pool.tolist(), strict=True))[:24]
    told = regrets(base, pairs)
    assert told == [regret(run, h, p) for h, p in pairs]
    assert told == regrets(replace(base, flow=False), pairs)
    for (h, p), found in zip(pairs, told, strict=True):
        SEEN["impossible" if found is None else "flow" if base.flow else "solved"] += 1
        if found is not None:
            assert found.rank <= (0,) * len(GOALS)
            assert h not in found.lose
            assert (h in found.gain) == (h not in run.plan.household)
            assert (h in found.elsewhere) == (h in run.plan.household and not proposed(run, h, p))


def proposed(run: Match, h: int, p: int) -> bool:
    return bool(((run.plan.household == h) & (run.plan.pool == p)).any())


@given(SEEDS)
@examples(25)
def test_regret_of_a_pair_is_that_of_a_run_with_it_pinned(seed: int) -> None:
    data, day, policy = made_data(seed, 9), day_of(seed), load_policy(day_of(seed))
    moves: Moves = ("none", "unlimited", 2)[seed % 3]
    run = match(policy, build_instance(data, day), moves)
    instance, base = run.assessment.instance, base_of(run)
    for pair in np.flatnonzero(~base.chosen)[:4].tolist():
        h, p = int(base.problem.seeker[pair]), int(base.problem.pool[pair])
        pins = ((instance.household_ids[h], instance.pool_ids[p]),)
        found = regret(run, h, p)
        try:
            pinned = match(policy, instance, moves, limits=Limits(pins=pins))
        except LimitsConflict:
            assert found is None
            continue
        assert found is not None
        change = np.subtract(pinned.solution.values, run.solution.values)[: len(GOALS)]
        assert found.rank == tuple(change.tolist())


@given(SEEDS)
@examples(25)
def test_regret_of_the_twin(seed: int) -> None:
    """The twin with the household left only that pair, and made the first to be placed."""
    data, day = made_data(seed, 9), day_of(seed)
    moves: Moves = ("none", "unlimited", 2)[seed % 3]
    run = match(load_policy(day), build_instance(data, day), moves)
    instance, base = run.assessment.instance, base_of(run)
    for pair in np.flatnonzero(~base.chosen)[:3].tolist():
        h, p = int(base.problem.seeker[pair]), int(base.problem.pool[pair])
        household, pool = instance.household_ids[h], instance.pool_ids[p]
        twin = problem(data, day)
        best = best_with(twin, (household, pool), moves)
        found = regret(run, h, p)
        assert (best is None) == (found is None)
        if found is not None and best is not None:
            before = goals_told(run.solution.values)
            assert found.goals == {goal: best[goal] - before[goal] for goal in GOALS}


def best_with(twin: Problem, arc: tuple[str, str], moves: Moves) -> dict[str, int] | None:
    """The twin's best goals among plans with a pair."""
    true = dict(twin.tier)
    for other in [other for other in twin.eligible if other[0] == arc[0] and other != arc]:
        twin.eligible[other] = "no"
    gains = twin.gains

    def first_of_all(one: tuple[str, str]) -> dict[str, int]:
        """Tier 1 weighs the pair above all who are in tier 1; the other goals stay as they are."""
        told = gains(one)
        if one == arc:
            told = told | {"tier_1": told["tier_1"] + len(true) + 1}
        return told

    twin.gains = first_of_all  # type: ignore[method-assign, assignment]
    answer = solve(twin, moves)
    if arc not in answer.plan:
        return None
    return answer.goals | {"tier_1": answer.goals["tier_1"] - len(true) - 1}


def test_the_cities_had_all_kinds() -> None:
    seed = 0
    while not all(SEEN[kind] for kind in ("flow", "solved", "impossible")) and seed < 200:
        check_city(seed)
        seed += 1
    assert [kind for kind in ("flow", "solved", "impossible") if not SEEN[kind]] == []


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 400, 100))
def test_four_hundred_more_cities(start: int) -> None:
    for seed in range(start, start + 100):
        check_city(seed)


def test_limits_of_the_run_are_kept() -> None:
    data = small_city()
    run = run_of(data, limits=Limits(blocks=(("A", "P"),), most=1))
    assert regret(run, 0, 0) is None
    other = regret(run, 2, 0)
    assert other is not None
    assert (other.gain, len(other.lose)) == ((2,), 1)
