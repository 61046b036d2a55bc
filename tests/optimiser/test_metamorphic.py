"""Changes whose direction is known beforehand: more room never hurts, taking a feature away never helps.

Two exceptions belong to the policy and are shown below: a resident whom the home no longer suits may move
sideways, so a stricter home can open another one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from models.dataset import Dataset
from optimiser.compatibility import assess, eligibility
from optimiser.facts import FACTS
from optimiser.instance_build import build_instance
from optimiser.match import Match, match
from optimiser.matching import GOALS, Moves, goals_of_pairs
from optimiser.policy.load import load_policy
from optimiser.policy.model import Rule

from . import rows
from .made import SEEDS, day_of, examples, made_data, reading

MOVES: tuple[Moves, ...] = ("none", "unlimited", 2)
FEATURES: tuple[dict[str, Any], ...] = (
    {"mobility": "none"},
    {"pets": "no"},
    {"children": "no"},
    {"max_persons": 1},
    {"min_age": 65},
    {"max_age": 20},
    {"psychiatric_competence": "no"},
    {"opens_on": "tomorrow"},
)


def run(data: Dataset, seed: int, moves: Moves) -> Match:
    day = day_of(seed)
    return match(load_policy(day), build_instance(data, day), moves)


def goals(data: Dataset, seed: int, moves: Moves) -> tuple[int, ...]:
    """Goal values in their order, the greater the better; without the tie-break."""
    return run(data, seed, moves).solution.values[: len(GOALS)]


def with_pool(data: Dataset, number: int, **values: Any) -> Dataset:
    pools = list(data.pools)
    pools[number] = type(pools[number]).model_validate({**pools[number].model_dump(), **values})
    return replace(data, pools=tuple(pools))


@given(SEEDS)
@examples(60)
def test_a_place_more_never_lowers_the_goals(seed: int) -> None:
    data, moves = made_data(seed, 12), MOVES[seed % 3]
    number = seed % len(data.pools)
    roomier = with_pool(data, number, capacity=data.pools[number].capacity + 1)
    assert goals(roomier, seed, moves) >= goals(data, seed, moves)


@given(SEEDS)
@examples(100)
def test_a_feature_taken_from_a_pool_without_residents_never_raises_the_goals(seed: int) -> None:
    data, moves = made_data(seed, 12), MOVES[seed % 3]
    homes = {row.current_pool_id for row in data.households}
    empty = [i for i, pool in enumerate(data.pools) if pool.pool_id not in homes]
    feature = FEATURES[seed % len(FEATURES)]
    if feature == {"opens_on": "tomorrow"}:
        feature = {"opens_on": day_of(seed) + timedelta(days=1), "closes_on": None}
    for number in empty:
        assert goals(with_pool(data, number, **feature), seed, moves) <= goals(data, seed, moves)


def test_a_feature_taken_from_a_home_can_let_its_resident_move_sideways() -> None:
    """The exception: a stricter home that no longer suits its resident opens the next one."""
    people = {"situation": "supported_housing", "social_problems": "yes", "pet": "yes"}
    data = rows.city(
        rows.household("A", current_pool_id="P", **people), rows.pool("P"), rows.pool("Q", capacity=1)
    )
    assert sum(goals(data, 0, "unlimited")[:5]) == 0
    assert sum(goals(with_pool(data, 0, pets="no"), 0, "unlimited")[:5]) == 1


@given(SEEDS)
@examples(60)
def test_fewer_limits_never_lower_the_goals(seed: int) -> None:
    data, moves = made_data(seed, 12), MOVES[seed % 3]
    known = goals(data, seed, moves)
    assert goals(replace(data, conflicts=data.conflicts[1:]), seed, moves) >= known
    wider = tuple(quota.model_copy(update={"places": quota.places + 1}) for quota in data.quotas)
    assert goals(replace(data, quotas=wider), seed, moves) >= known


@given(SEEDS)
@examples(40)
def test_one_more_who_waits_never_lowers_the_goals(seed: int) -> None:
    data, moves = made_data(seed, 12), MOVES[seed % 3]
    newcomer = rows.household("X", situation="rough_sleeping", substance_use="active", social_problems="yes")
    more = replace(data, households=(*data.households, newcomer), members=(*data.members, rows.adult("X")))
    assert goals(more, seed, moves) >= goals(data, seed, moves)


@given(SEEDS)
@examples(40)
def test_the_freer_the_moves_the_better(seed: int) -> None:
    data = made_data(seed, 12)
    kinds: Sequence[Moves] = ("none", 1, 2, 3, "unlimited")
    reached = [goals(data, seed, moves) for moves in kinds]
    assert reached == sorted(reached)


@given(SEEDS)
@examples(80)
def test_a_confirmed_fact_costs_at_most_the_proposal_of_who_it_is_about(seed: int) -> None:
    """Of someone without a home here: every other proposal of the old plan can still be made."""
    data, moves = made_data(seed, 12), MOVES[seed % 2]
    before = run(data, seed, moves)
    blanks = [
        (i, column)
        for i, row in enumerate(data.households)
        for column in FACTS
        if row.current_pool_id is None and str(getattr(row, column, "")) == "unknown"
    ]
    for i, column in blanks[:3]:
        row = data.households[i]
        for value in _answers(column):
            told = type(row).model_validate({**row.model_dump(), column: value})
            after = replace(data, households=(*data.households[:i], told, *data.households[i + 1 :]))
            others = before.plan.household != before.assessment.instance.household_ids.index(row.household_id)
            assert goals(after, seed, moves) >= _worth_of(before, others), (row.household_id, column, value)


def _answers(column: str) -> Sequence[str]:
    coded = {
        "substance_use": ("none", "past", "active"),
        "mental_health": ("none", "some", "severe"),
        "mobility": ("none", "step_free", "wheelchair"),
    }
    return coded.get(column, ("yes", "no"))


def _worth_of(before: Match, others: Any) -> tuple[int, ...]:
    """What some proposals of a plan are worth."""
    plan = before.plan
    worth = goals_of_pairs(before.assessment, before.priority, plan.household[others], plan.pool[others])
    return tuple(int(value) for value in worth.sum(axis=1))


EXTRA = Rule(
    "extra", "household_meets", {"condition": "no_pet"}, {}, None, "hold", "local", (), day_of(0), "", ""
)


@pytest.mark.parametrize("seed", range(30))
def test_an_extra_rule_opens_no_pair_but_to_residents_it_makes_ill_housed(seed: int) -> None:
    read = reading(made_data(seed), day_of(seed))
    policy = read.assessment.policy
    stricter = assess(replace(policy, rules=(*policy.rules, EXTRA)), read.instance)
    everyone = np.arange(read.instance.n)
    before, after = eligibility(read.assessment, everyone), eligibility(stricter, everyone)
    opened = np.unique(np.argwhere(after > before)[:, 0])
    ill_housed = np.flatnonzero(stricter.unsuitable & ~read.assessment.unsuitable)
    assert set(opened.tolist()) <= set(ill_housed.tolist())


def test_an_extra_rule_that_does_not_count_for_moving_on_opens_nothing() -> None:
    for seed in range(30):
        read = reading(made_data(seed), day_of(seed))
        policy = read.assessment.policy
        step = policy.rule("step_up")
        counted = {**step.parameters, "not_counted": [*step.parameters["not_counted"], "extra"]}
        rules = [replace(rule, parameters=counted) if rule is step else rule for rule in policy.rules]
        stricter = assess(replace(policy, rules=(*rules, EXTRA)), read.instance)
        everyone = np.arange(read.instance.n)
        assert (eligibility(stricter, everyone) <= eligibility(read.assessment, everyone)).all()
