"""Group limit: who lives there counts, who leaves makes room, and nobody has to leave."""

import pytest

from optimiser.limits.groups import group_sides
from optimiser.limits.model import LimitsProblem

from .scopes import keeps, scope

COMES, QUIET, LEAVES, INSIDE = ("H1", "P1"), ("H2", "P1"), ("H3", "P2"), ("H3", "P1")


def kept(facility: str, most: int, *pairs: tuple[str, str]) -> bool:
    return all(keeps(scope(), side, *pairs) for side in group_sides(scope(), facility, most))


def test_two_live_there_and_a_third_may_come_only_where_three_may() -> None:
    assert kept("HUS", 3, COMES)
    assert not kept("HUS", 2, COMES)


def test_household_without_active_use_may_always_come() -> None:
    assert kept("HUS", 0, QUIET)


def test_who_leaves_makes_room_and_a_move_inside_changes_nothing() -> None:
    assert kept("HUS", 2, COMES, LEAVES)
    assert kept("HUS", 2, INSIDE)
    assert not kept("HUS", 2, COMES, INSIDE)


def test_too_many_already_may_stay_but_nobody_comes_until_they_are_few_enough() -> None:
    assert kept("HUS", 1)
    assert kept("HUS", 1, LEAVES)
    assert kept("HUS", 1, INSIDE)
    assert not kept("HUS", 1, COMES, LEAVES)
    assert kept("HUS", 1, COMES, LEAVES, ("H4", "P2"))
    assert not kept("HUS", 0, COMES, LEAVES, ("H4", "P2"))


def test_pool_without_a_facility_is_named_by_its_own_id() -> None:
    assert kept("P2", 1, ("H1", "P2"))
    assert not kept("P2", 1, ("H1", "P2"), LEAVES)


@pytest.mark.parametrize("name", ["P1", "", "SLOTTET"])
def test_name_that_is_no_facility(name: str) -> None:
    with pytest.raises(LimitsProblem):
        group_sides(scope(), name, 1)
