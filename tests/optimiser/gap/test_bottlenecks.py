"""Gains of one more place against solving again, by the twin and by a whole run; groups that are short."""

from collections import Counter
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from models.dataset import Dataset
from optimiser.compatibility import assess
from optimiser.gap.bottlenecks import Bottlenecks, bottlenecks, bottlenecks_answer
from optimiser.instance_build import build_instance
from optimiser.match import match
from optimiser.matching import GOALS, Moves
from optimiser.policy.load import load_policy
from scenarios.demo_city import DEMO_AS_OF, build_demo_city

from ...twin.city import City
from ...twin.matching import match as twin_match
from ...twin.priority import is_candidate
from ...twin.rules import eligibility
from ..made import SEEDS, day_of, examples, made_data, shuffled, until_seen
from ..told import goals_told
from .brute import joined_parts, most_who_fit, pools_of, shortest_set
from .cities import roomier, sample_city

SEEN: Counter[str] = Counter()
DAY = date(2026, 1, 15)
MOVES: tuple[Moves, ...] = ("none", "unlimited", 2)


def found_in(data: Dataset, day: date, moves: Moves) -> Bottlenecks:
    return bottlenecks(assess(load_policy(day), build_instance(data, day)), moves)


def goals_of(data: Dataset, day: date, moves: Moves) -> dict[str, int]:
    return goals_told(match(load_policy(day), build_instance(data, day), moves).solution.values)


def agree(data: Dataset, day: date, moves: Moves) -> None:
    """Every gain is what a whole run with one place more reaches beyond a whole run."""
    found = found_in(data, day, moves)
    gains = {entry["pool"]: entry["gains"] for entry in bottlenecks_answer(found)["pools"]}
    before = goals_of(data, day, moves)
    assert sorted(gains) == sorted(pool.pool_id for pool in data.pools)
    for number, pool in enumerate(data.pools):
        after = goals_of(roomier(data, number), day, moves)
        assert gains[pool.pool_id] == {goal: after[goal] - before[goal] for goal in GOALS}, pool.pool_id
    SEEN["read off"] += found.solved_again == 0 and bool(found.gains.any())
    SEEN["partly"] += 0 < found.solved_again < len(data.pools)
    SEEN["lower goal falls"] += bool((found.gains[:, :7] < 0).any())


@given(SEEDS)
@examples(60)
def test_random_cities_solved_again(seed: int) -> None:
    agree(made_data(seed, 18), day_of(seed), ("unlimited", "none", "unlimited", 1 + seed % 3)[seed % 4])


def test_the_cities_met_every_way_to_a_gain() -> None:
    wanted = ("read off", "partly", "lower goal falls")
    until_seen(
        SEEN, wanted, lambda seed: agree(made_data(seed, 18), day_of(seed), "unlimited"), range(1, 41, 2)
    )


@pytest.mark.parametrize("seed", range(9))
def test_against_the_twin(seed: int) -> None:
    data, day = made_data(seed, 10), day_of(seed)
    moves = MOVES[seed % 3]
    before = twin_match(data, day, moves).goals
    for number, entry in enumerate(bottlenecks_answer(found_in(data, day, moves))["pools"]):
        assert entry["pool"] == data.pools[number].pool_id
        after = twin_match(roomier(data, number), day, moves).goals
        assert entry["gains"] == {goal: after[goal] - before[goal] for goal in GOALS}


@pytest.mark.parametrize(
    ("name", "moves"), [("small-city", "none"), ("small-city", "unlimited"), ("chain-city", 2)]
)
def test_sample_cities(name: str, moves: Moves) -> None:
    agree(sample_city(name), DAY, moves)


def test_first_change_of_a_gain_is_upwards() -> None:
    gains = found_in(build_demo_city(), DEMO_AS_OF, "unlimited").gains
    for row in gains.tolist():
        changes = [change for change in (*row[:7], -row[7]) if change]
        assert not changes or changes[0] > 0


def test_progress_is_told_where_pools_are_solved_again() -> None:
    told: list[tuple[int, int]] = []
    day = day_of(1)
    a = assess(load_policy(day), build_instance(made_data(1, 18), day))
    found = bottlenecks(a, 2, lambda done, of: told.append((done, of)))
    assert found.solved_again > 0
    assert told == [(done, found.solved_again) for done in range(found.solved_again)]


@given(SEEDS)
@examples(20)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    data, day = made_data(seed, 14), day_of(seed)
    told = bottlenecks_answer(found_in(data, day, "unlimited"))
    assert bottlenecks_answer(found_in(shuffled(data, seed), day, "unlimited")) == told


@given(SEEDS)
@examples(60)
def test_groups(seed: int) -> None:
    data, day = made_data(seed, 12), day_of(seed)
    options, vacant = _waiting(City(data, day))
    groups = bottlenecks_answer(found_in(data, day, "none"))["groups"]
    wanted = [
        (len(part), pools_of(options, part), sum(vacant[p] for p in pools_of(options, part)))
        for part in joined_parts(options, shortest_set(options, vacant))
    ]
    told = [(group["households"], group["pools"], group["places"]) for group in groups]
    assert sorted(told) == sorted(wanted)
    assert [group["short"] for group in groups] == [n - places for n, _, places in told]
    assert sum(group["short"] for group in groups) == len(options) - most_who_fit(options, vacant)
    assert told == sorted(told, key=lambda group: (group[2] - group[0], -group[0], group[1]))


def _waiting(city: City) -> tuple[dict[str, list[str]], dict[str, int]]:
    options: dict[str, list[str]] = {}
    for h in city.data.households:
        pools = [p.pool_id for p in city.data.pools if eligibility(city, h, p) == "yes"]
        if is_candidate(city, h) and h.current_pool_id is None and pools:
            options[h.household_id] = pools
    return options, {p.pool_id: p.capacity - len(city.residents(p)) for p in city.data.pools}


def test_shape() -> None:
    answer: dict[str, Any] = bottlenecks_answer(found_in(sample_city("small-city"), DAY, "none"))
    assert list(answer) == ["pools", "groups"]
    assert all(list(entry) == ["pool", "gains"] for entry in answer["pools"])
    assert all(list(entry["gains"]) == list(GOALS) for entry in answer["pools"])
    assert all(list(group) == ["households", "pools", "places", "short"] for group in answer["groups"])
    assert np.diff([group["short"] for group in answer["groups"]]).max(initial=0) <= 0
