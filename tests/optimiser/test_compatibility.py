"""Eligibility over households x pools: the same however it is asked, and as the twin reads the policy."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from optimiser import compatibility as module
from optimiser.compatibility import assess, compatibility, eligibility, failures, pair_verdicts, verdicts
from optimiser.kleene import ELIGIBILITY_NAMES, FAIL, UNKNOWN, YES
from optimiser.policy.load import load_policy

from ..twin.cities import AS_OF, random_city
from ..twin.rules import eligibility as twin_eligibility
from ..twin.rules import verdicts as twin_verdicts
from .made import SEEDS, Reading, examples, made_reading, reading


def by_pairs(read: Reading, h: int, p: int) -> str:
    """Eligibility of one pair from its verdicts, one by one."""
    hold = {rule.rule_id for rule in read.assessment.policy.rules if rule.when_unknown == "hold"}
    found = pair_verdicts(read.assessment, h, p)
    if "fail" in found.values():
        return "no"
    return "unknown" if any(found[rule] == "unknown" for rule in hold & found.keys()) else "yes"


@given(SEEDS)
@examples(300)
def test_verdicts_are_those_of_the_twin(seed: int) -> None:
    read = made_reading(seed, largest_city=12)
    grid = eligibility(read.assessment, np.arange(read.instance.n))
    for h in range(read.instance.n):
        for p in range(read.instance.m):
            pair = read.city, read.household(h), read.pool(p)
            assert pair_verdicts(read.assessment, h, p) == twin_verdicts(*pair), pair[1:]
            assert ELIGIBILITY_NAMES[grid[h, p]] == twin_eligibility(*pair), pair[1:]


@given(SEEDS)
@examples(40)
def test_grid_is_what_the_pairs_say_one_by_one(seed: int) -> None:
    read = made_reading(seed)
    grid = eligibility(read.assessment, np.arange(read.instance.n))
    for h in range(read.instance.n):
        assert [ELIGIBILITY_NAMES[value] for value in grid[h]] == [
            by_pairs(read, h, p) for p in range(read.instance.m)
        ]


@given(SEEDS)
@examples(40)
def test_rules_on_a_list_of_pairs_equal_rules_on_the_grid(seed: int) -> None:
    read = made_reading(seed)
    a, everyone = read.assessment, np.arange(read.instance.n)
    h, p = read.all_pairs()
    for rule in a.policy.rules:
        listed = verdicts(a, rule, h, p).reshape(read.instance.n, read.instance.m)
        stopped = listed == FAIL
        assert ((eligibility(a, everyone, [rule]) == FAIL) == stopped).all(), rule.rule_id
        held = (listed == UNKNOWN) & (rule.when_unknown == "hold")
        assert ((eligibility(a, everyone, [rule]) == UNKNOWN) == held).all(), rule.rule_id


@pytest.mark.parametrize("block_pairs", [1, 7, 40, 1 << 20])
@pytest.mark.parametrize("seed", range(6))
def test_size_of_blocks_changes_nothing(seed: int, block_pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    a = made_reading(seed).assessment
    everywhere = np.ones(a.instance.m, dtype=bool)
    rows = np.arange(a.instance.n)
    whole, counted = compatibility(a), failures(a, rows, everywhere)
    monkeypatch.setattr(module, "BLOCK_PAIRS", block_pairs)
    in_blocks = compatibility(a)
    for one, other in ((whole.eligible, in_blocks.eligible), (whole.unknown, in_blocks.unknown)):
        assert [index.tolist() for index in one] == [index.tolist() for index in other]
    assert (failures(a, rows, everywhere) == counted).all()


@pytest.mark.parametrize("seed", range(10))
def test_kept_pairs_are_those_of_the_grid_in_order(seed: int) -> None:
    a = made_reading(seed).assessment
    grid = eligibility(a, np.arange(a.instance.n))
    found = compatibility(a)
    for (h, p), value in ((found.eligible, YES), (found.unknown, UNKNOWN)):
        assert np.stack([h, p], axis=1).tolist() == np.argwhere(grid == value).tolist()


@pytest.mark.parametrize("seed", range(6))
def test_some_rows_are_those_rows_of_all(seed: int) -> None:
    a = made_reading(seed).assessment
    rows = np.arange(a.instance.n)[1::3]
    whole = eligibility(a, np.arange(a.instance.n))
    assert (eligibility(a, rows) == whole[rows]).all()
    h, p = compatibility(a, rows).eligible
    assert set(zip(h.tolist(), p.tolist(), strict=True)) == {
        (h, p) for h, p in np.argwhere(whole == YES).tolist() if h in rows
    }


@pytest.mark.parametrize("seed", range(6))
def test_failures_count_the_pools_that_each_rule_closes(seed: int) -> None:
    read = made_reading(seed)
    a = read.assessment
    chosen = np.arange(a.instance.m) % 3 != 1
    counts = failures(a, np.arange(a.instance.n), chosen)
    recount: Any = np.zeros_like(counts)
    for h in range(a.instance.n):
        for p in np.flatnonzero(chosen).tolist():
            for rule_id, verdict in pair_verdicts(a, h, p).items():
                recount[h, a.policy.rule_at[rule_id]] += verdict == "fail"
    assert (counts == recount).all()


@pytest.mark.parametrize("seed", range(6))
def test_what_is_shared_of_the_stock_does_not_mix_policies(seed: int) -> None:
    read = made_reading(seed)
    everyone, shared = np.arange(read.instance.n), dict[str, Any]()
    policy = read.assessment.policy
    women = tuple(replace(rule, applies_to={"admits": ["women"]}) for rule in policy.rules)
    for one in (policy, replace(policy, rules=women), policy):
        alone, sharing = assess(one, read.instance), assess(one, read.instance, shared)
        assert (eligibility(sharing, everyone) == eligibility(alone, everyone)).all()


@pytest.mark.parametrize(("households", "pools"), [(0, 3), (5, 0), (0, 0)])
def test_empty_city_has_no_pairs(households: int, pools: int) -> None:
    a = reading(random_city(1, households, pools)).assessment
    found = compatibility(a)
    assert [len(index) for index in (*found.eligible, *found.unknown)] == [0, 0, 0, 0]
    assert eligibility(a, np.arange(households)).shape == (households, pools)


def test_resident_is_unsuitable_when_a_rule_of_the_place_fails() -> None:
    seen = set()
    for seed in range(30):
        read = reading(random_city(seed, 12, 4))
        a = assess(load_policy(AS_OF), read.instance)
        not_counted = {"open", "step_up", "recent_decline", "declined_form"}
        for h, pool in enumerate(read.instance.households["current_pool"].tolist()):
            found = pair_verdicts(a, h, pool) if pool >= 0 else {}
            fails = {rule for rule, verdict in found.items() if verdict == "fail"} - not_counted
            assert bool(a.unsuitable[h]) == bool(fails)
            seen.add(bool(fails))
    assert seen == {True, False}


@pytest.mark.parametrize("seed", range(8))
def test_an_exception_sets_one_rule_aside_for_one_household(seed: int) -> None:
    read, changed = made_reading(seed), made_reading(seed)
    rows = np.arange(read.instance.n)
    for rule in read.assessment.policy.rules:
        h = seed % read.instance.n
        changed.assessment.excepted = {rule.rule_id: rows == h}
        for p in range(read.instance.m):
            before = pair_verdicts(read.assessment, h, p)
            before.pop(rule.rule_id, None)
            assert pair_verdicts(changed.assessment, h, p) == before
        one, other = eligibility(read.assessment, rows), eligibility(changed.assessment, rows)
        assert (one[rows != h] == other[rows != h]).all()
        assert [ELIGIBILITY_NAMES[value] for value in other[h]] == [
            by_pairs(changed, h, p) for p in range(read.instance.m)
        ]
