"""Limits as an object and as data."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given

from optimiser.limits.model import NO_LIMITS, LimitName, Limits, LimitsProblem
from optimiser.limits.told import limits_read, limits_told

from ...twin.problem import problem
from ..made import SEEDS, day_of, examples, made_data
from .made_limits import made_limits


def test_no_limits_are_false_and_tell_nothing() -> None:
    assert not NO_LIMITS
    assert limits_told(NO_LIMITS) == {}
    assert limits_read({}) == NO_LIMITS


def test_order_and_repetition_do_not_matter() -> None:
    one = Limits(pins=(("H2", "P1"), ("H1", "P1"), ("H2", "P1")), groups=(("B", 1), ("A", 0)))
    assert one == Limits(pins=(("H1", "P1"), ("H2", "P1")), groups=(("A", 0), ("B", 1)))


def test_zero_is_a_limit() -> None:
    assert Limits(budget=0)
    assert list(Limits(most=0, women_share=Fraction(0)).parts()) == [
        (LimitName("most"), 0),
        (LimitName("women_share"), Fraction(0)),
    ]


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"budget": -1}, "out_of_range"),
        ({"women_share": Fraction(6, 5)}, "out_of_range"),
        ({"women_share_of_unit": (("Farsta", Fraction(-1, 5)),)}, "out_of_range"),
        ({"reserves": (("P1", -1),)}, "out_of_range"),
        ({"groups": (("HUS", 1), ("HUS", 2))}, "twice"),
        ({"budget_of_unit": (("Farsta", 1), ("Farsta", 2))}, "twice"),
    ],
)
def test_faults(given: dict[str, object], fault: str) -> None:
    with pytest.raises(LimitsProblem) as found:
        Limits(**given)  # type: ignore[arg-type]
    assert found.value.fault == fault


@given(SEEDS)
@examples(60)
def test_told_and_read_again_and_taken_apart(seed: int) -> None:
    twin = problem(made_data(seed, 8), day_of(seed))
    limits = made_limits(twin, np.random.default_rng(seed), "unlimited", pins=3)
    assert limits_read(limits_told(limits)) == limits
    names = [name for name, _ in limits.parts()]
    assert limits.only(names) == limits
    for name in names:
        assert [left for left, _ in limits.only([name]).parts()] == [name]
