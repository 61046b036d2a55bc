"""Bottlenecks under the limits of a run: every gain is by what two whole runs differ."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given

from models.dataset import Dataset
from optimiser.compatibility import assess
from optimiser.gap.bottlenecks import Bottlenecks, bottlenecks, bottlenecks_answer
from optimiser.instance_build import build_instance
from optimiser.limits.conflict import LimitsConflict
from optimiser.limits.model import Limits, LimitsProblem
from optimiser.match import match
from optimiser.matching import GOALS, Moves
from optimiser.policy.load import load_policy

from ...twin.cities import AS_OF
from ...twin.problem import problem
from .. import rows
from ..limits.made_limits import made_limits
from ..made import SEEDS, day_of, examples, made_data
from ..told import goals_told
from .cities import roomier

SEEN: Counter[str] = Counter()


def found_in(data: Dataset, day: date, moves: Moves, limits: Limits) -> Bottlenecks:
    return bottlenecks(assess(load_policy(day), build_instance(data, day)), moves, limits=limits)


def goals_of(data: Dataset, day: date, moves: Moves, limits: Limits) -> dict[str, int]:
    run = match(load_policy(day), build_instance(data, day), moves, limits=limits)
    return goals_told(run.solution.values)


def agree(seed: int, moves: Moves) -> None:
    data, day = made_data(seed, 14), day_of(seed)
    limits = made_limits(problem(data, day), np.random.default_rng(seed), moves, pins=seed % 2)
    try:
        found = found_in(data, day, moves, limits)
    except LimitsConflict as conflict:
        names = conflict.names
        SEEN["conflict"] += 1
        with pytest.raises(LimitsConflict) as whole:
            goals_of(data, day, moves, limits)
        assert whole.value.names == names
        return
    before = goals_of(data, day, moves, limits)
    for number, entry in enumerate(bottlenecks_answer(found)["pools"]):
        after = goals_of(roomier(data, number), day, moves, limits)
        assert entry["gains"] == {goal: after[goal] - before[goal] for goal in GOALS}, entry["pool"]
    SEEN["pin"] += bool(limits.pins)
    SEEN["reserve"] += any(n for _, n in limits.reserves)
    SEEN["gain"] += bool(found.gains.any())
    SEEN["solved again" if found.solved_again else "read off"] += 1


@given(SEEDS)
@examples(25)
def test_gains_are_those_of_whole_runs(seed: int) -> None:
    agree(seed, ("none", "unlimited", 1 + seed % 3)[seed % 3])


def test_the_cities_had_limits_of_every_kind() -> None:
    wanted = ("conflict", "pin", "reserve", "gain", "solved again", "read off")
    seed = 0
    while not all(SEEN[what] for what in wanted) and seed < 60:
        agree(seed, ("none", "unlimited")[seed % 2])
        seed += 1
    assert [what for what in wanted if not SEEN[what]] == []


def test_a_reserve_takes_the_first_places_more() -> None:
    waits = {"social_problems": "yes", "situation": "friends_temporary"}
    data = rows.city(rows.household("A", **waits), rows.pool("P", capacity=1))
    gains = [
        int(found_in(data, AS_OF, "none", Limits(reserves=(("P", kept),))).gains[0, :5].sum())
        for kept in (1, 2, 3)
    ]
    assert gains == [1, 0, 0]


def test_a_limit_that_names_nothing() -> None:
    data = rows.city(rows.household("A"), rows.pool("P"))
    with pytest.raises(LimitsProblem):
        found_in(data, AS_OF, "none", Limits(reserves=(("Q", 1),)))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 300, 100))
def test_three_hundred_more_cities(start: int) -> None:
    for seed in range(start, start + 100):
        agree(seed, ("none", "unlimited", 1 + seed % 3)[seed % 3])
