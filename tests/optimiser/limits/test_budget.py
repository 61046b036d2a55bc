"""Budget of the city and of a unit."""

import pytest

from optimiser.limits.budget import budget_side
from optimiser.limits.model import LimitsProblem

from .scopes import keeps, scope


def test_cost_up_to_the_budget_is_kept_and_a_krona_more_is_not() -> None:
    both = ("H1", "P1"), ("H2", "P2")
    assert keeps(scope(), budget_side(scope(), 1250), *both)
    assert not keeps(scope(), budget_side(scope(), 1249), *both)


def test_pool_without_a_cost_is_free() -> None:
    assert keeps(scope(), budget_side(scope(), 0), ("H1", "P3"))


def test_nothing_is_deducted_for_a_place_left() -> None:
    assert not keeps(scope(), budget_side(scope(), 999), ("H3", "P1"))


def test_only_the_units_households_count() -> None:
    side = budget_side(scope(), 250, "Farsta")
    assert keeps(scope(), side, ("H2", "P2"), ("H3", "P1"))
    assert not keeps(scope(), side, ("H1", "P1"))


def test_proposals_made_already_have_used_it() -> None:
    spent = (("H1", "P1"), ("H3", "P2"))
    assert keeps(scope(spent), budget_side(scope(spent), 1500), ("H2", "P2"))
    assert not keeps(scope(spent), budget_side(scope(spent), 1499), ("H2", "P2"))
    assert keeps(scope(spent), budget_side(scope(spent), 1250, "Farsta"), ("H2", "P2"))


def test_unit_that_nobody_has() -> None:
    with pytest.raises(LimitsProblem, match="Kista"):
        budget_side(scope(), 1, "Kista")
