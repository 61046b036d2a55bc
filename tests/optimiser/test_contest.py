"""The contest for places: who it leaves in, against every choice there is."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.contest import Contest

from .made import examples


def placeable(seekers: tuple[int, ...], wants: list[int], vacant: list[int]) -> bool:
    """Whether some seekers can all be placed at once, by trying."""
    pools = [[p for p in range(len(vacant)) if wants[s] >> p & 1] for s in seekers]
    return any(
        all(choice.count(p) <= places for p, places in enumerate(vacant)) for choice in product(*pools)
    )


def heaviest(wants: list[int], weight: list[int], vacant: list[int]) -> list[set[int]]:
    """Every set of seekers that is best: most of the heaviest class, then of the next, and so on."""
    everyone = range(len(wants))
    sets = [
        chosen
        for size in range(len(wants) + 1)
        for chosen in combinations(everyone, size)
        if placeable(chosen, wants, vacant)
    ]
    worth = {
        chosen: [sum(weight[s] == w for s in chosen) for w in sorted(set(weight))[::-1]] for chosen in sets
    }
    best = max(worth.values())
    return [set(chosen) for chosen in sets if worth[chosen] == best]


def left_in(wants: list[int], weight: list[int], vacant: list[int]) -> dict[int, int]:
    contest = Contest(vacant)
    found: dict[int, int] = {}
    for w in sorted(set(weight))[::-1]:
        found |= dict(contest.hold([(s, wants[s]) for s in range(len(wants)) if weight[s] == w]))
    return found


@given(st.integers(0, 2**32))
@examples(150)
def test_nobody_who_could_win_is_left_out(seed: int) -> None:
    luck = np.random.default_rng(seed)
    pools, seekers = int(luck.integers(1, 4)), int(luck.integers(1, 7))
    vacant = luck.integers(0, 3, pools).tolist()
    wants = luck.integers(0, 2**pools, seekers).tolist()
    weight = luck.integers(0, 4, seekers).tolist()
    found = left_in(wants, weight, vacant)
    best = heaviest(wants, weight, vacant)
    assert set().union(*best) <= found.keys()
    reduced = [found.get(s, 0) for s in range(seekers)]
    for chosen in best:
        assert placeable(tuple(chosen), reduced, vacant)
        for pool in range(pools):
            everyone_there = [s for s in chosen if wants[s] >> pool & 1 and not reduced[s] >> pool & 1]
            for s in everyone_there:
                forced = [1 << pool if other == s else wants[other] for other in range(seekers)]
                assert not placeable(tuple(chosen), forced, vacant)


def test_of_different_weights_only_winners_are_left() -> None:
    assert left_in([0b1, 0b1, 0b11, 0b10], [9, 8, 7, 6], [1, 1]) == {0: 0b1, 2: 0b10}


def test_somebody_makes_room() -> None:
    assert left_in([0b11, 0b01], [2, 1], [1, 1]) == {0: 0b11, 1: 0b01}


def test_equals_stay_in_together() -> None:
    assert left_in([0b1, 0b1, 0b1], [5, 5, 4], [1]) == {0: 0b1, 1: 0b1}


@pytest.mark.parametrize("vacant", [[], [0, 0]])
def test_without_places_nobody_contends(vacant: list[int]) -> None:
    contest = Contest(vacant)
    assert contest.open == 0
    assert contest.hold([(0, 0b11)]) == []
