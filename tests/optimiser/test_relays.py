"""A run in which residents may move, on few pairs: the plan and the steps of the whole match."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from optimiser.chains import Step
from optimiser.ground import Ground
from optimiser.instance import NONE, QuotaLimit
from optimiser.limits.model import NO_LIMITS, Limits
from optimiser.match import match_assessed
from optimiser.matching import Moves, Plan, matching_problem
from optimiser.priority import prioritise
from optimiser.reach import within_reach
from optimiser.relays import best_relays

from .made import SEEDS, Reading, examples, made_reading

EVERYBODY = Ground(conditional=False)
Told = tuple[list[int], list[int], list[int], list[Step]]


def told(plan: Plan, steps: list[Step]) -> Told:
    return plan.household.tolist(), plan.pool.tolist(), plan.from_pool.tolist(), steps


def quick(read: Reading, moves: Moves, limits: Limits = NO_LIMITS, ground: Ground = EVERYBODY) -> Told:
    a = read.assessment
    pairs = within_reach(a, prioritise(a), limits, ground)
    assert pairs is not None
    return told(*best_relays(matching_problem(a, prioritise(a), pairs, moves, limits, ground), moves))


def whole(read: Reading, moves: Moves, limits: Limits = NO_LIMITS, ground: Ground = EVERYBODY) -> Told:
    found = match_assessed(read.assessment, moves, limits=limits, ground=ground)
    return told(found.plan, list(found.steps))


@pytest.mark.parametrize("moves", ["unlimited", 1, 2, 4])
@given(SEEDS)
@examples(60)
def test_the_same_plan_and_steps(moves: Moves, seed: int) -> None:
    read = made_reading(seed, 40)
    assert quick(read, moves) == whole(read, moves)


@given(SEEDS)
@examples(40)
def test_with_a_budget_and_prices(seed: int) -> None:
    read = made_reading(seed, 25)
    luck = np.random.default_rng(seed)
    budget = Limits(budget=int(luck.integers(0, 200_000)))
    ground = replace(EVERYBODY, fit_less=luck.integers(-100, 400, read.instance.m))
    assert quick(read, 2, budget, ground) == whole(read, 2, budget, ground)


@given(SEEDS)
@examples(40)
def test_some_seekers_and_some_pools(seed: int) -> None:
    read = made_reading(seed, 40)
    luck = np.random.default_rng(seed)
    ground = replace(
        EVERYBODY,
        seekers=np.flatnonzero(luck.random(read.instance.n) < 0.7),
        pools=np.flatnonzero(luck.random(read.instance.m) < 0.8),
    )
    assert quick(read, "unlimited", ground=ground) == whole(read, "unlimited", ground=ground)


@given(SEEDS)
@examples(60)
def test_quotas_of_all_and_of_a_unit(seed: int) -> None:
    read = made_reading(seed, 40)
    luck = np.random.default_rng(seed)
    forms = luck.choice(read.instance.pools["form"], 2).tolist()
    units = NONE, int(luck.choice(read.instance.households["responsible_unit"]))
    quotas = tuple(
        QuotaLimit((read.instance.form_ids[form],), (form,), int(luck.integers(0, 3)), unit)
        for form, unit in zip(forms, units, strict=True)
    )
    read.assessment.instance = replace(read.instance, quotas=quotas)
    assert quick(read, "unlimited") == whole(read, "unlimited")


def with_one_place(seed: int) -> tuple[Reading, int]:
    """A made city with one place vacant, and its pool."""
    read = made_reading(seed, 40)
    pool = int(np.random.default_rng(seed).integers(read.instance.m))
    vacant = (np.arange(read.instance.m) == pool).astype(np.int32)
    read.assessment.instance = read.instance.with_pools(vacant=vacant)
    return read, pool


def test_who_is_over_quota_stands_in_nobodys_way() -> None:
    changed = 0
    for seed in range(60):
        read, _ = with_one_place(seed)
        ground = replace(EVERYBODY, checked=False)
        before = whole(read, "unlimited", ground=ground)
        for household, pool in zip(before[0][:1], before[1][:1], strict=True):
            unit = int(read.instance.households["responsible_unit"][household])
            form = int(read.instance.pools["form"][pool])
            quota = QuotaLimit((read.instance.form_ids[form],), (form,), 0, unit)
            read.assessment.instance = replace(read.assessment.instance, quotas=(quota,))
            after = whole(read, "unlimited", ground=ground)
            assert quick(read, "unlimited", ground=ground) == after
            changed += unit != NONE and bool(after[0]) and after != before
    assert changed > 5


def test_who_must_not_meet_a_resident_stands_in_nobodys_way() -> None:
    changed = 0
    for seed in range(60):
        read, pool = with_one_place(seed)
        nobody_moves = np.flatnonzero(read.instance.households["current_pool"] == NONE)
        ground = replace(EVERYBODY, seekers=nobody_moves, checked=False)
        before = whole(read, "unlimited", ground=ground)
        living = np.flatnonzero(read.instance.households["current_pool"] == pool)
        if before[0] and living.size:
            conflict = np.array([[before[0][0], living[0]]], dtype=np.int32)
            read.assessment.instance = replace(read.assessment.instance, conflicts=conflict)
            after = whole(read, "unlimited", ground=ground)
            assert quick(read, "unlimited", ground=ground) == after
            changed += bool(after[0]) and after != before
    assert changed > 5


def test_pairs_are_few_where_nothing_is_vacant_and_nobody_can_change_places() -> None:
    read = made_reading(2, 40)
    full = read.instance.with_pools(vacant=np.zeros(read.instance.m, dtype=np.int32))
    nobody = np.full(full.n, NONE, dtype=np.int32)
    read.assessment.instance = full.with_households(current_pool=nobody)
    pairs = within_reach(read.assessment, prioritise(read.assessment), NO_LIMITS, EVERYBODY)
    assert pairs is not None
    assert not pairs[0].size


def test_limits_that_want_more_need_all_pairs() -> None:
    read = made_reading(1)
    assert within_reach(read.assessment, prioritise(read.assessment), Limits(most=1), EVERYBODY) is None
