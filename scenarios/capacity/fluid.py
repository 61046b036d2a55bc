"""People as a fluid: who is in a home, in a shelter or without either, day by day, without chance.

A deterministic stand-in for a queue whose arrivals and places change over time: what comes in, less what
leaves, is there; homes fill first, then shelters, and the rest have no shelter.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DAYS_A_YEAR = 365

Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Inflow:
    """People by class, the class that is housed first standing first.

    Attributes
    ----------
    present
        In the system on day 0, in a home or not; shape (classes,).
    arrivals
        Coming in on each day, shape (days, classes).
    stay_days
        Mean stay in a home, shape (classes,). Nobody leaves a shelter but for a home.
    """

    present: Amounts
    arrivals: Amounts
    stay_days: Amounts


@dataclass(frozen=True, slots=True)
class Course:
    """Where people are on each day, first and last included, by class: each shape (days + 1, classes)."""

    housed: Amounts
    sheltered: Amounts
    unsheltered: Amounts


def flow(inflow: Inflow, homes: Amounts, shelters: Amounts) -> Course:
    """Let the fluid run.

    Who leaves a home on a day is the mean of those housed at its beginning and its end over the stay: exact
    while every home is taken and their number changes evenly over the day. Where homes become fewer, every
    class loses in proportion.

    Parameters
    ----------
    homes, shelters
        Places on each day, first and last included, shape (days + 1,).
    """
    people = inflow.present.astype(np.float64)
    housed = _seated(people, np.zeros_like(people), homes[0])
    days = [_day(people, housed, shelters[0])]
    for day, coming in enumerate(inflow.arrivals):
        full = housed
        for _ in range(2):
            left = (housed + full) / 2 / inflow.stay_days
            staying = np.maximum(housed - left, 0.0)
            full = _seated(people + coming - left, staying, homes[day + 1])
        people, housed = people + coming - left, full
        days.append(_day(people, housed, shelters[day + 1]))
    return Course(*(np.stack(part) for part in zip(*days, strict=True)))


def evenly(values: Amounts, days: int = DAYS_A_YEAR) -> Amounts:
    """Places on every day, from places at the turn of each year with even building between them."""
    at = np.arange((len(values) - 1) * days + 1) / days
    return np.interp(at, np.arange(len(values)), values)


def _seated(people: Amounts, seated: Amounts, places: float) -> Amounts:
    """Who has a place: those seated keep theirs while there is room, then class after class."""
    taken = float(seated.sum())
    if taken > places:
        return seated * (places / taken)
    without = np.maximum(people - seated, 0.0)
    room = places - taken
    before = np.cumsum(without) - without
    return seated + np.clip(room - before, 0.0, without)


def _day(people: Amounts, housed: Amounts, shelters: float) -> tuple[Amounts, Amounts, Amounts]:
    sheltered = _seated(people - housed, np.zeros_like(people), shelters)
    return housed, sheltered, people - housed - sheltered
