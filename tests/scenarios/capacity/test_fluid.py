"""The fluid model: a published capacity plan repeated to the printed digits, and what any flow must keep."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize

from scenarios.capacity.building import Programme, least_people, least_squares, limits
from scenarios.capacity.convex import least_quadratic
from scenarios.capacity.fluid import DAYS_A_YEAR, Inflow, evenly, flow

PUBLISHED = Programme(
    present=12_000,
    homes=4_000,
    shelters=1_500,
    stay_years=4.0,
    arrivals_per_day=(10.0,) * 5 + (6.0,) * 5,
    build_years=5,
    home_cost=30_000,
    shelter_cost=10_000,
    budget=200_000_000,
    least_built=500,
    shelter_weight=0.3,
)
"""Burgess, Singham and Rhodes-Leader, Time-Varying Capacity Planning for Designing Large-Scale Homeless Care
Systems; repository grahamburgess3/tvcp, notebook NumericalResults: problems 0, 1 and 2."""


def test_the_published_linear_programme() -> None:
    built = least_people(PUBLISHED)
    assert f"{built.value:.2f}" == "6434.16"
    assert built.homes[1:].round(2).tolist() == [7833.33, 8333.33, 8833.33, 9333.33, 9833.33]
    assert built.shelters[1:].round(2).tolist() == [2000.0, 2500.0, 3000.0, 3500.0, 4000.0]


def eased(least: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Limits as the published solver keeps them.

    Ipopt eases every bound by 1e-8 of itself, at most 1e-4 (`bound_relax_factor`, `constr_viol_tol`); the
    notebook prints 200000000.0000977 spent of 200000000. In the tenth digit of a square that shows.
    """
    return least - np.minimum(1e-4, 1e-8 * np.maximum(1.0, np.abs(bounds)))


def test_the_published_quadratic_programme() -> None:
    rows, least = limits(PUBLISHED)
    bounds = np.append(np.full(2 * PUBLISHED.build_years, PUBLISHED.least_built), PUBLISHED.budget)
    built = least_squares(PUBLISHED, (rows, eased(least, bounds)))
    assert f"{built.value:.2f}" == "32831088.19"
    exact = least_squares(PUBLISHED)
    assert f"{exact.value:.2f}" == "32831088.38"
    assert built.homes[1:].round(2).tolist() == [7497.41, 7997.41, 8497.41, 8997.41, 9497.41]
    assert built.shelters[1:].round(2).tolist() == [3007.78, 3507.78, 4007.78, 4507.78, 5007.78]


def test_the_published_programme_that_turns_shelters_into_homes() -> None:
    """Homes are built ever faster; shelters rise for three years, then fall, never below today's."""
    years = PUBLISHED.build_years
    growth = np.eye(years) - np.eye(years, k=-1)
    faster = (growth @ growth)[1:]
    nothing = np.zeros((years, years))
    rising = growth * np.array([1, 1, 1, -1, -1])[:, None]
    spent = np.array([[PUBLISHED.home_cost] * 1 + [PUBLISHED.shelter_cost] * 1])
    money = -np.kron(spent, np.eye(years))
    rows = np.vstack(
        [
            np.hstack([growth, nothing]),
            np.hstack([faster, nothing[1:]]),
            np.hstack([nothing, rising]),
            np.hstack([nothing, np.eye(years)])[3:],
            money,
        ]
    )
    start_money = -PUBLISHED.budget - 4_000 * 30_000 - 1_500 * 10_000
    least = np.concatenate(
        [
            [4_000, 0, 0, 0, 0],
            [-4_000, 0, 0, 0],
            [1_500, 0, 0, 0, 0],
            [1_500, 1_500],
            np.full(years, start_money),
        ]
    ).astype(float)
    bounds = np.zeros(len(least))
    bounds[-years:] = PUBLISHED.budget
    built = least_squares(PUBLISHED, (rows, eased(least, bounds)))
    assert f"{built.value:.2f}" == "42678726.81"
    assert built.homes[1:].round(2).tolist() == [5094.07, 6188.13, 7282.2, 8376.26, 9470.33]
    assert built.shelters[1:].round(2).tolist() == [8148.31, 8148.31, 9040.33, 8371.21, 5089.01]


def published_flow(homes: np.ndarray, shelters: np.ndarray) -> np.ndarray:
    ahead = len(PUBLISHED.arrivals_per_day) - PUBLISHED.build_years
    arrivals = np.repeat(PUBLISHED.arrivals_per_day, DAYS_A_YEAR)[:, None]
    inflow = Inflow(np.array([PUBLISHED.present]), arrivals, np.array([PUBLISHED.stay_years * DAYS_A_YEAR]))
    course = flow(
        inflow, evenly(np.pad(homes, (0, ahead), "edge")), evenly(np.pad(shelters, (0, ahead), "edge"))
    )
    return np.stack([course.sheltered[:-1, 0], course.unsheltered[:-1, 0]])


@pytest.mark.parametrize("square", [1, 2])
def test_the_flow_day_by_day_gives_the_value_of_the_programme(square: int) -> None:
    """While every place is taken, letting the fluid run is the same as the programme's formula."""
    built = least_people(PUBLISHED) if square == 1 else least_squares(PUBLISHED)
    sheltered, unsheltered = published_flow(built.homes, built.shelters) ** square
    assert unsheltered.min() > 0
    assert np.mean(unsheltered + PUBLISHED.shelter_weight * sheltered) == pytest.approx(
        built.value, rel=1e-12
    )


def test_a_budget_too_small_is_said() -> None:
    with pytest.raises(ArithmeticError, match="budget"):
        least_people(replace(PUBLISHED, budget=1.0))


@given(st.floats(150e6, 400e6), st.floats(0.0, 1.0))
def test_more_money_never_hurts(budget: float, weight: float) -> None:
    less = replace(PUBLISHED, budget=budget, shelter_weight=weight)
    assert least_people(replace(less, budget=budget * 1.1)).value <= least_people(less).value + 1e-6


@given(st.integers(0, 2**32 - 1))
def test_the_flow_keeps_everyone_and_the_limits(seed: int) -> None:
    luck = np.random.default_rng(seed)
    classes, days = int(luck.integers(1, 4)), 30
    inflow = Inflow(
        luck.uniform(0, 50, classes), luck.uniform(0, 3, (days, classes)), luck.uniform(20, 400, classes)
    )
    homes, shelters = luck.uniform(0, 60, days + 1), luck.uniform(0, 20, days + 1)
    course = flow(inflow, homes, shelters)
    people = course.housed + course.sheltered + course.unsheltered
    left = people[:-1] + inflow.arrivals - people[1:]
    assert min(part.min() for part in (course.housed, course.sheltered, course.unsheltered)) >= -1e-9
    assert (course.housed.sum(axis=1) <= homes + 1e-9).all()
    assert (course.sheltered.sum(axis=1) <= shelters + 1e-9).all()
    assert (left >= -1e-9).all()
    assert np.allclose(left, (course.housed[:-1] + course.housed[1:]) / 2 / inflow.stay_days, atol=0.04)
    spare = homes - course.housed.sum(axis=1) > 1e-9
    assert (course.unsheltered.sum(axis=1)[spare] < 1e-9).all()


@given(st.integers(0, 2**32 - 1))
def test_the_quadratic_against_another_solver(seed: int) -> None:
    luck = np.random.default_rng(seed)
    n, k = int(luck.integers(1, 5)), int(luck.integers(1, 7))
    root = luck.normal(size=(n, n))
    curvature, slope = root @ root.T + 0.1 * np.eye(n), luck.normal(size=n) * 3
    rows, start = luck.normal(size=(k, n)), luck.normal(size=n)
    least = rows @ start - luck.uniform(0, 1, k)
    x, prices = least_quadratic(curvature, slope, rows, least, start)
    other = minimize(
        lambda y: y @ curvature @ y / 2 + slope @ y,
        start,
        jac=lambda y: curvature @ y + slope,
        constraints={"type": "ineq", "fun": lambda y: rows @ y - least, "jac": lambda y: rows},
        method="SLSQP",
    )
    assert x @ curvature @ x / 2 + slope @ x == pytest.approx(other.fun, abs=1e-5)
    assert (rows @ x >= least - 1e-7).all()
    assert (prices >= 0).all()
    assert np.allclose(curvature @ x + slope, prices @ rows, atol=1e-6)
    assert np.allclose(prices * (rows @ x - least), 0, atol=1e-6)


def test_a_flat_quadratic_and_a_broken_start_are_refused() -> None:
    rows, least = limits(PUBLISHED)
    with pytest.raises(ArithmeticError, match="positive definite"):
        least_quadratic(np.zeros((10, 10)), np.ones(10), rows, least, np.zeros(10))
    with pytest.raises(ArithmeticError, match="breaks a limit"):
        least_quadratic(np.eye(10), np.ones(10), rows, least, np.zeros(10))
