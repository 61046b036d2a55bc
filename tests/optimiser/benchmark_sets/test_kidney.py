"""Kidney exchange: instances worked by hand, and random ones against all cycles and chains at once."""

import numpy as np
import pytest
from hypothesis import given

from optimiser.assign import assign
from optimiser.solve import limited
from optimiser.solve.mip import OutOfTime

from ..made import SEEDS, examples
from .kidney import Exchange, best_by_parts, exchange, faults, made_exchange, solved

RING = [(0, 1), (1, 2), (2, 3), (3, 0)]


@pytest.mark.parametrize(
    ("pairs", "free_donors", "gifts", "chain", "cycle", "transplants"),
    [
        pytest.param(2, 0, [(0, 1), (1, 0)], 4, 3, 2, id="swap"),
        pytest.param(2, 0, [(0, 1), (1, 0)], 4, 1, 0, id="no cycles at all"),
        pytest.param(4, 0, RING, 4, 3, 0, id="round of four is too long"),
        pytest.param(4, 0, RING, 4, 4, 4, id="round of four"),
        pytest.param(4, 0, [*RING, (2, 0)], 4, 3, 3, id="round of three within one of four"),
        pytest.param(4, 0, [*RING, (1, 0), (3, 2)], 4, 3, 4, id="two swaps within a round of four"),
        pytest.param(5, 1, [(5, 0), (0, 1), (1, 2), (2, 3), (3, 4)], 4, 3, 4, id="chain is cut at four"),
        pytest.param(5, 1, [(5, 0), (0, 1), (1, 2), (2, 3), (3, 4)], 5, 3, 5, id="chain of five"),
        pytest.param(3, 1, [(3, 0), (0, 1), (1, 0), (0, 2)], 4, 3, 2, id="chain or swap, not both"),
        pytest.param(4, 1, [(4, 0), (0, 1), (1, 2), (2, 3), (3, 1)], 1, 3, 4, id="chain beside a round"),
        pytest.param(2, 2, [(2, 0), (3, 0), (0, 1)], 4, 3, 2, id="one of two free donors is enough"),
        pytest.param(3, 0, [(0, 1), (1, 2)], 4, 3, 0, id="nobody begins a chain"),
    ],
)
def test_worked_by_hand(
    pairs: int, free_donors: int, gifts: list[tuple[int, int]], chain: int, cycle: int, transplants: int
) -> None:
    problem = exchange(pairs, free_donors, gifts)
    found = solved(problem, chain, cycle)
    assert found.values == (transplants,)
    assert found.optimal
    assert faults(problem, found, chain, cycle) == []


def check(problem: Exchange, chain: int, cycle: int, seed: int) -> None:
    worth = np.random.default_rng(seed).integers(1, 100, problem.takes.shape)
    found = solved(problem, chain, cycle, worth)
    assert found.values == best_by_parts(problem, chain, cycle, worth)
    assert found.optimal
    assert faults(problem, found, chain, cycle) == []


@given(SEEDS)
@examples(80)
def test_cycles_of_three_and_chains_of_four(seed: int) -> None:
    luck = np.random.default_rng(seed)
    pairs, free_donors, degree = (int(luck.integers(*span)) for span in ((2, 25), (0, 4), (1, 4)))
    check(made_exchange(pairs, free_donors, degree, seed), 4, 3, seed)


@given(SEEDS)
@examples(80)
def test_any_limits(seed: int) -> None:
    luck = np.random.default_rng(seed)
    pairs, free_donors, degree = (int(luck.integers(*span)) for span in ((2, 12), (0, 4), (1, 5)))
    chain, cycle = int(luck.integers(1, 5)), int(luck.integers(0, 6))
    check(made_exchange(pairs, free_donors, degree, seed), chain, cycle, seed)


def test_prices_by_step_lead_to_the_same_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """However few pairs, cycles found by their prices and not all at once."""
    monkeypatch.setattr("optimiser.solve.limited.LAST_PAIRS", 0)
    monkeypatch.setattr("optimiser.solve.master.FEW_PAIRS", 0)
    monkeypatch.setattr("optimiser.solve.master.FEW_CYCLES", 0)
    for seed in range(6):
        check(made_exchange(24, 2, 4, seed), 4, 3, seed)
        check(made_exchange(12, 1, 4, seed), 2, 5, seed)


def test_goal_that_misses_its_bound_is_sought_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of cycles can be worth more than any whole ones, so the bound is out of reach."""
    sought: list[int] = []
    best_below = limited._Walk._best_below

    def watched(walk: limited._Walk, goal: int, missed: int) -> np.ndarray:
        sought.append(goal)
        return best_below(walk, goal, missed)

    monkeypatch.setattr(limited._Walk, "_best_below", watched)
    monkeypatch.setattr(limited, "LAST_PAIRS", 0)
    for seed in range(30):
        check(made_exchange(20, 1, 3, seed), 4, 3, seed)
    assert set(sought) == {0, 1}


def test_a_hundred_pairs() -> None:
    check(made_exchange(100, 6, 4, seed=1), 4, 3, seed=1)


def test_same_limit_for_both_when_only_chains_are_told() -> None:
    problem = exchange(4, 0, RING)
    homes, ones = np.arange(4), np.ones((4, 4), dtype=np.int64)
    for longest, transplants in ((3, 0), (4, 4)):
        found = assign(ones, problem.takes, np.ones(4), homes=homes, longest_chain=longest)
        assert found.values == (transplants,)


@pytest.mark.slow
def test_five_hundred_pairs_and_fifty_free_donors() -> None:
    problem = made_exchange(500, 50, 5, seed=0)
    found = solved(problem, 4, 3)
    assert found.optimal
    assert faults(problem, found, 4, 3) == []


def test_time_that_runs_out_in_the_integer_programme_leaves_the_bound_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def late(*_: object) -> None:
        raise OutOfTime("too late")

    monkeypatch.setattr(limited, "LAST_PAIRS", 0)
    monkeypatch.setattr(limited, "best_in_layers", late)
    problem = made_exchange(60, 4, 3, seed=2)
    homes, places = np.arange(60), np.ones(64)
    ones = np.ones_like(problem.takes, dtype=np.int64)
    found = assign(ones, problem.takes, places, homes=homes, longest_chain=4, longest_cycle=3, time_limit=60)
    best, _ = best_by_parts(problem, 4, 3, ones)
    assert faults(problem, found, 4, 3) == []
    assert found.values[0] <= best <= found.bounds[0] <= best + 2
    assert not found.optimal
