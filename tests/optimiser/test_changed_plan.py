"""A plan changed by hand: known answers, and against the twin's judge and its sums."""

from collections import Counter

import numpy as np
from hypothesis import given

from models.dataset import Dataset
from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.matching import GOALS, Moves
from optimiser.policy.load import load_policy
from optimiser.reasons.changed_plan import changed_plan

from ..twin.cities import AS_OF
from ..twin.plan import limit_faults
from ..twin.problem import problem
from ..twin.splits import can_split
from . import rows
from .made import SEEDS, day_of, examples, made_data, until_seen

GROUP = {"social_problems": "yes", "situation": "friends_temporary"}
SEEN: Counter[str] = Counter()


def run_of(data: Dataset, moves: Moves) -> Match:
    return match(load_policy(AS_OF), build_instance(data, AS_OF), moves)


def chain_city() -> Dataset:
    """R moves on from P to Q, and A takes the place that R leaves; B would too."""
    lives = {**GROUP, "situation": "supported_housing", "situation_ends_on": "2026-01-20"}
    return rows.city(
        rows.household("A", **GROUP, homeless_since="2020-01-01", pet="yes"),
        rows.household("B", **GROUP, homeless_since="2025-12-01", pet="yes"),
        rows.household("R", **lives, current_pool_id="P"),
        rows.pool("P"),
        rows.pool("Q", pets="no", monthly_cost_sek=5000),
    )


def test_nothing_changed_breaks_nothing() -> None:
    run = run_of(chain_city(), "unlimited")
    found = changed_plan(run)
    assert found.complaints == ()
    assert found.proposals == ((0, 0), (2, 1))
    assert found.effect.goals == dict.fromkeys(GOALS, 0)
    assert found.effect.placements == 0


def test_one_household_in_place_of_another() -> None:
    run = run_of(chain_city(), "unlimited")
    found = changed_plan(run, out=[0], put_in=[(1, 0)])
    assert found.complaints == ()
    assert (found.effect.gain, found.effect.lose) == ((1,), (0,))
    points = run.priority.points
    assert found.effect.goals["points"] == int(points[1] - points[0])
    assert found.effect.goals["cost"] == 0


def test_who_was_to_take_the_place_left_is_complained_of() -> None:
    found = changed_plan(run_of(chain_city(), "unlimited"), out=[2])
    assert found.complaints == ("A -> P: no vacant place is left",)
    assert (found.effect.lose, found.effect.goals["cost"]) == ((2,), -5000)


def test_what_is_put_in_by_mistake_is_named() -> None:
    run = run_of(chain_city(), "unlimited")
    assert any("rule pets" in one for one in changed_plan(run, put_in=[(1, 1)]).complaints)
    assert any("lives in" in one for one in changed_plan(run, put_in=[(2, 0)]).complaints)
    twice = changed_plan(run, put_in=[(1, 0), (1, 0)]).complaints
    assert "B is proposed 2 times" in twice
    crowded = changed_plan(run, put_in=[(1, 0)]).complaints
    assert crowded == ("B -> P: no vacant place is left",)


def test_moves_and_lengths_of_chains_are_kept() -> None:
    data = chain_city()
    alone = run_of(data, 1)
    assert alone.plan.household.tolist() == [2]
    assert changed_plan(alone, put_in=[(0, 0)]).complaints == ("chain 1 has 2 proposals, 1 are allowed",)
    nobody = run_of(data, "none")
    assert any("moves although nobody may" in one for one in changed_plan(nobody, put_in=[(2, 1)]).complaints)


@given(SEEDS)
@examples(60)
def test_complaints_and_sums_as_the_twin_judges(seed: int) -> None:
    check_city(seed)


def check_city(seed: int) -> None:
    data, day, luck = made_data(seed, 9), day_of(seed), np.random.default_rng(seed)
    moves: Moves = ("none", "unlimited", 2)[seed % 3]
    run = match(load_policy(day), build_instance(data, day), moves)
    twin, instance = problem(data, day), run.assessment.instance
    before = dict(zip(run.plan.household.tolist(), run.plan.pool.tolist(), strict=True))
    for _ in range(4):
        out = [h for h in before if luck.random() < 0.3]
        arcs = [arc for arc in twin.arcs(moves) if luck.random() < 0.15][:2]
        put_in = [
            (instance.household_ids.index(h), instance.pool_ids.index(p)) for h, p in dict(arcs).items()
        ]
        found = changed_plan(run, out, put_in)
        plan = [(instance.household_ids[h], instance.pool_ids[p]) for h, p in found.proposals]
        expected = {h: p for h, p in before.items() if h not in out} | dict(put_in)
        assert dict(found.proposals) == expected
        faults = limit_faults(twin, plan)
        splits = bool(faults) or not isinstance(moves, int) or can_split(twin, plan, moves)
        assert bool(found.complaints) == (bool(faults) or not splits), (found.complaints, faults)
        SEEN["broken" if found.complaints else "sound"] += 1
        now, was = twin.value(plan), twin.value([(h, p) for h, p in _told(run)])
        assert found.effect.goals == {goal: now[goal] - was[goal] for goal in GOALS}


def _told(run: Match) -> list[tuple[str, str]]:
    instance = run.assessment.instance
    pairs = zip(run.plan.household.tolist(), run.plan.pool.tolist(), strict=True)
    return [(instance.household_ids[h], instance.pool_ids[p]) for h, p in pairs]


def test_the_cities_had_sound_and_broken_plans() -> None:
    until_seen(SEEN, ("broken", "sound"), check_city, range(12))
