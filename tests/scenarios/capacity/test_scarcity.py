"""Prices of scarce places: duals that fit the flow exactly, the lowest there are, and a city's own."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from optimiser.policy.load import load_policy_data
from scenarios.assumptions import load_assumptions
from scenarios.capacity.scarcity import scarcity, scarcity_prices
from scenarios.capacity.steady_flow import Priced, SteadyFlow, priced
from scenarios.demo_city import DEMO_AS_OF, build_demo_city

SEEDS = st.integers(0, 2**32 - 1)


def made_flow(seed: int) -> SteadyFlow:
    luck = np.random.default_rng(seed)
    n, m = int(luck.integers(1, 9)), int(luck.integers(1, 6))
    kind, pool = np.nonzero(luck.random((n, m)) < 0.6)
    return SteadyFlow(
        kind,
        pool,
        luck.integers(-2, 9, len(kind)).astype(float),
        luck.integers(0, 5, n).astype(float),
        luck.integers(0, 5, m).astype(float),
    )


def by_linear_programme(steady: SteadyFlow) -> float:
    if not steady.kind.size:
        return 0.0
    k = np.arange(len(steady.kind))
    rows = np.zeros((len(steady.arrivals) + len(steady.falling_free), len(k)))
    rows[steady.kind, k] = 1
    rows[len(steady.arrivals) + steady.pool, k] = 1
    most = np.concatenate([steady.arrivals, steady.falling_free])
    return -float(linprog(-steady.worth, A_ub=rows, b_ub=most).fun)


@given(SEEDS)
@example(2_801_432_766)
def test_the_flow_is_the_best_and_the_prices_prove_it(seed: int) -> None:
    steady = made_flow(seed)
    found = priced(steady)
    assert found.value == pytest.approx(by_linear_programme(steady), abs=1e-6)
    assert (found.flow >= 0).all()
    assert (found.place >= 0).all()
    assert (found.arrival >= 0).all()
    assert (found.arrival[steady.kind] + found.place[steady.pool] >= steady.worth).all()
    bound = found.place @ steady.falling_free + found.arrival @ steady.arrivals
    assert bound == pytest.approx(found.value, abs=1e-6)


@given(SEEDS)
def test_complementary_slackness(seed: int) -> None:
    """A pool with a price is full, a type with a price is placed, and flow runs where it pays in full."""
    steady = made_flow(seed)
    found = priced(steady)
    used = np.bincount(steady.pool, weights=found.flow, minlength=len(steady.falling_free))
    placed = np.bincount(steady.kind, weights=found.flow, minlength=len(steady.arrivals))
    assert np.allclose(used[found.place > 0], steady.falling_free[found.place > 0])
    assert np.allclose(placed[found.arrival > 0], steady.arrivals[found.arrival > 0])
    pays = found.arrival[steady.kind] + found.place[steady.pool] == steady.worth
    assert pays[found.flow > 0].all()


@given(SEEDS)
@example(30_585_349)
def test_a_price_is_what_a_little_more_of_the_pool_brings(seed: int) -> None:
    steady = made_flow(seed)
    found = priced(steady)
    for pool in range(len(steady.falling_free)):
        more = steady.falling_free.copy()
        more[pool] += 2**-10
        gain = by_linear_programme(replace(steady, falling_free=more)) - by_linear_programme(steady)
        assert gain * 2**10 == pytest.approx(found.place[pool], abs=1e-5)


@given(SEEDS, st.integers(2, 7))
def test_scale_changes_nothing_but_the_unit(seed: int, factor: int) -> None:
    steady = made_flow(seed)
    larger = replace(steady, arrivals=steady.arrivals * factor, falling_free=steady.falling_free * factor)
    dearer = replace(steady, worth=steady.worth * factor)
    assert priced(larger).place.tolist() == priced(steady).place.tolist()
    assert priced(dearer).place.tolist() == (priced(steady).place * factor).tolist()


def test_a_scarce_pool_has_a_price_and_an_abundant_one_none() -> None:
    """Two types; the first could have either pool, the second only the scarce one."""
    steady = SteadyFlow(
        kind=np.array([0, 0, 1]),
        pool=np.array([0, 1, 0]),
        worth=np.array([7.0, 5.0, 6.0]),
        arrivals=np.array([3.0, 2.0]),
        falling_free=np.array([1.0, 9.0]),
    )
    found = priced(steady)
    assert found.place.tolist() == [6.0, 0.0]
    assert found.flow.tolist() == pytest.approx([0.0, 3.0, 1.0])


def test_nothing_that_flows_has_no_price() -> None:
    nothing = SteadyFlow(
        np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), *(np.zeros(k) for k in (0, 2, 3))
    )
    assert priced(nothing) == Priced(
        *(pytest.approx(part) for part in (np.zeros(0), 0.0, np.zeros(3), np.zeros(2)))
    )


def test_the_demo_city() -> None:
    """A women's tolerant shelter is scarce; what nobody waits for has no price; more places lower it."""
    city, policy, assumptions = build_demo_city(), load_policy_data(), load_assumptions()
    found = scarcity(city, DEMO_AS_OF, policy, assumptions)
    prices = found.prices
    assert list(prices) == [pool.pool_id for pool in city.pools]
    assert prices["P-HVILAN"] > 0
    assert min(prices.values()) >= 0
    wanted = set(np.asarray(found.assessment.instance.pool_ids)[np.unique(found.steady.pool)].tolist())
    assert all(price == 0 for pool, price in prices.items() if pool not in wanted)
    plenty = tuple(
        pool.model_copy(update={"capacity": 5000}) if pool.pool_id == "P-HVILAN" else pool
        for pool in city.pools
    )
    relieved = scarcity_prices(city, DEMO_AS_OF, policy, assumptions, stock=plenty)
    assert relieved["P-HVILAN"] == 0
    assert relieved["P-KLARAHEMMET"] <= prices["P-KLARAHEMMET"]
