"""Chains drawn as DOT: read back they are the chains and cycles of the answer, whatever the ids."""

from collections import Counter, defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.answer import answer
from optimiser.drawing import COLOURS, Captions, Place, dot, drawing
from optimiser.instance_build import build_instance
from optimiser.match import match
from optimiser.policy.load import load_policy

from .dot_reader import Read, read_dot, shown
from .made import SEEDS, day_of, examples, made_data

CAPTIONS = Captions(lambda n: f"chain {n}", lambda n: f"swap {n}", "outside")
AWKWARD = ('H"1', "H\\", "Öst & Ån", "a\nb", "{<b>}; x -> y", "&amp;", "\\N\\n", '\\"', "1", "")


def proposal(household: str, left: str | None, pool: str, chain: int, step: int) -> dict[str, Any]:
    return {"household": household, "pool": pool, "from_pool": left, "chain": chain, "step": step}


def drawn(proposals: list[dict[str, Any]]) -> Read:
    pools = {one[key] for one in proposals for key in ("pool", "from_pool")} - {None}
    places = {pool: Place((f"house {pool}", "form"), i % 4) for i, pool in enumerate(sorted(pools))}
    return read_dot(dot(drawing(proposals, places, CAPTIONS), "a run"))


def arrows(found: Read) -> Counter[tuple[str, str, str]]:
    """Every arrow as what its two ends and it itself show."""
    return Counter(
        (shown(found.nodes[tail]["label"]), shown(found.nodes[head]["label"]), shown(about["label"]))
        for tail, head, about in found.edges
    )


def wanted(proposals: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    def box(pool: str | None) -> str:
        return "outside" if pool is None else f"house {pool}\nform".replace("\r", "")

    return Counter(
        (box(one["from_pool"]), box(one["pool"]), f"{one['step']}. {one['household']}".replace("\r", ""))
        for one in proposals
    )


def test_a_chain_ends_outside_and_a_swap_where_it_began() -> None:
    found = drawn(
        [
            proposal("H1", "B", "A", 1, 1),
            proposal("H2", None, "B", 1, 2),
            proposal("H3", "A", "B", 2, 1),
            proposal("H4", "B", "A", 2, 1),
        ]
    )
    assert found.headings == {"cluster 1": "chain 1", "cluster 2": "swap 2"}
    assert [(tail, head) for tail, head, _ in found.edges if found.frame_of[tail] == "cluster 1"] == [
        ("1 pool B", "1 pool A"),
        ("1 from H2", "1 pool B"),
    ]
    assert {(tail, head) for tail, head, _ in found.edges if found.frame_of[tail] == "cluster 2"} == {
        ("2 pool A", "2 pool B"),
        ("2 pool B", "2 pool A"),
    }


def test_a_level_has_its_colour() -> None:
    places = {str(level): Place((str(level),), level) for level in range(4)}
    found = read_dot(
        dot(drawing([proposal(p, None, p, int(p) + 1, 1) for p in places], places, CAPTIONS), "")
    )
    assert [found.nodes[f"{int(p) + 1} pool {p}"]["fillcolor"] for p in places] == list(COLOURS)
    assert len(set(COLOURS)) == 4


def test_two_who_go_the_same_way_are_two_arrows() -> None:
    found = drawn(
        [proposal("H1", "B", "A", 1, 1), proposal("H2", "A", "B", 1, 2), proposal("H3", "B", "A", 1, 3)]
    )
    assert len(found.edges) == 3


@pytest.mark.parametrize("household", AWKWARD)
@pytest.mark.parametrize("pool", AWKWARD)
def test_awkward_ids(household: str, pool: str) -> None:
    proposals = [proposal(household, "B", pool, 1, 1), proposal(household + "x", None, "B", 1, 2)]
    found = drawn(proposals)
    assert arrows(found) == wanted(proposals)
    assert set(found.frame_of.values()) == {"cluster 1"}


@given(st.lists(st.text(max_size=6), min_size=2, max_size=4, unique=True))
@examples(200)
def test_any_ids(ids: list[str]) -> None:
    proposals = [proposal(one, None, other, 1 + i, 1) for i, one in enumerate(ids) for other in ids[:1]]
    found = drawn(proposals)
    assert arrows(found) == wanted(proposals)
    assert len(found.nodes) == 2 * len(ids)


@given(SEEDS)
@examples(25)
def test_chains_and_cycles_are_those_of_the_answer(seed: int) -> None:
    data, day = made_data(seed, 14), day_of(seed)
    run = match(load_policy(day), build_instance(data, day), ("unlimited", 3)[seed % 2])
    proposals = answer(run, "")["proposals"]
    found = drawn(proposals)
    assert arrows(found) == wanted(proposals)
    chains: dict[int, list[int]] = defaultdict(list)
    for one in proposals:
        chains[one["chain"]].append(one["step"])
    for number, steps in chains.items():
        swap = len(steps) > 1 and set(steps) == {1}
        inside = [node for node, frame in found.frame_of.items() if frame == f"cluster {number}"]
        left = Counter(tail for tail, _, _ in found.edges if tail in inside)
        taken = Counter(head for _, head, _ in found.edges if head in inside)
        assert found.headings[f"cluster {number}"] == f"{'swap' if swap else 'chain'} {number}"
        assert (left == taken) == swap
