"""The gap of a simulated week against the gap command's, on the same city."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dataset import Dataset
from optimiser.compatibility import assess
from optimiser.gap.deficiency import Graph, placed_count
from optimiser.gap.womens_gap import gap
from optimiser.instance_build import build_instance
from optimiser.matching import Moves
from optimiser.policy.load import load_policy
from scenarios.assumptions import load_assumptions
from scenarios.demo_city import DEMO_AS_OF, build_demo_city
from scenarios.simulation.accounts import Accounts
from scenarios.simulation.gaps import WomensGaps, concerned, most_that_fit
from scenarios.simulation.run import Simulation

from ...optimiser.gap.cities import sample_city, womens_city
from ...optimiser.made import SEEDS, day_of, examples
from ...twin_queue.queue_city import plain_reform

SEEN: Counter[str] = Counter()


def agree(data: Dataset, as_of: date, counting: WomensGaps) -> None:
    policy, instance = load_policy(as_of), build_instance(data, as_of)
    support = gap(assess(policy, instance)).sections[0]
    now, structural = counting.count(policy, instance)
    few = np.flatnonzero(concerned(instance.households, instance.pools))
    assert counting.count(policy, instance.only(few)) == (now, structural)
    assert (now, structural) == (support.gap_now[0], support.structural.gap)
    SEEN["placed"] += support.placeable_now[0] > 0
    SEEN["short"] += now > 0
    SEEN["structural"] += structural > 0
    SEEN["apart"] += structural != now


@given(SEEDS)
@examples(60)
def test_random_cities(seed: int) -> None:
    agree(womens_city(seed), day_of(seed), WomensGaps())


@given(SEEDS)
@examples(15)
def test_many_pools(seed: int) -> None:
    agree(womens_city(seed, 40, 36), day_of(seed), WomensGaps())


def test_one_counter_for_week_after_week_and_a_stock_that_changes() -> None:
    counting = WomensGaps()
    for seed in range(6):
        city = womens_city(seed, 30, 9)
        for week in range(4):
            agree(city, day_of(seed) + timedelta(days=7 * week), counting)
        # The same ids, other places for other people: nothing kept from the stock before may be used.
        other = womens_city(seed + 100, 30, 9).pools
        pools = tuple(
            there.model_copy(
                update={"pool_id": here.pool_id, "capacity": here.capacity, "district": here.district}
            )
            for here, there in zip(city.pools, other, strict=True)
        )
        agree(replace(city, pools=pools), day_of(seed), counting)
    assert min(SEEN[what] for what in ("placed", "short", "structural", "apart")) > 0


@pytest.mark.parametrize("name", ["small-city", "chain-city"])
def test_sample_cities(name: str) -> None:
    agree(sample_city(name), date(2026, 1, 15), WomensGaps())


def test_the_demo_city_over_half_a_year() -> None:
    counting, city = WomensGaps(), build_demo_city()
    for week in (0, 1, 12, 26):
        agree(city, DEMO_AS_OF + timedelta(days=7 * week), counting)


def check_simulated_weeks(seed: int, moves: Moves) -> None:
    """Weeks of a running simulation: the booked gap is that of everybody who is there when the week ends."""
    city, weeks = womens_city(seed, 30, 12), 15
    reform, assumptions = plain_reform(city, weeks, "optimum"), load_assumptions()
    simulation = Simulation(city, day_of(seed), reform, assumptions, seed, 0, moves)
    form_ids, people = simulation.city.start.form_ids, simulation.city.people
    accounts, wanted = Accounts("made", 0, weeks, form_ids, assumptions, people), []
    for number in range(weeks):
        week = simulation.week(number)
        accounts.book(week)
        here = np.sort(np.concatenate([week.waiting, week.living]))
        support = gap(assess(week.policy, week.instance(here))).sections[0]
        wanted.append((support.gap_now[0], support.structural.gap))
        SEEN["placed in a run"] += support.placeable_now[0] > 0
        SEEN["short in a run"] += support.structural.gap > 0
    told = accounts.close().weekly
    now, structural = told["women_gap_now"].tolist(), told["women_gap_structural"].tolist()
    assert list(zip(now, structural, strict=True)) == wanted


@pytest.mark.parametrize("moves", ["none", "unlimited"])
@pytest.mark.parametrize("seed", range(1, 6, 2))
def test_weeks_of_a_running_simulation(seed: int, moves: Moves) -> None:
    check_simulated_weeks(seed, moves)
    assert SEEN["placed in a run"] > 0
    assert SEEN["short in a run"] > 0


@pytest.mark.slow
def test_weeks_of_many_simulations() -> None:
    for seed in range(100, 125):
        check_simulated_weeks(seed, 2 if seed % 3 else "none")


@given(st.integers(0, 10), st.integers(0, 6), st.floats(0, 1), SEEDS)
@examples(100)
def test_the_least_cut_is_the_most_placed(households: int, pools: int, chance: float, seed: int) -> None:
    luck = np.random.default_rng(seed)
    open_to = luck.random((households, pools)) < chance
    places = luck.integers(0, 4, pools)
    household, pool = np.nonzero(open_to)
    assert most_that_fit(open_to, places) == placed_count(Graph(household, pool, places, households))


def test_nobody_and_nowhere() -> None:
    assert most_that_fit(np.zeros((0, 3), dtype=bool), np.array([1, 2, 3])) == 0
    assert most_that_fit(np.zeros((3, 0), dtype=bool), np.zeros(0, dtype=np.int64)) == 0
    assert WomensGaps().count(load_policy(DEMO_AS_OF), build_instance(Dataset(), DEMO_AS_OF)) == (0, 0)
