"""Every measure of every week against the same books kept in plain Python."""

from collections import Counter
from datetime import date

import numpy as np
import pytest

from models.dataset import Dataset
from optimiser.matching import Moves
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.simulation.accounts import Accounts
from scenarios.simulation.run import Simulation

from ...optimiser.made import day_of
from ...twin_queue.queue_city import plain_reform
from .made_runs import made_city
from .plain_books import FLOWS_AND_STOCKS, PlainBooks

SEEN: Counter[str] = Counter()


def compare(city: Dataset, as_of: date, seed: int, moves: Moves, weeks: int) -> None:
    assumptions = load_assumptions()
    simulation = Simulation(city, as_of, plain_reform(city, weeks, "optimum"), assumptions, seed, 0, moves)
    form_ids = simulation.city.start.form_ids
    accounts = Accounts("made", 0, weeks, form_ids, assumptions, simulation.city.people)
    plain, wanted = PlainBooks(assumptions, form_ids), []
    for number in range(weeks):
        week = simulation.week(number)
        accounts.book(week)
        wanted.append(plain.told(week))
    told = accounts.close()
    for name, series in told.weekly.items():
        if name.startswith("women_gap"):
            continue
        nothing = 0.0 if name.partition(".")[0] in FLOWS_AND_STOCKS else np.nan
        expected = np.array([sums.get(name, nothing) for sums in wanted])
        np.testing.assert_allclose(series, expected, rtol=1e-12, err_msg=name)
        SEEN[name.partition(".")[0]] += bool(np.nansum(np.abs(expected)))
    missing = {name for sums in wanted for name, value in sums.items() if value} - told.weekly.keys()
    assert not missing


@pytest.mark.parametrize("moves", ["none", "unlimited"])
@pytest.mark.parametrize("seed", range(4))
def test_random_cities(seed: int, moves: Moves) -> None:
    compare(made_city(seed), day_of(seed), seed, moves, 20)


def test_the_demo_city_and_that_nothing_was_left_untried() -> None:
    compare(build_demo_city(), DEMO_AS_OF, 5, "none", 4)
    for measure in FLOWS_AND_STOCKS:
        assert SEEN[measure] > 0, measure


@pytest.mark.slow
def test_many_random_cities() -> None:
    for seed in range(4, 30):
        compare(made_city(seed), day_of(seed), seed, 2 if seed % 2 else "none", 20)
