"""A city built again of sheets of which some have changed is the city built afresh."""

from dataclasses import fields, replace

import pytest

from models.dataset import Dataset
from optimiser.instance_build import build_instance, rebuild_instance

from .made import day_of, made_data
from .test_row_order import same


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("sheet", [sheet.name for sheet in fields(Dataset)])
def test_one_sheet_from_another_city(seed: int, sheet: str) -> None:
    was, day = made_data(seed), day_of(seed)
    # Half of a sheet that others point to would leave them pointing nowhere.
    kept = getattr(was, sheet)[
        :: 2 if sheet in ("declines", "stays", "conflicts", "quotas", "members") else 1
    ]
    now = replace(was, **{sheet: tuple(row.model_copy() for row in kept)})
    again = rebuild_instance(build_instance(was, day), was, now)
    assert same(again, build_instance(now, day)) == []


def test_what_stands_is_not_built_again() -> None:
    data, day = made_data(1), day_of(1)
    before = build_instance(data, day)
    assert rebuild_instance(before, data, replace(data)) is before
    fewer = rebuild_instance(before, data, replace(data, declines=data.declines[1:]))
    assert fewer.households is before.households
    assert len(fewer.declines.day) == len(before.declines.day) - 1
