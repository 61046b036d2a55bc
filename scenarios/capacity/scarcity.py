"""What a place is worth to those still to come: the price of each pool, from the steady flow of a city."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.dataset import Dataset
from models.stock import Pool
from optimiser.assessment import Assessment
from optimiser.compatibility import assess, compatibility
from optimiser.fit import fit_of_pairs
from optimiser.instance import NONE
from optimiser.instance_build import build_instance
from optimiser.policy.load import PolicyData
from optimiser.priority import Priority, prioritise
from scenarios.assumptions.model import Assumptions
from scenarios.capacity.steady_flow import Priced, SteadyFlow, priced
from scenarios.segments import SEGMENTS, segments

WEEKS_A_YEAR = 365.25 / 7
ENDS = ("own_home", "homeless", "left")

Amounts = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scarcity:
    """A city's steady flow and its prices; type t is the waiting household `household[t]`."""

    assessment: Assessment
    household: NDArray[np.int64]
    steady: SteadyFlow
    priced: Priced

    @property
    def prices(self) -> dict[str, float]:
        """Price of a place of each pool, in points of fit per placement, by pool id."""
        return dict(zip(self.assessment.instance.pool_ids, self.priced.place.tolist(), strict=True))


def scarcity_prices(
    city: Dataset,
    as_of: date,
    policy: PolicyData,
    assumptions: Assumptions,
    stock: tuple[Pool, ...] | None = None,
    look_ahead_weeks: float = WEEKS_A_YEAR,
) -> Mapping[str, float]:
    """Price of a place of each pool in points of fit per placement; see `scarcity`."""
    return scarcity(city, as_of, policy, assumptions, stock, look_ahead_weeks).prices


def scarcity(
    city: Dataset,
    as_of: date,
    policy: PolicyData,
    assumptions: Assumptions,
    stock: tuple[Pool, ...] | None = None,
    look_ahead_weeks: float = WEEKS_A_YEAR,
) -> Scarcity:
    """The steady flow of a city, priced.

    Every household that waits today stands for its like among those to come: those of its segment who
    arrive, and those who come back when a stay ends in homelessness, are shared equally by the waiting of the
    segment. The queue itself and the vacant places are spread over the look-ahead.

    A placement is worth its tier before its points, and its points before its fit, as in a match: a step of
    tier, or all points together, weighs as much as the whole span of fit. So prices come in points of fit.

    Parameters
    ----------
    stock
        Pools instead of the city's own, with at least the ids that someone lives in.
    look_ahead_weeks
        Weeks within which today's queue counts as having to be placed.
    """
    data = city if stock is None else replace(city, pools=stock)
    a = assess(policy.on(as_of), build_instance(data, as_of))
    priority = prioritise(a)
    waits = priority.candidate & (a.instance.households["current_pool"] == NONE)
    rows = np.flatnonzero(waits)
    household, pool = compatibility(a, rows).eligible
    steady = SteadyFlow(
        kind=np.searchsorted(rows, household),
        pool=pool.astype(np.int64),
        worth=_worth(a, priority, household, pool),
        arrivals=_coming(a, rows, assumptions, look_ahead_weeks),
        falling_free=_falling_free(a, assumptions, look_ahead_weeks),
    )
    return Scarcity(a, rows, steady, priced(steady))


def _worth(
    a: Assessment, priority: Priority, household: NDArray[np.int64], pool: NDArray[np.int64]
) -> Amounts:
    fit = fit_of_pairs(a, household, pool)
    if not fit.size:
        return np.zeros(0)
    step = int(fit.max() - fit.min()) + 1
    points = priority.points / (int(priority.points.max()) + 1)
    tiers = len(a.policy.tiers) + 1 - priority.tier
    return np.asarray(step * (tiers + points)[household] + (fit - fit.min()), dtype=np.float64)


def _coming(
    a: Assessment, rows: NDArray[np.int64], assumptions: Assumptions, look_ahead_weeks: float
) -> Amounts:
    """Households a week that each waiting household stands for, itself included, shape (rows,)."""
    kind = segments(a.instance)
    waiting = np.bincount(kind[rows], minlength=len(SEGMENTS))
    a_year = np.array([assumptions.value(f"arrivals.{name}") for name in SEGMENTS])
    inflow = a_year * waiting / WEEKS_A_YEAR
    back = np.array([assumptions.value(f"stays.{form}.homeless") for form in a.instance.form_ids])
    current = a.instance.households["current_pool"]
    lives = np.flatnonzero(current != NONE)
    inflow += np.bincount(
        kind[lives], weights=back[a.instance.pools["form"][current[lives]]], minlength=len(SEGMENTS)
    )
    share = inflow / np.maximum(waiting, 1)
    return np.asarray(share[kind[rows]] + 1 / look_ahead_weeks)


def _falling_free(a: Assessment, assumptions: Assumptions, look_ahead_weeks: float) -> Amounts:
    """Places of each pool that fall free a week, today's vacant ones spread over the look-ahead; (m,)."""
    ends = np.array(
        [sum(assumptions.value(f"stays.{form}.{end}") for end in ENDS) for form in a.instance.form_ids]
    )
    pools = a.instance.pools
    return np.asarray(pools["capacity"] * ends[pools["form"]] + pools["vacant"] / look_ahead_weeks)
