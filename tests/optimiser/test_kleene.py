"""Kleene's tables, in full, against the twin's plain reading of them."""

from itertools import product

import numpy as np
import pytest

from optimiser.kleene import (
    ELIGIBILITY_NAMES,
    FAIL,
    NO,
    PASS,
    UNKNOWN,
    VERDICT_NAMES,
    YES,
    all_of,
    any_of,
    crisp,
    negate,
)

from ..twin import logic

VALUES = (NO, UNKNOWN, YES)
PLAIN = {int(NO): False, int(UNKNOWN): None, int(YES): True}


@pytest.mark.parametrize("count", [1, 2, 3])
def test_and_and_or_as_the_twin_reads_them(count: int) -> None:
    for values in product(VALUES, repeat=count):
        arrays = [np.array([value]) for value in values]
        plain = [PLAIN[int(value)] for value in values]
        assert PLAIN[int(all_of(*arrays)[0])] is logic.all_of(plain)
        assert PLAIN[int(any_of(*arrays)[0])] is logic.any_of(plain)


def test_unknown_and_no_is_no_and_unknown_or_yes_is_yes() -> None:
    unknown = np.array([UNKNOWN])
    assert all_of(unknown, np.array([NO]))[0] == NO
    assert any_of(unknown, np.array([YES]))[0] == YES
    assert all_of(unknown, np.array([YES]))[0] == UNKNOWN
    assert any_of(unknown, np.array([NO]))[0] == UNKNOWN


def test_not_leaves_unknown_unknown() -> None:
    assert negate(np.array(VALUES)).tolist() == [YES, UNKNOWN, NO]


def test_de_morgan() -> None:
    for one, other in product(VALUES, repeat=2):
        a, b = np.array([one]), np.array([other])
        assert negate(all_of(a, b)) == any_of(negate(a), negate(b))


def test_crisp_is_never_unknown_and_small() -> None:
    truth = crisp(np.array([True, False]))
    assert truth.tolist() == [YES, NO]
    assert truth.dtype == np.int8


def test_names_stand_at_their_values() -> None:
    assert [VERDICT_NAMES[value] for value in (FAIL, UNKNOWN, PASS)] == ["fail", "unknown", "pass"]
    assert [ELIGIBILITY_NAMES[value] for value in VALUES] == ["no", "unknown", "yes"]
