"""What makes no difference makes none: to the last bit, in every measure, week, total and wait."""

from dataclasses import replace

import pytest

from models.codes import Admits
from optimiser.matching import Moves
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.simulation.run import simulate

from ...optimiser.made import shuffled
from ...optimiser.rows import pool
from ...twin_queue.queue_city import plain_reform
from .made_runs import CHOSEN, differing, made_city, run, with_pool

NOBODY = {"min_age": 120, "capacity": 9, "monthly_cost_sek": 20_000, "children": "yes", "staffing": "daily"}
MOVES = ["none", 2, "unlimited"]


@pytest.mark.parametrize("moves", MOVES)
@pytest.mark.parametrize("seed", range(3))
def test_the_same_again(seed: int, moves: Moves) -> None:
    city, matching = made_city(seed), CHOSEN[seed]
    first, second = (run(city, seed, moves, matching=matching) for _ in range(2))
    assert differing(first, second) == set()
    assert first.totals["entries"] > 0


@pytest.mark.parametrize("moves", MOVES)
@pytest.mark.parametrize("seed", range(4, 7))
def test_rows_in_another_order(seed: int, moves: Moves) -> None:
    city, matching = made_city(seed), CHOSEN[seed % 3]
    mixed = run(shuffled(city, seed), seed, moves, matching=matching)
    assert differing(run(city, seed, moves, matching=matching), mixed) == set()


@pytest.mark.parametrize("moves", MOVES)
@pytest.mark.parametrize("seed", range(7, 10))
def test_pools_that_nobody_can_use(seed: int, moves: Moves) -> None:
    """Above, among and below the others by id, in districts old and new; one opens later and closes again."""
    city, matching = made_city(seed), CHOSEN[seed % 3]
    there = city.pools[0]
    useless = [
        pool("A-0", form="traningslagenhet", district="Ny stadsdel", **NOBODY),
        pool(f"{there.pool_id}-0", form="akutboende", district=there.district, **NOBODY),
        pool("Z-0", form="stodboende", district="Ny stadsdel", **NOBODY).model_copy(
            update={"admits": Admits.WOMEN, "facility_id": there.facility_id}
        ),
    ]
    with_them = run(with_pool(city, *useless), seed, moves, matching=matching)
    assert differing(run(city, seed, moves, matching=matching), with_them) == {"cost_void_sek"}


@pytest.mark.parametrize("seed", range(10, 14))
def test_the_first_weeks_of_a_longer_run(seed: int) -> None:
    """What comes later never reaches back."""
    city = made_city(seed)
    short, long = run(city, seed, weeks=8), run(city, seed, weeks=20)
    assert all(
        (short.weekly[name] == long.weekly[name][:8]).all() for name in ("waiting", "entries", "cost_sek")
    )


def test_another_seed_and_another_replication_are_other_luck() -> None:
    city = made_city(1)
    reform = plain_reform(city, 12)
    told = [
        simulate(city, DEMO_AS_OF, reform, load_assumptions(), seed, replication)
        for seed, replication in ((1, 0), (2, 0), (1, 1))
    ]
    assert differing(told[0], told[1])
    assert differing(told[0], told[2])


def test_the_demo_city_with_a_pool_nobody_can_use() -> None:
    city = build_demo_city()
    useless = pool("P-NOBODY", form="traningslagenhet", district="Farsta", **NOBODY)
    wider = replace(city, pools=(*city.pools, useless))
    first, second = (
        simulate(some, DEMO_AS_OF, plain_reform(some, 10, "optimum"), load_assumptions(), 3, 0)
        for some in (city, wider)
    )
    assert differing(first, second) == {"cost_void_sek"}
