"""Little's law as an identity of the accounts: each week of waiting belongs to one wait, in whole numbers."""

from datetime import date

import pytest

from models.dataset import Dataset
from optimiser.matching import Moves
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.simulation.accounts_waits import PLACED, STILL_WAITING
from scenarios.simulation.run import simulate
from scenarios.simulation.trajectory import Trajectory

from ...optimiser.gap.cities import womens_city
from ...optimiser.made import day_of, made_data
from ...twin_queue.queue_city import plain_reform
from .made_runs import weeks_waited, weeks_without_place


def run(city: Dataset, as_of: date, weeks: int, seed: int, moves: Moves) -> Trajectory:
    return simulate(city, as_of, plain_reform(city, weeks, "optimum"), load_assumptions(), seed, 0, moves)


@pytest.mark.parametrize("moves", ["none", 2, "unlimited"])
@pytest.mark.parametrize("seed", range(4))
def test_small_cities(seed: int, moves: Moves) -> None:
    city = womens_city(seed, 30, 9) if seed % 2 else made_data(seed, 30)
    told = run(city, day_of(seed), 20, seed, moves)
    assert weeks_waited(told) == weeks_without_place(told) > 0
    ended_here = told.waits.until_day // 7
    for week in range(20):
        placed = (told.waits.ended == PLACED) & (ended_here == week)
        assert placed.sum() == told.weekly["placed"][week]
    assert (told.waits.ended == STILL_WAITING).sum() == told.weekly["waiting"][-1] + told.weekly["paused"][-1]


def test_the_demo_city_for_two_months() -> None:
    told = run(build_demo_city(), DEMO_AS_OF, 8, 1, "none")
    assert weeks_waited(told) == weeks_without_place(told) > 10_000
