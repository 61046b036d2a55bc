"""Limits that cannot all hold: the named ones are needed, and each of them is."""

from collections.abc import Callable
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dataset import Dataset
from optimiser.instance_build import build_instance
from optimiser.limits.conflict import LimitsConflict, minimal_conflict
from optimiser.limits.model import LimitName, Limits
from optimiser.match import Match, match
from optimiser.matching import Moves
from optimiser.policy.load import load_policy

from ...twin.cities import AS_OF
from ..rows import adult, city, household, pool

ROUGH = {"situation": "rough_sleeping", "support_need": "visiting", "substance_use": "past"}
FLAT = {"form": "stodboende", "staffing": "visiting", "monthly_cost_sek": 1000}


def two_and_two() -> Dataset:
    """A woman and a man who could both have either of two single places."""
    return city(
        household("H1", **ROUGH),
        household("H2", **ROUGH),
        adult("H1"),
        adult("H2", sex="man"),
        pool("P1", **FLAT),
        pool("P2", **FLAT),
    )


def run(limits: Limits, moves: Moves = "unlimited", data: Dataset | None = None) -> Match:
    return match(load_policy(AS_OF), build_instance(data or two_and_two(), AS_OF), moves, limits=limits)


def conflict(limits: Limits, moves: Moves = "unlimited", data: Dataset | None = None) -> list[str]:
    with pytest.raises(LimitsConflict) as found:
        run(limits, moves, data)
    return [" ".join([name.kind, *name.subject]) for name in found.value.names]


def test_without_limits_both_are_placed() -> None:
    assert len(run(Limits()).plan.household) == 2


@pytest.mark.parametrize("moves", ["none", "unlimited", 2])
def test_pins_that_clash(moves: Moves) -> None:
    assert conflict(Limits(pins=(("H1", "P1"), ("H2", "P1"))), moves) == ["pins H1 P1", "pins H2 P1"]
    assert conflict(Limits(pins=(("H1", "P1"), ("H1", "P2"))), moves) == ["pins H1 P1", "pins H1 P2"]


@pytest.mark.parametrize(
    ("limits", "other"),
    [
        (Limits(budget=999, most=1), "budget"),
        (Limits(most=0, budget=1000), "most"),
        (Limits(blocks=(("H2", "P1"), ("H1", "P1"))), "blocks H2 P1"),
        (Limits(reserves=(("P1", 1), ("P2", 1))), "reserves P1"),
    ],
)
def test_pin_against_one_other_limit_of_two(limits: Limits, other: str) -> None:
    pinned = Limits(**{**{k: getattr(limits, k) for k in Limits.__slots__}, "pins": (("H2", "P1"),)})
    assert conflict(pinned) == [other, "pins H2 P1"]


def test_floor_asks_for_a_woman_whom_the_number_of_proposals_leaves_no_room_for() -> None:
    from fractions import Fraction

    clash = Limits(women_share=Fraction(1, 2), most=1, budget=5000, pins=(("H2", "P1"),))
    assert conflict(clash) == ["most", "women_share", "pins H2 P1"]


def test_pin_that_the_rules_do_not_let_through_conflicts_alone() -> None:
    data = city(household("H1", **ROUGH), pool("P1", **{**FLAT, "admits": "men"}))
    assert conflict(Limits(budget=9, pins=(("H1", "P1"),)), data=data) == ["pins H1 P1"]


def test_floor_moves_the_choice_but_forces_nothing() -> None:
    found = run(Limits(most=1, pins=(("H2", "P2"),)))
    assert found.plan.household.tolist() == [1]
    assert found.plan.pool.tolist() == [1]


NAMES = [LimitName("pins", (f"H{i}", "P")) for i in range(6)]
ALL = Limits(pins=tuple((f"H{i}", "P") for i in range(6)))


def judge_of(clashes: list[frozenset[LimitName]]) -> Callable[[Limits], bool]:
    def possible(limits: Limits) -> bool:
        named = {name for name, _ in limits.parts()}
        return not any(clash <= named for clash in clashes)

    return possible


@given(st.lists(st.frozensets(st.sampled_from(NAMES), min_size=1), min_size=1, max_size=4))
def test_every_proper_part_of_the_set_is_possible_and_the_set_is_not(
    clashes: list[frozenset[LimitName]],
) -> None:
    possible = judge_of(clashes)
    found = minimal_conflict(ALL, possible)
    assert not possible(ALL.only(found))
    parts = chain.from_iterable(combinations(found, size) for size in range(len(found)))
    assert all(possible(ALL.only(part)) for part in parts)
    assert minimal_conflict(ALL, possible) == found
