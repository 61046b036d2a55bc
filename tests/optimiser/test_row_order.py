"""Rows in any order are the same city, array by array."""

from dataclasses import fields, replace

import numpy as np
import pytest

from optimiser.instance import Instance
from optimiser.instance_build import build_instance

from .made import day_of, made_data, shuffled


def same(one: Instance, other: Instance) -> list[str]:
    """Names of the parts in which two instances differ."""
    parts = {
        "households": (one.households, other.households),
        "pools": (one.pools, other.pools),
        **{
            name: (
                {f.name: getattr(getattr(one, name), f.name) for f in fields(getattr(one, name))},
                {f.name: getattr(getattr(other, name), f.name) for f in fields(getattr(other, name))},
            )
            for name in ("children", "declines")
        },
        "tables": (
            {"minutes": one.minutes, "school_place": one.school_place, "conflicts": one.conflicts},
            {"minutes": other.minutes, "school_place": other.school_place, "conflicts": other.conflicts},
        ),
    }
    differ = [
        f"{part}.{name}"
        for part, (mine, theirs) in parts.items()
        for name in mine
        if not np.array_equal(mine[name], theirs[name])
    ]
    named = ("household_ids", "pool_ids", "places", "form_ids", "quotas")
    return differ + [name for name in named if getattr(one, name) != getattr(other, name)]


@pytest.mark.parametrize("seed", range(20))
def test_shuffled_rows_are_the_same_instance(seed: int) -> None:
    data, day = made_data(seed), day_of(seed)
    mixed = shuffled(data, seed)
    assert mixed.members != data.members
    assert same(build_instance(data, day), build_instance(mixed, day)) == []


def test_the_comparison_sees_a_difference() -> None:
    data = made_data(1)
    fewer = replace(data, declines=(), quotas=())
    assert same(build_instance(data, day_of(1)), build_instance(fewer, day_of(1))) != []
