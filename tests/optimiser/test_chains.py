"""A plan split into chains and cycles: known plans, and the fewest and shortest against every split."""

from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given

from optimiser.chains import split
from optimiser.matching import Plan

from ..twin.judge import judge_parts
from ..twin.problem import Arc, Problem
from ..twin.splits import best_split, can_split
from .made import SEEDS, examples

OUT = -1
Kinds = list[tuple[int, int]]


def plan_of(kinds: Kinds) -> Plan:
    """A plan whose i-th proposal leaves one pool (OUT for who enters) and takes another."""
    left, taken = (np.array([kind[i] for kind in kinds], dtype=np.int64) for i in (0, 1))
    return Plan(np.arange(len(kinds)), taken, left)


def parts(kinds: Kinds, vacant: list[int], most: int | None = None) -> list[list[tuple[int, int]]] | None:
    """Proposals with their steps, chain by chain."""
    steps = split(plan_of(kinds), np.array(vacant), most)
    if steps is None:
        return None
    numbers = sorted({step.chain for step in steps})
    assert numbers == list(range(1, len(numbers) + 1))
    return [[(s.proposal, s.step) for s in steps if s.chain == number] for number in numbers]


def test_nobody_is_proposed_anything() -> None:
    assert parts([], [3]) == []


def test_single_entries_are_chains_of_one() -> None:
    assert parts([(OUT, 0), (OUT, 0), (OUT, 1)], [2, 1]) == [[(0, 1)], [(1, 1)], [(2, 1)]]


def test_chain_of_three_in_the_order_in_which_it_can_be_carried_out() -> None:
    """Who takes the vacant place goes first, wherever the rows stand."""
    assert parts([(OUT, 0), (0, 1), (1, 2)], [0, 0, 1]) == [[(2, 1), (1, 2), (0, 3)]]


def test_chain_that_ends_with_a_place_left_empty() -> None:
    assert parts([(0, 1)], [0, 1]) == [[(0, 1)]]


def test_swap_is_a_cycle_with_all_steps_one() -> None:
    found = parts([(0, 1), (1, 0)], [0, 0])
    assert found is not None
    assert [[step for _, step in part] for part in found] == [[1, 1]]


def test_vacant_place_does_not_break_a_cycle_into_a_chain() -> None:
    """No chain at all is fewer than one."""
    found = parts([(0, 1), (1, 0)], [1, 1])
    assert found is not None
    assert [[step for _, step in part] for part in found] == [[1, 1]]


def test_cycle_and_chain_through_one_pool() -> None:
    """A swap between 0 and 1, and a chain into 2 by way of 0: the chain is kept as short as can be."""
    found = parts([(0, 1), (1, 0), (0, 2), (OUT, 0)], [0, 0, 1])
    assert found is not None
    assert sorted(len(part) for part in found) == [2, 2]
    assert sorted(max(step for _, step in part) for part in found) == [1, 2]


def test_several_chains_through_one_pool_share_its_places_evenly() -> None:
    """What is left early goes to who lets others follow: three and three, not two and four."""
    kinds = [(0, 2), (1, 3), (0, 1), (4, 0), (OUT, 0), (OUT, 4)]
    found = parts(kinds, [0, 0, 1, 1, 0])
    assert found is not None
    assert sorted(len(part) for part in found) == [3, 3]


def test_a_limit_takes_a_vacant_place_rather_than_a_long_chain() -> None:
    kinds = [(OUT, 0), (0, 1), (1, 2)]
    assert parts(kinds, [1, 0, 1], 2) is not None
    assert parts(kinds, [1, 0, 1], 3) == [[(2, 1), (1, 2), (0, 3)]]


@pytest.mark.parametrize(("most", "splits"), [(1, False), (2, False), (3, True), (4, True)])
def test_plan_that_only_long_chains_carry_out(most: int, splits: bool) -> None:
    assert (parts([(OUT, 0), (0, 1), (1, 2)], [0, 0, 1], most) is not None) == splits


@pytest.mark.parametrize(("most", "splits"), [(1, False), (2, False), (3, True)])
def test_round_of_three_needs_a_limit_of_three(most: int, splits: bool) -> None:
    assert (parts([(0, 1), (1, 2), (2, 0)], [0, 0, 0], most) is not None) == splits


@pytest.mark.parametrize(("longest_cycle", "splits"), [(0, False), (1, False), (2, True), (4, True)])
def test_cycles_have_a_limit_of_their_own(longest_cycle: int, splits: bool) -> None:
    steps = split(plan_of([(0, 1), (1, 0)]), np.array([0, 0]), 4, longest_cycle)
    assert (steps is not None) == splits


def test_many_swaps_between_two_pools() -> None:
    """More of them than there are kinds of move."""
    found = parts([(0, 1), (1, 0)] * 5, [0, 0], 2)
    assert found is not None
    assert [len(part) for part in found] == [2] * 5


def test_long_way_is_one_chain_at_once() -> None:
    """Eight hundred moves, each into what the one before left."""
    count = 800
    found = parts([(i, i + 1) for i in range(count)], [0] * count + [1])
    assert found == [[(count - step, step) for step in range(1, count + 1)]]


def test_way_that_is_too_long_is_cut_where_a_place_is_vacant() -> None:
    found = parts([(0, 1), (1, 2), (2, 3)], [0, 0, 1, 1], 2)
    assert found is not None
    assert sorted(len(part) for part in found) == [1, 2]


def made_plan(seed: int) -> tuple[Kinds, list[int]]:
    """A plan of at most seven proposals that can be carried out, and the vacant places it starts from."""
    luck = np.random.default_rng(seed)
    m = int(luck.integers(1, 5))
    kinds: Kinds = []
    for _ in range(int(luck.integers(1, 8))):
        left = int(luck.integers(0, m)) if luck.random() < 0.7 else OUT
        taken = int(luck.integers(0, m))
        if taken != left:
            kinds.append((left, taken))
    net = [sum(t == p for _, t in kinds) - sum(f == p for f, _ in kinds) for p in range(m)]
    return kinds, [max(count, 0) + int(luck.integers(0, 2)) * int(luck.random() < 0.4) for count in net]


def as_city(kinds: Kinds, vacant: list[int]) -> tuple[Problem, list[Arc]]:
    """The plan in the twin's words: as much of a city as splits look at."""
    home = {f"H{i}": None if left == OUT else f"P{left}" for i, (left, _) in enumerate(kinds)}
    places = {f"P{p}": count for p, count in enumerate(vacant)}
    city: Any = SimpleNamespace(home=home, vacant=places)
    return cast(Problem, city), [(f"H{i}", f"P{taken}") for i, (_, taken) in enumerate(kinds)]


@given(SEEDS)
@examples(300)
def test_fewest_chains_and_then_the_shortest_longest_of_all_splits(seed: int) -> None:
    kinds, vacant = made_plan(seed)
    city, arcs = as_city(kinds, vacant)
    for most in (None, 1, 2, 3):
        steps = split(plan_of(kinds), np.array(vacant), most)
        assert (steps is not None) == (most is None or can_split(city, arcs, most))
        if steps is None:
            continue
        told = [
            {"household": arcs[s.proposal][0], "pool": arcs[s.proposal][1], "chain": s.chain, "step": s.step}
            for s in steps
        ]
        assert sorted(s.proposal for s in steps) == list(range(len(kinds)))
        assert judge_parts(city, "unlimited" if most is None else most, told) == []
        lengths = [[s.step for s in steps if s.chain == n] for n in {s.chain for s in steps}]
        chains = [len(part) for part in lengths if len(part) == 1 or max(part) > 1]
        assert (len(chains), max(chains, default=0)) == best_split(city, arcs, most)


def test_order_of_proposals_changes_numbers_only() -> None:
    for seed in range(40):
        kinds, vacant = made_plan(seed)
        order = np.random.default_rng(seed).permutation(len(kinds)).tolist()
        one, other = parts(kinds, vacant), parts([kinds[i] for i in order], vacant)
        assert one is not None
        assert other is not None
        kinds_of = sorted([(kinds[i], step) for i, step in part] for part in one)
        mixed = [kinds[i] for i in order]
        assert sorted(len(part) for part in kinds_of) == sorted(len(part) for part in other)
        assert sorted((mixed[i], s) for part in other for i, s in part) == sorted(
            pair for part in kinds_of for pair in part
        )
