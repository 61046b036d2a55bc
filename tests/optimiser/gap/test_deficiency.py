"""Most placed and the largest deficiency set against trying every set, on small random graphs."""

import numpy as np
import pytest
from hypothesis import given

from optimiser.gap.deficiency import (
    Graph,
    connected_parts,
    largest_deficiency_set,
    most_placed,
    placed_count,
    shortage,
)
from optimiser.instance import NONE

from ..made import SEEDS, examples
from .brute import joined_parts, most_who_fit, pools_of, shortest_set


def random_graph(seed: int) -> Graph:
    luck = np.random.default_rng(seed)
    n, m = int(luck.integers(0, 9)), int(luck.integers(1, 6))
    could = luck.random((n, m)) < luck.choice([0.15, 0.3, 0.6])
    household, pool = np.nonzero(could)
    return Graph(household, pool, luck.integers(0, 3, m), n)


def told(graph: Graph) -> tuple[dict[str, list[str]], dict[str, int]]:
    """The graph in names that sort as the numbers do."""
    options: dict[str, list[str]] = {f"H{h}": [] for h in range(graph.n)}
    for h, p in zip(graph.household.tolist(), graph.pool.tolist(), strict=True):
        options[f"H{h}"].append(f"P{p}")
    return options, {f"P{p}": places for p, places in enumerate(graph.places.tolist())}


@given(SEEDS)
@examples(300)
def test_most_placed(seed: int) -> None:
    graph = random_graph(seed)
    placed_at = most_placed(graph)
    pairs = set(zip(graph.household.tolist(), graph.pool.tolist(), strict=True))
    placed = [(h, p) for h, p in enumerate(placed_at.tolist()) if p != NONE]
    assert set(placed) <= pairs
    assert (np.bincount([p for _, p in placed], minlength=len(graph.places)) <= graph.places).all()
    assert len(placed) == placed_count(graph) == most_who_fit(*told(graph))


@given(SEEDS)
@examples(300)
def test_the_largest_deficiency_set_and_its_parts(seed: int) -> None:
    graph = random_graph(seed)
    options, places = told(graph)
    members = largest_deficiency_set(graph)
    wanted = shortest_set(options, places)
    assert [f"H{h}" for h in np.flatnonzero(members).tolist()] == wanted
    whole = shortage(graph, members)
    assert [f"P{p}" for p in whole.pools.tolist()] == pools_of(options, wanted)
    assert whole.short == graph.n - placed_count(graph)

    parts = connected_parts(graph, members)
    found = {frozenset(f"H{h}" for h in part.households.tolist()) for part in parts}
    assert found == {frozenset(part) for part in joined_parts(options, wanted)}
    assert sum(part.short for part in parts) == whole.short
    assert sum(part.places for part in parts) == whole.places
    assert [part.short for part in parts] == sorted((part.short for part in parts), reverse=True)


def test_sets_of_every_kind_were_met() -> None:
    shorts = [(g, largest_deficiency_set(g)) for g in map(random_graph, range(200))]
    assert any(len(connected_parts(g, members)) > 2 for g, members in shorts)
    assert any(shortage(g, members).short == 0 and members.any() for g, members in shorts)
    assert any(0 < members.sum() < g.n for g, members in shorts)


@pytest.mark.parametrize("n", [0, 3])
def test_without_pools_everyone_is_short(n: int) -> None:
    nothing = np.zeros(0, dtype=np.int64)
    graph = Graph(nothing, nothing, nothing, n)
    assert placed_count(graph) == 0
    assert int(largest_deficiency_set(graph).sum()) == n
    assert len(connected_parts(graph, largest_deficiency_set(graph))) == n
