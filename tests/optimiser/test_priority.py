"""Candidates, tiers and points, as the twin counts them."""

from dataclasses import replace

import numpy as np
from hypothesis import given

from optimiser.priority import prioritise

from ..twin.priority import is_candidate, points, tier
from . import rows
from .made import SEEDS, examples, made_reading, reading


@given(SEEDS)
@examples(300)
def test_candidates_tiers_and_points_are_those_of_the_twin(seed: int) -> None:
    read = made_reading(seed)
    priority = prioritise(read.assessment)
    for h in range(read.instance.n):
        household = read.household(h)
        assert bool(priority.candidate[h]) == is_candidate(read.city, household), household
        assert priority.tier[h] == tier(read.city, household), household
        assert priority.points[h] == points(read.city, household), household


def test_made_cities_hold_every_tier_and_some_who_take_no_part() -> None:
    seen: set[int] = set()
    outside = 0
    for seed in range(60):
        priority = prioritise(made_reading(seed).assessment)
        seen |= set(priority.tier[priority.candidate].tolist())
        outside += int((~priority.candidate).sum())
    assert seen == {1, 2, 3, 4, 5}
    assert outside > 20


def test_unknown_fact_adds_no_points_and_excludes_nobody() -> None:
    blank = dict.fromkeys(("substance_use", "mental_health", "violence_exposed", "acute_danger"), "unknown")
    read = reading(rows.city(rows.household("A", **blank), rows.household("B")))
    priority = prioritise(read.assessment)
    assert priority.points.tolist() == [0, 0]
    assert priority.candidate.all()


def test_declines_lower_nothing() -> None:
    for seed in range(6):
        read = made_reading(seed)
        without = reading(replace(read.data, declines=()), read.city.as_of)
        one, other = prioritise(read.assessment), prioritise(without.assessment)
        assert np.array_equal(one.tier, other.tier)
        assert np.array_equal(one.points, other.points)
