"""A building programme: how many homes and shelters to have at each year's end, for the least suffering.

The fluid model with every place taken, as in Burgess, Singham and Rhodes-Leader, "Time-Varying Capacity
Planning for Designing Large-Scale Homeless Care Systems": who has no shelter is then an affine function of
the places at each year's end, so the best programme is a linear or a convex quadratic problem.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.capacity.convex import least_quadratic
from scenarios.capacity.fluid import DAYS_A_YEAR, evenly

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Programme:
    """What is decided: homes, then shelters, at the end of each building year; after them they stay.

    Attributes
    ----------
    present
        People in the system today, housed ones included.
    homes, shelters
        Places today.
    stay_years
        Mean stay in a home.
    arrivals_per_day
        People a day, one number for each year of the horizon.
    build_years
        Years in which places are built, the first of the horizon.
    home_cost, shelter_cost, budget
        Money for a home and for a shelter more, and for all that is built.
    least_built
        Homes, and shelters, that have to be built each year at least.
    shelter_weight
        Weight of a person in a shelter against one without.
    """

    present: float
    homes: float
    shelters: float
    stay_years: float
    arrivals_per_day: tuple[float, ...]
    build_years: int
    home_cost: float
    shelter_cost: float
    budget: float
    least_built: float
    shelter_weight: float


@dataclass(frozen=True, slots=True)
class Built:
    """A programme's answer: places at each year's end, today first, and the time average that was least."""

    homes: Vector
    shelters: Vector
    value: float


def least_people(programme: Programme) -> Built:
    """Least time average of people without shelter, plus the weight of those in one: a linear programme.

    Raises
    ------
    ArithmeticError
        If the budget does not pay for what has to be built.
    """
    without, sheltered = _days(programme)
    slope = without[1:].mean(axis=1) + programme.shelter_weight * sheltered[1:].mean(axis=1)
    constant = without[0].mean() + programme.shelter_weight * sheltered[0].mean()
    rows, least = limits(programme)
    x = _linear(slope, rows, least)
    return _built(programme, x, float(constant + slope @ x))


def least_squares(programme: Programme, limits_kept: tuple[Vector, Vector] | None = None) -> Built:
    """Least time average of the squares instead, which spreads the burden over the years: a convex quadratic.

    Parameters
    ----------
    limits_kept
        Rows and least values to keep instead of `limits`, over homes then shelters of each building year.

    Raises
    ------
    ArithmeticError
        If no programme keeps the limits.
    """
    rows, least = limits(programme) if limits_kept is None else limits_kept
    without, sheltered = _days(programme)
    days = without.shape[1]
    weighted = ((1.0, without), (programme.shelter_weight, sheltered))
    curvature = sum(2 * weight * part[1:] @ part[1:].T / days for weight, part in weighted)
    slope = sum(2 * weight * part[1:] @ part[0] / days for weight, part in weighted)
    start = _linear(np.ones(len(slope)), rows, least)
    x, _ = least_quadratic(np.asarray(curvature), np.asarray(slope), rows, least, start)
    value = sum(weight * np.mean((part[0] + x @ part[1:]) ** 2) for weight, part in weighted)
    return _built(programme, x, float(value))


def limits(programme: Programme) -> tuple[Vector, Vector]:
    """The programme's limits as rows x >= least: building each year, then the budget."""
    years = programme.build_years
    growth = np.eye(years) - np.eye(years, k=-1)
    rows = np.zeros((2 * years + 1, 2 * years))
    rows[:years, :years] = growth
    rows[years:-1, years:] = growth
    least = np.full(2 * years + 1, programme.least_built)
    least[0] += programme.homes
    least[years] += programme.shelters
    rows[-1, years - 1], rows[-1, -1] = -programme.home_cost, -programme.shelter_cost
    spent_already = programme.home_cost * programme.homes + programme.shelter_cost * programme.shelters
    least[-1] = -programme.budget - spent_already
    return rows, least


def _days(programme: Programme) -> tuple[Vector, Vector]:
    """People without shelter, and in one, at the start of each day: a constant, then per place decided.

    Both have shape (1 + 2 x build_years, days).
    """
    years, ahead = programme.build_years, len(programme.arrivals_per_day)
    days = ahead * DAYS_A_YEAR
    shape = np.zeros((years + 1, days))
    for year in range(years + 1):
        at_turns = np.zeros(ahead + 1)
        at_turns[year : year + 1 if year < years else None] = 1.0
        shape[year] = evenly(at_turns)[:-1]
    arrived = np.cumsum(np.repeat(programme.arrivals_per_day, DAYS_A_YEAR))
    came = programme.present + np.concatenate([[0.0], arrived[:-1]])
    housed_so_far = _integral(shape) / (DAYS_A_YEAR * programme.stay_years)
    without = np.zeros((1 + 2 * years, days))
    without[0] = came - programme.homes * (shape[0] + housed_so_far[0]) - programme.shelters * shape[0]
    without[1 : years + 1] = -(shape[1:] + housed_so_far[1:])
    without[years + 1 :] = -shape[1:]
    sheltered = np.zeros_like(without)
    sheltered[0] = programme.shelters * shape[0]
    sheltered[years + 1 :] = shape[1:]
    return without, sheltered


def _integral(shape: Vector) -> Vector:
    """Area under each row up to the start of each day, in days; exact where rows are straight over a day."""
    area = np.zeros_like(shape)
    area[:, 1:] = np.cumsum((shape[:, 1:] + shape[:, :-1]) / 2, axis=1)
    return area


def _linear(slope: Vector, rows: Vector, least: Vector) -> Vector:
    from ortools.linear_solver import pywraplp

    solver = pywraplp.Solver.CreateSolver("GLOP")
    x = [solver.NumVar(0.0, solver.infinity(), "") for _ in slope]
    for row, bound in zip(rows, least.tolist(), strict=True):
        size = float(np.abs(row).max())
        limit = solver.Constraint(bound / size, solver.infinity())
        for i in np.flatnonzero(row).tolist():
            limit.SetCoefficient(x[i], float(row[i]) / size)
    for variable, worth in zip(x, slope.tolist(), strict=True):
        solver.Objective().SetCoefficient(variable, worth)
    solver.Objective().SetMinimization()
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        raise ArithmeticError("no programme keeps the limits; the budget is too small for what must be built")
    return np.array([variable.solution_value() for variable in x])


def _built(programme: Programme, x: Vector, value: float) -> Built:
    years = programme.build_years
    return Built(
        np.concatenate([[programme.homes], x[:years]]),
        np.concatenate([[programme.shelters], x[years:]]),
        value,
    )
