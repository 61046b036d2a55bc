"""The checker finds each planted fault, and no fault where there is none."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from models.households import Conflict
from models.stock import Quota
from optimiser.check import Proposed, check
from optimiser.matching import GOALS, Moves, goals_of_pairs
from optimiser.priority import prioritise

from . import rows
from .made import Reading, reading

Told = tuple[str, str, str | None, int, int]
"""Household, pool, the pool left, chain and step."""

PLAN: list[Told] = [("A", "flat", "house", 1, 1), ("B", "house", None, 1, 2), ("C", "other", None, 2, 1)]
"""A moves from the house into the vacant flat, B takes A's place; C enters another house."""


def city(**tables: tuple[Any, ...]) -> Reading:
    """A full house whose resident may move on to a flat, another house, and who wait outside."""
    waiting = [rows.household(key, social_problems="yes") for key in "BCD"]
    rest = [
        rows.household("A", social_problems="yes", situation="supported_housing", current_pool_id="house"),
        rows.household("E", social_problems="yes", situation="housed"),
        rows.household("F", situation="friends_temporary"),
        rows.pool("house", capacity=1, facility_id="H"),
        rows.pool("flat", capacity=1, form="shis_avtalat", monthly_cost_sek=9000),
        rows.pool("other", capacity=1, form="planeringsboende"),
        rows.pool("wing", capacity=1, form="planeringsboende", facility_id="H"),
    ]
    return reading(rows.city(*waiting, *rest, **tables))


def proposed(read: Reading, plan: Sequence[Told]) -> list[Proposed]:
    households, pools = read.instance.household_ids.index, read.instance.pool_ids.index
    return [
        Proposed(households(h), pools(p), -1 if left is None else pools(left), chain, step)
        for h, p, left, chain, step in plan
    ]


def complaints(plan: Sequence[Told], moves: Moves = "unlimited", **tables: Any) -> str:
    """What is wrong with a plan, run together; the goals as they are."""
    read = city(**tables)
    found = check(read.assessment, proposed(read, plan), None, moves)
    return "; ".join(found)


def changed(number: int, **parts: Any) -> list[Told]:
    """PLAN with parts of one proposal changed."""
    names = ("household", "pool", "left", "chain", "step")
    row = {**dict(zip(names, PLAN[number], strict=True)), **parts}
    mended: Any = tuple(row[name] for name in names)
    return [*PLAN[:number], mended, *PLAN[number + 1 :]]


def test_plan_that_holds() -> None:
    assert complaints(PLAN) == ""
    assert complaints([]) == ""
    assert complaints(PLAN, 2) == ""


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        (changed(2, household="F"), "F -> other: rule staffed_group does not let it through"),
        (changed(2, household="E"), "E -> other: is no candidate"),
        ([*PLAN, ("D", "other", None, 3, 1)], "D -> other: no vacant place is left"),
        (changed(2, chain=4), "chains are not numbered from 1"),
        ([*changed(1, chain=2, step=1)[:2], ("C", "other", None, 3, 1)], "B -> house: no vacant place"),
        ([("A", "flat", "house", 1, 2), ("B", "house", None, 1, 1)], "A -> flat: does not take the place"),
        (changed(1, step=3), "chain 1: steps do not run from 1"),
        (changed(1, pool="wing"), "B -> wing: does not take the place left by the step before"),
        ([*PLAN, ("C", "wing", None, 3, 1)], "C is proposed 2 times"),
        (changed(0, left=None), "A -> flat: does not leave the pool it lives in"),
        (changed(2, left="wing"), "C -> other: does not leave the pool it lives in"),
        ([("A", "house", "house", 1, 1)], "A -> house: is proposed the pool it lives in"),
        ([("A", "flat", "house", 1, 1), ("B", "wing", None, 1, 1)], "chain 1: steps do not run from 1"),
    ],
)
def test_planted_fault(plan: Any, fault: str) -> None:
    assert fault in complaints(plan)


def test_nobody_moves_when_nobody_may() -> None:
    assert "A -> flat: moves although nobody may" in complaints(PLAN, "none")
    assert complaints([("C", "other", None, 1, 1)], "none") == ""


def test_chain_longer_than_allowed() -> None:
    assert "chain 1 has 2 proposals, 1 are allowed" in complaints(PLAN, 1)


def test_conflict_with_who_enters_the_same_house() -> None:
    apart = (Conflict(household_id_a="B", household_id_b="C"),)
    plan = changed(2, pool="wing")
    assert complaints(plan) == ""
    assert "would share a facility" in complaints(plan, conflicts=apart)
    assert complaints(PLAN, conflicts=apart) == ""


def test_conflict_with_who_lives_there_and_stays() -> None:
    apart = (Conflict(household_id_a="A", household_id_b="C"),)
    staying: list[Told] = [("C", "wing", None, 1, 1)]
    assert complaints(staying) == ""
    assert "C and A would share a facility" in complaints(staying, conflicts=apart)
    leaving: list[Told] = [("A", "flat", "house", 1, 1), ("C", "wing", None, 2, 1)]
    assert complaints(leaving, conflicts=apart) == ""


def test_quota_of_the_city_and_of_a_unit() -> None:
    none_left = (Quota(year=2026, form=("planeringsboende",), places=0),)
    assert "quota planeringsboende: 1 entries, 0 left" in complaints(PLAN, quotas=none_left)
    elsewhere = (Quota(year=2026, form=("planeringsboende",), places=0, responsible_unit="Farsta"),)
    assert complaints(PLAN, quotas=elsewhere) == ""


@pytest.mark.parametrize("goal", range(len(GOALS)))
def test_wrong_goal_value(goal: int) -> None:
    read = city()
    plan = proposed(read, PLAN)
    h, p = ([getattr(one, name) for one in plan] for name in ("household", "pool"))
    worth = goals_of_pairs(read.assessment, prioritise(read.assessment), *_arrays(h, p)).sum(axis=1).tolist()
    assert check(read.assessment, plan, worth, "unlimited") == []
    worth[goal] += 1
    (found,) = check(read.assessment, plan, worth, "unlimited")
    assert found.startswith(f"goal {GOALS[goal]}: {worth[goal]} is claimed")


def _arrays(h: list[int], p: list[int]) -> Any:
    return np.array(h), np.array(p)


def test_swap_is_a_cycle_and_two_swaps_are_two() -> None:
    ends = {"situation": "supported_housing", "social_problems": "yes", "situation_ends_on": "2026-01-20"}
    people = [rows.household(key, current_pool_id=f"p{key}", **ends) for key in "ABCD"]
    read = reading(rows.city(*people, *(rows.pool(f"p{key}") for key in "ABCD")))
    swap: list[Told] = [("A", "pB", "pA", 1, 1), ("B", "pA", "pB", 1, 1)]
    other: list[Told] = [("C", "pD", "pC", 2, 1), ("D", "pC", "pD", 2, 1)]
    assert check(read.assessment, proposed(read, [*swap, *other]), None, 2) == []
    as_one: list[Told] = [*swap, ("C", "pD", "pC", 1, 1), ("D", "pC", "pD", 1, 1)]
    (found,) = check(read.assessment, proposed(read, as_one), None, "unlimited")
    assert "chain 1" in found
    half: list[Told] = [swap[0], ("C", "pD", "pC", 1, 1)]
    (found,) = check(read.assessment, proposed(read, half), None, "unlimited")
    assert "do not take the places that they leave" in found
