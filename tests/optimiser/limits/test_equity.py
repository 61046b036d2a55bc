"""Equity floor: who counts as women, and the share to the hair."""

from fractions import Fraction

from optimiser.limits.equity import equity_side

from .scopes import keeps, scope

WOMAN, MAN, BOTH, UNSURE = ("H1", "P1"), ("H2", "P2"), ("H3", "P1"), ("H4", "P1")


def test_share_on_the_floor_is_kept_and_a_hair_below_is_not() -> None:
    assert keeps(scope(), equity_side(scope(), Fraction(1, 2)), WOMAN, MAN)
    assert not keeps(scope(), equity_side(scope(), Fraction(501, 1000)), WOMAN, MAN)


def test_empty_plan_and_women_alone_keep_any_floor() -> None:
    for share in (Fraction(0), Fraction(1)):
        assert keeps(scope(), equity_side(scope(), share))
        assert keeps(scope(), equity_side(scope(), share), WOMAN)


def test_mixed_adults_and_an_unknown_sex_do_not_count_as_women() -> None:
    for other in (BOTH, UNSURE):
        assert not keeps(scope(), equity_side(scope(), Fraction(1, 100)), other)
        assert keeps(scope(), equity_side(scope(), Fraction(0)), other)


def test_floor_of_a_unit_looks_at_its_households_alone() -> None:
    side = equity_side(scope(), Fraction(1, 2), "Farsta")
    assert keeps(scope(), side, WOMAN, MAN, BOTH, UNSURE)
    assert not keeps(scope(), side, MAN, BOTH)


def test_proposals_made_already_count() -> None:
    floor = Fraction(1, 2)
    assert keeps(scope((WOMAN,)), equity_side(scope((WOMAN,)), floor), MAN)
    assert not keeps(scope((WOMAN, BOTH)), equity_side(scope((WOMAN, BOTH)), floor), MAN)
