"""The stock and the quotas of each week."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from models.stock import Quota
from optimiser.instance import NONE
from scenarios.simulation.stock import Quotas, Stock, epoch_at
from scenarios.whatif.reform import Epoch

from ...optimiser.rows import city, household, pool
from ...twin_queue.queue_city import plain_reform
from .cities import AS_OF

HERE = city(
    household("A", responsible_unit="Farsta"),
    pool("P", capacity=3, form="forsokslagenhet"),
    pool("Q", opens_on=AS_OF + timedelta(days=10), closes_on=AS_OF + timedelta(days=21)),
)


def quotas(*rows: Quota) -> Quotas:
    stock = Stock(HERE, AS_OF, plain_reform(HERE, 200))
    return Quotas(replace(plain_reform(HERE, 200), quotas=(Epoch(0, rows),)), stock.base)


def left(found: Quotas, year: int, week: int = 0) -> list[tuple[tuple[str, ...], int, int]]:
    return [(limit.forms, limit.unit, limit.left) for limit in found.on(week, year)]


def test_pools_open_and_close() -> None:
    stock = Stock(HERE, AS_OF, plain_reform(HERE, 10))
    weeks = [stock.on(week) for week in range(5)]
    assert [week.is_open.tolist() for week in weeks] == [
        [True, q] for q in (False, False, True, False, False)
    ]
    assert [week.capacity.tolist() for week in weeks] == [[3, q] for q in (0, 0, 1, 0, 0)]
    assert [int(week.columns["closes_on"][1]) for week in weeks] == [21, 14, 7, 0, -7]


def test_places_taken_over_come_back() -> None:
    stock = Stock(HERE, AS_OF, plain_reform(HERE, 10))
    stock.take_away([0, 0], 3)
    assert [stock.on(week).capacity[0] for week in range(5)] == [1, 1, 1, 3, 3]


def test_epochs_change_the_stock() -> None:
    later = tuple(row.model_copy(update={"capacity": 9}) for row in HERE.pools)
    reform = replace(plain_reform(HERE, 10), stock=(Epoch(0, HERE.pools), Epoch(4, later)))
    stock = Stock(HERE, AS_OF, reform)
    assert [(stock.on(week).capacity[0], stock.on(week).epoch) for week in (3, 4)] == [(3, 0), (9, 1)]
    assert [epoch_at(reform.stock, week) for week in (0, 3, 4, 9)] == [0, 0, 1, 1]


def test_a_pool_that_comes_from_nowhere() -> None:
    reform = replace(plain_reform(HERE, 10), stock=(Epoch(0, HERE.pools), Epoch(4, HERE.pools[:1])))
    with pytest.raises(ValueError, match="from week 4"):
        Stock(HERE, AS_OF, reform)


def test_a_quota_is_used_up_and_renewed() -> None:
    found = quotas(Quota(year=2026, form=("forsokslagenhet",), places=10, used=4))
    assert left(found, 2026) == [(("forsokslagenhet",), NONE, 6)]
    form = np.array([found.on(0, 2026)[0].form_indices[0]] * 2)
    found.use(2026, form, np.array([NONE, 0]))
    assert left(found, 2026) == [(("forsokslagenhet",), NONE, 4)]
    assert left(found, 2027) == left(found, 2030) == [(("forsokslagenhet",), NONE, 10)]
    found.use(2026, form[:1], np.array([NONE]), -1)
    assert left(found, 2026) == [(("forsokslagenhet",), NONE, 5)]


def test_rows_of_later_years_hold_from_then() -> None:
    found = quotas(
        Quota(year=2026, form=("forsokslagenhet",), places=10),
        Quota(year=2026, form=("seniorlagenhet",), places=5, used=5),
        Quota(year=2027, form=("forsokslagenhet",), places=0),
    )
    assert [row[2] for row in left(found, 2026)] == [10, 0]
    assert [row[2] for row in left(found, 2027)] == [0, 5]
    assert [row[2] for row in left(found, 2028)] == [0, 5]
    assert left(found, 2025) == []


def test_a_unit_counts_its_own_households() -> None:
    forms = ("forsokslagenhet", "traningslagenhet")
    found = quotas(
        Quota(year=2026, form=forms, places=10),
        Quota(year=2026, form=forms, places=4, responsible_unit="Farsta"),
    )
    city_wide, of_unit = found.on(0, 2026)
    assert of_unit.unit != NONE
    found.use(2026, np.array(city_wide.form_indices), np.array([of_unit.unit, NONE]))
    assert [row[2] for row in left(found, 2026)] == [8, 3]


def test_a_unit_that_nobody_belongs_to_binds_nobody() -> None:
    found = quotas(Quota(year=2026, form=("forsokslagenhet",), places=0, responsible_unit="Ingenstans"))
    (limit,) = found.on(0, 2026)
    places = Stock(HERE, AS_OF, plain_reform(HERE, 1)).base.places
    assert limit.unit not in (NONE, *range(len(places)))
