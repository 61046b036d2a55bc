"""The beginning of a city: worked out once, and left as it was by every replication that sets out from it."""

from dataclasses import replace
from gc import collect
from weakref import ref

import numpy as np

from scenarios.assumptions import load_assumptions
from scenarios.simulation.beginning import Beginning, beginning_of
from scenarios.simulation.run import simulate

from ...optimiser.made import day_of
from ...twin_queue.queue_city import plain_reform
from .made_runs import made_city

WEEKS = 30


def content(begun: Beginning) -> dict[str, list[object]]:
    columns = {f"people {name}": column.tolist() for name, column in begun.people.columns.items()}
    columns |= {f"members {name}": column.tolist() for name, column in begun.members.columns.items()}
    columns |= {f"pools {name}": column.tolist() for name, column in begun.stock.on(0).columns.items()}
    return columns | {"ids": [*begun.people.ids]}


def test_one_replication_leaves_nothing_to_the_next() -> None:
    data, day = made_city(3), day_of(3)
    reform = plain_reform(data, WEEKS, "optimum")
    begun = beginning_of(data, day, reform)
    before = content(begun)
    runs = [simulate(data, day, reform, load_assumptions(), 1, 0) for _ in range(2)]
    assert beginning_of(data, day, reform) is begun
    assert content(begun) == before
    for name, series in runs[0].weekly.items():
        assert np.array_equal(series, runs[1].weekly[name], equal_nan=True)
    assert runs[0].totals["arrivals"] > 0
    assert runs[0].totals["placed"] > 0


def test_another_city_reform_or_day_begins_otherwise() -> None:
    data, day = made_city(3), day_of(3)
    reform = plain_reform(data, WEEKS, "optimum")
    begun = beginning_of(data, day, reform)
    assert beginning_of(data, day, replace(reform)) is not begun
    assert beginning_of(data, day_of(4), reform) is not begun
    assert beginning_of(replace(data), day, reform) is not begun
    assert beginning_of(data, day, reform) is begun


def test_a_beginning_is_kept_no_longer_than_its_city() -> None:
    data, day = replace(made_city(4)), day_of(4)
    reform = plain_reform(data, WEEKS, "optimum")
    situations = ref(beginning_of(data, day, reform).people["situation"])
    collect()
    assert situations() is not None
    del data
    collect()
    assert situations() is None
