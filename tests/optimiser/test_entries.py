"""A run in which nobody moves, on few pairs: the same plan as the whole match, or none."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.entries import best_entries, bits_of
from optimiser.ground import Ground
from optimiser.instance import NONE, QuotaLimit
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.match import match_assessed
from optimiser.matching import Plan
from optimiser.priority import prioritise

from .made import SEEDS, Reading, examples, made_reading


def by_household(plan: Plan) -> list[tuple[int, int, int]]:
    return sorted(zip(plan.household.tolist(), plan.pool.tolist(), plan.from_pool.tolist(), strict=True))


def ground_of(read: Reading, **settings: object) -> Ground:
    homeless = np.flatnonzero(read.instance.households["current_pool"] == NONE)
    return replace(Ground(seekers=homeless), **settings)  # type: ignore[arg-type]


def both(read: Reading, limits: Limits, ground: Ground) -> tuple[Plan | None, Plan]:
    whole = match_assessed(read.assessment, "none", limits=limits, ground=ground)
    return best_entries(read.assessment, prioritise(read.assessment), limits, ground), whole.plan


@given(SEEDS)
@examples(150)
def test_the_same_plan(seed: int) -> None:
    read = made_reading(seed, 40)
    quick, whole = both(read, NO_LIMITS, ground_of(read))
    if quick is not None:
        assert by_household(quick) == by_household(whole)
    else:
        assert len(read.instance.conflicts) or read.instance.quotas


@given(SEEDS)
@examples(40)
def test_the_same_plan_with_a_budget_and_prices(seed: int) -> None:
    read = made_reading(seed, 25)
    luck = np.random.default_rng(seed)
    budget = Limits(budget=int(luck.integers(0, 200_000)))
    ground = ground_of(read, fit_less=luck.integers(-100, 400, read.instance.m))
    quick, whole = both(read, budget, ground)
    if quick is not None:
        assert by_household(quick) == by_household(whole)


@given(SEEDS)
@examples(40)
def test_some_seekers_and_some_pools(seed: int) -> None:
    read = made_reading(seed, 25)
    luck = np.random.default_rng(seed)
    ground = ground_of(read)
    assert ground.seekers is not None
    ground = replace(
        ground,
        seekers=ground.seekers[luck.random(len(ground.seekers)) < 0.7],
        pools=np.flatnonzero(luck.random(read.instance.m) < 0.7),
    )
    quick, whole = both(read, NO_LIMITS, ground)
    if quick is not None:
        assert by_household(quick) == by_household(whole)


@pytest.mark.parametrize("seed", range(8))
def test_a_used_up_quota_closes_its_pools(seed: int) -> None:
    read = made_reading(seed, 40)
    form = int(read.instance.pools["form"][0])
    quota = QuotaLimit((read.instance.form_ids[form],), (form,), 0, NONE)
    read.assessment.instance = replace(read.instance, quotas=(quota,), conflicts=read.instance.conflicts[:0])
    quick, whole = both(read, NO_LIMITS, ground_of(read))
    assert quick is not None
    assert by_household(quick) == by_household(whole)
    assert form not in read.instance.pools["form"][quick.pool]


def test_limits_that_want_more_are_left_to_the_match() -> None:
    read = made_reading(1)
    limits = Limits(most=1)
    assert best_entries(read.assessment, prioritise(read.assessment), limits, ground_of(read)) is None


@given(SEEDS, st.integers(0, 200), st.integers(0, 5))
def test_bits_of_rows(seed: int, wide: int, rows: int) -> None:
    grid = np.random.default_rng(seed).random((rows, wide)) < 0.5
    assert bits_of(grid) == [sum(1 << i for i in np.flatnonzero(row).tolist()) for row in grid]
