"""Pins and blocks."""

import numpy as np
import pytest

from optimiser.limits.model import LimitsProblem
from optimiser.limits.pins import blocked, pin_side

from .scopes import keeps, scope


def test_pin_is_kept_by_its_pair_alone() -> None:
    side = pin_side(scope(), "H1", "P2")
    assert keeps(scope(), side, ("H1", "P2"), ("H2", "P2"))
    assert not keeps(scope(), side, ("H1", "P1"))
    assert not keeps(scope(), side)


def test_pin_on_a_pair_that_is_not_open_is_out_of_reach() -> None:
    side = pin_side(scope(), "H3", "P3")
    assert (side.pairs.size, side.most) == (0, -1)


def test_block_bars_its_pair_alone() -> None:
    where = scope()
    barred = blocked(where.instance, (("H2", "P1"),), where.h, where.p)
    told = [
        (where.instance.household_ids[h], where.instance.pool_ids[p])
        for h, p in zip(where.h, where.p, strict=True)
    ]
    assert [told[i] for i in np.flatnonzero(barred)] == [("H2", "P1")]


@pytest.mark.parametrize("pair", [("H9", "P1"), ("H1", "P9"), ("", "P1")])
def test_names_that_are_not_there(pair: tuple[str, str]) -> None:
    where = scope()
    with pytest.raises(LimitsProblem):
        pin_side(where, *pair)
    with pytest.raises(LimitsProblem):
        blocked(where.instance, (pair,), where.h, where.p)
