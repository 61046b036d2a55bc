"""Short cycles: the same as networkx finds."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given

from optimiser.solve.cycles import short_cycles

from ..made import SEEDS, examples


def test_each_cycle_once_from_its_smallest_node() -> None:
    arcs = [(2, 0), (0, 1), (1, 2), (1, 0), (5, 6), (3, 3)]
    assert sorted(short_cycles(arcs, 3)) == [(0, 1), (0, 1, 2)]


@pytest.mark.parametrize("longest", [0, 1])
def test_no_cycle_is_shorter_than_two(longest: int) -> None:
    assert list(short_cycles([(0, 1), (1, 0)], longest)) == []


@given(SEEDS)
@examples(150)
def test_same_as_networkx(seed: int) -> None:
    luck = np.random.default_rng(seed)
    nodes, longest = int(luck.integers(2, 8)), int(luck.integers(2, 6))
    drawn = luck.integers(0, nodes, (int(luck.integers(0, 30)), 2)).tolist()
    arcs = [(tail, head) for tail, head in drawn if tail != head]
    found = list(short_cycles(arcs, longest))
    expected = {rotated(cycle) for cycle in nx.simple_cycles(nx.DiGraph(arcs), length_bound=longest)}
    assert len(found) == len(set(found))
    assert set(found) == expected


def rotated(cycle: list[int]) -> tuple[int, ...]:
    at = cycle.index(min(cycle))
    return tuple(cycle[at:] + cycle[:at])
