"""The public core on plain arrays: what it returns, and which argument it names when one does not fit."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given

from optimiser.assign import NOWHERE, Limit, assign

from .made import SEEDS, examples

YES = np.ones((2, 3), dtype=bool)
ONES = np.ones((2, 3), dtype=np.int64)


def test_goals_are_strictly_in_order() -> None:
    found = assign([[[1], [0]], [[0], [1000]]], [[True], [True]], [1])
    assert (found.pool.tolist(), found.values) == ([0, NOWHERE], (1, 0))
    assert (found.bounds, found.optimal, found.engine) == ((1, 0), True, "flow")
    assert found.chains == found.cycles == ()


def test_what_is_not_eligible_is_not_read() -> None:
    worth = [[np.inf, 2.0], [1.0, np.nan]]
    found = assign(worth, [[False, True], [True, False]], [1, 1])
    assert (found.pool.tolist(), found.values) == ([1, 0], (3,))


def test_nobody_and_nowhere() -> None:
    for shape in ((0, 3), (3, 0), (0, 0)):
        found = assign(np.ones(shape), np.ones(shape, dtype=bool), np.ones(shape[1]))
        assert (found.pool.tolist(), found.values, found.optimal) == ([NOWHERE] * shape[0], (0,), True)


def test_place_left_can_be_taken() -> None:
    """The first lives where the second would go, and may move on."""
    eligible = [[False, True], [True, False]]
    found = assign([[0, 0], [1, 0]], eligible, [1, 1], homes=[0, -1])
    assert found.pool.tolist() == [1, 0]
    assert assign([[0, 0], [1, 0]], eligible, [1, 0], homes=[0, -1]).values == (0,)


def test_own_home_is_no_proposal() -> None:
    assert assign([[5]], [[True]], [1], homes=[0]).pool.tolist() == [NOWHERE]


def test_chain_and_cycle_are_told_in_order() -> None:
    """0 takes the vacant place, 1 what 0 leaves, 2 what 1 leaves; 3 and 4 swap."""
    eligible = np.zeros((5, 5), dtype=bool)
    for household, pool in ((0, 4), (1, 0), (2, 1), (3, 3), (4, 2)):
        eligible[household, pool] = True
    homes = [0, 1, -1, 2, 3]
    found = assign(np.ones((5, 5)), eligible, np.ones(5), homes=homes, longest_chain=3, longest_cycle=2)
    assert (found.chains, found.cycles) == (((0, 1, 2),), ((3, 4),))
    short = assign(np.ones((5, 5)), eligible, np.ones(5), homes=homes, longest_chain=2, longest_cycle=0)
    assert (short.chains, short.cycles, short.values) == (((0, 1),), (), (2,))


def test_large_household_leaves_all_its_places() -> None:
    """Three live in pool 0; when they move to pool 1, two small households fit in what they leave."""
    eligible = [[False, True], [True, False], [True, False]]
    found = assign(np.ones((3, 2)), eligible, [3, 3], sizes=[3, 1, 2], homes=[0, -1, -1])
    assert found.pool.tolist() == [1, 0, 0]
    full = assign(np.ones((3, 2)), eligible, [3, 2], sizes=[3, 1, 2], homes=[0, -1, -1])
    assert full.values == (0,)


def test_places_that_differ_by_pool() -> None:
    found = assign([[1, 1], [1, 1]], YES[:, :2], [2, 2], sizes=[[2, 9], [2, 2]])
    assert found.pool.tolist() == [0, 1]


@given(SEEDS)
@examples(60)
def test_sizes_of_one_are_no_sizes(seed: int) -> None:
    luck = np.random.default_rng(seed)
    n, m = int(luck.integers(1, 9)), int(luck.integers(1, 5))
    worth, eligible = luck.integers(-5, 20, (n, m)), luck.random((n, m)) < 0.6
    homes = np.where(luck.random(n) < 0.5, luck.integers(0, m, n), -1)
    capacities = np.bincount(homes[homes >= 0], minlength=m) + luck.integers(0, 3, m)
    plain = assign(worth, eligible, capacities, homes=homes)
    sized = assign(worth, eligible, capacities, homes=homes, sizes=np.ones(n))
    assert plain.values == sized.values
    assert sized.optimal


@given(SEEDS)
@examples(60)
def test_order_of_rows_and_columns_changes_no_value(seed: int) -> None:
    luck = np.random.default_rng(seed)
    n, m = int(luck.integers(1, 9)), int(luck.integers(1, 5))
    worth, eligible = luck.integers(0, 20, (2, n, m)), luck.random((n, m)) < 0.6
    sizes, capacities = luck.integers(1, 4, n), luck.integers(0, 6, m)
    rows, columns = luck.permutation(n), luck.permutation(m)
    mixed = worth[:, rows][:, :, columns], eligible[rows][:, columns], capacities[columns]
    one, other = assign(worth, eligible, capacities, sizes=sizes), assign(*mixed, sizes=sizes[rows])
    assert one.values == other.values


def test_no_time_gives_what_keeps_the_limits_and_true_bounds() -> None:
    luck = np.random.default_rng(3)
    worth, sizes = luck.integers(1, 50, (30, 4)), luck.integers(1, 6, 30)
    arguments = (worth, np.ones((30, 4), dtype=bool), [9, 9, 9, 9])
    hurried, proved = assign(*arguments, sizes=sizes, time_limit=0), assign(*arguments, sizes=sizes)
    placed = hurried.pool >= 0
    assert (np.bincount(hurried.pool[placed], sizes[placed]) <= 9).all()
    assert hurried.values[0] <= proved.values[0] <= hurried.bounds[0]
    assert proved.optimal
    assert not hurried.optimal


def test_no_time_for_chains_gives_chains_within_the_limit() -> None:
    """A way of five moves; three are allowed."""
    eligible = np.eye(5, 6, 1, dtype=bool)
    homes = np.arange(5)
    hurried = assign(np.ones((5, 6)), eligible, np.ones(6), homes=homes, longest_chain=3, time_limit=0)
    assert all(len(chain) <= 3 for chain in hurried.chains)
    assert hurried.values[0] <= 3 <= hurried.bounds[0]
    proved = assign(np.ones((5, 6)), eligible, np.ones(6), homes=homes, longest_chain=3)
    assert (proved.values, proved.chains) == ((3,), ((4, 3, 2),))


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"goals": np.ones((3, 2))}, r"goals: must be one matrix or several, each 2 x 3"),
        ({"goals": np.ones((0, 2, 3))}, "goals: must be one matrix or several"),
        ({"goals": ONES * 0.5}, "goals: must be whole numbers"),
        ({"goals": ONES * np.nan}, "goals: must be whole numbers"),
        ({"goals": np.full((2, 3), "high")}, "goals: must be numbers"),
        ({"goals": ONES << 53}, "goals: must be within"),
        ({"eligible": ONES}, "eligible: must be a matrix of True and False"),
        ({"eligible": YES[0]}, "eligible: must be a matrix of True and False"),
        ({"capacities": [1, 1]}, r"capacities: must have shape \(3,\), not \(2,\)"),
        ({"capacities": [1, -1, 1]}, "capacities: must be 0 or more"),
        ({"homes": [0]}, r"homes: must have shape \(2,\)"),
        ({"homes": [0, 3]}, "homes: must be -1 or a pool from 0 to 2"),
        ({"homes": [0, 0]}, "capacities: pool 0 is the home of more than it holds"),
        ({"homes": [0, -1], "sizes": [2, 1]}, "capacities: pool 0 is the home of more than it holds"),
        ({"sizes": [1, 1, 1]}, r"sizes: must have shape \(2,\) or \(2, 3\), not \(3,\)"),
        ({"sizes": [1, -1]}, "sizes: must be 0 or more"),
        ({"sizes": [1, 2], "longest_chain": 2}, "sizes: leave them out with longest_chain"),
        ({"limits": [Limit("beds", [1, 1], [1, 1])]}, r"limits: beds: must have shape \(3,\)"),
        ({"limits": [Limit("beds", [1], 1)]}, r"limits: beds: must have shape \(2,\) or \(2, 3\)"),
        ({"limits": [Limit("beds", [1, 1], -1)]}, "limits: beds: must be 0 or more"),
        ({"limits": [Limit("beds", [1 << 53, 1 << 53], 1)]}, "limits and sizes: must be smaller"),
        ({"longest_chain": 0}, "longest_chain: must be 1 or more"),
        ({"longest_cycle": 3}, "longest_cycle: needs longest_chain too"),
        ({"longest_chain": 1, "longest_cycle": -1}, "longest_cycle: must be 0 or more"),
        ({"time_limit": -1.0}, "time_limit: must be 0 seconds or more"),
    ],
)
def test_argument_that_does_not_fit_is_named(changed: dict[str, Any], named: str) -> None:
    arguments: dict[str, Any] = {"goals": ONES, "eligible": YES, "capacities": [1, 1, 1], **changed}
    with pytest.raises(ValueError, match=named):
        assign(**arguments)
