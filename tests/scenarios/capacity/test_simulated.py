"""A plan lived through: what is built opens in time, and the share of weeks is what the weeks say."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from models.dataset import Dataset
from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.capacity.buildables import Buildable
from scenarios.capacity.plan import CapacityPlan, capacity_plan
from scenarios.capacity.simulated import Lived, live_through, plan_scenario, weekly_measure
from scenarios.capacity.target import read_target
from scenarios.simulation.run import simulate
from scenarios.whatif.check import check_stack
from scenarios.whatif.compile import compile_reform

from ...optimiser import rows
from ...optimiser.gap.cities import sample_city

DAY = date(2026, 1, 15)
WEEKS, SEED = 10, 3


@pytest.fixture(scope="module")
def city() -> Dataset:
    return sample_city("small-city")


def offers(lead_weeks: int) -> tuple[Buildable, ...]:
    house = rows.pool(
        "N1",
        name="Nytt hus",
        admits="women",
        staffing="daily",
        drug_policy="tolerant",
        pets="yes",
        capacity=9,
    )
    flats = rows.pool(
        "N2", name="Nya lägenheter", form="traningslagenhet", admits="women", staffing="visiting", capacity=9
    )
    return tuple(Buildable(row, 300_000, 1, 9, 1, lead_weeks, "assumed") for row in (house, flats))


def plan_for(city: Dataset, target: str, lead_weeks: int = 4) -> CapacityPlan:
    return capacity_plan(city, DAY, load_policy_data().on(DAY), read_target(target), offers(lead_weeks))


def lived(city: Dataset, plan: CapacityPlan, replications: int = 2) -> Lived:
    return live_through(city, DAY, plan, load_policy_data(), load_assumptions(), WEEKS, replications, SEED)


def test_the_plan_is_a_sound_scenario_that_opens_after_its_lead_time(city: Dataset) -> None:
    plan = plan_for(city, "women_gap_structural<=0")
    assert plan.built
    scenario = plan_scenario(plan)
    assert check_stack((scenario,), city, DAY, WEEKS) == ()
    reform = compile_reform(city, DAY, (scenario,), WEEKS, load_policy_data())
    stock = {pool.pool_id: pool for pool in reform.stock[0].state}
    for buildable, places in plan.built:
        pool = stock[buildable.pool.pool_id]
        assert (pool.capacity, pool.opens_on) == (places, DAY + timedelta(weeks=4))
        columns = {"capacity", "opens_on"}
        assert pool.model_dump(exclude=columns) == buildable.pool.model_dump(exclude=columns)


def test_the_shares_are_those_of_the_weeks(city: Dataset) -> None:
    plan = plan_for(city, "women_gap_structural<=1")
    found = lived(city, plan)
    reform = compile_reform(city, DAY, (plan_scenario(plan),), WEEKS, load_policy_data())
    weeks = np.array(
        [
            simulate(city, DAY, reform, load_assumptions(), SEED, number).weekly["women_gap_structural"]
            for number in range(2)
        ]
    )
    assert found.whole.share == pytest.approx((weeks <= 1).mean())
    assert found.whole.mean == pytest.approx(weeks.mean())
    assert found.open_from == 4
    assert found.opened.share == pytest.approx((weeks[:, 4:] <= 1).mean())
    assert found.opened.mean < found.unbuilt.mean
    assert 0 <= found.whole.low <= found.whole.share <= found.whole.high <= 1
    answer = found.answer()
    assert list(answer)[:4] == ["measure", "weeks", "replications", "share_of_weeks"]
    assert answer["share_of_weeks"] == found.whole.share


def test_a_plan_that_builds_nothing_changes_nothing(city: Dataset) -> None:
    plan = plan_for(city, "women_gap_structural<=999")
    assert not plan.built
    found = lived(city, plan)
    assert found.whole == found.unbuilt == found.opened
    assert found.whole.share == 1


def test_what_opens_after_the_horizon_is_not_judged(city: Dataset) -> None:
    found = lived(city, plan_for(city, "women_gap_structural<=0", lead_weeks=WEEKS + 5), replications=1)
    assert math.isnan(found.opened.share)
    assert found.answer()["once_open"]["share_of_weeks"] is None
    assert found.answer()["low"] is None
    assert found.answer()["open_from_week"] == WEEKS + 5
    assert (found.whole.share, found.whole.mean) == (found.unbuilt.share, found.unbuilt.mean)


@pytest.mark.parametrize(
    ("target", "measure"),
    [
        ("women_gap_structural<=0", "women_gap_structural"),
        ("women_gap_now<=3", "women_gap_now"),
        ("tier_1_unplaceable<=0", "waiting.tier_1"),
        ("women_gap_now.emergency<=0", None),
    ],
)
def test_the_measure_of_a_week(city: Dataset, target: str, measure: str | None) -> None:
    assert weekly_measure(read_target(target)) == measure
    if measure is None:
        with pytest.raises(ValueError, match="week by week"):
            lived(city, plan_for(city, target))
