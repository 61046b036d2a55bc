"""What a week costs: places lived in, places that stand empty, restoration, support and hotel nights."""

import numpy as np
from numpy.typing import NDArray

from models.codes import Support
from optimiser.instance import NONE, Columns
from scenarios.assumptions import Assumptions
from scenarios.simulation.population import Population, Rows
from scenarios.simulation.week import OWN_HOME, Week

WEEKS_A_MONTH = 365.25 / 12 / 7
"""A month's cost is spread evenly over the days of the year."""

NIGHTS = 7


class Prices:
    """Assumed prices as arrays: by form, and by need of support."""

    def __init__(self, assumptions: Assumptions, form_ids: tuple[str, ...]) -> None:
        self.hotel_night = assumptions.value("cost.hotel_night_sek")
        self.support_month = np.array(
            [assumptions.value(f"cost.support_month_sek.{level}") for level in Support]
        )
        self.restoration = np.array([assumptions.value(f"cost.restoration_sek.{form}") for form in form_ids])
        self._trial = form_ids.index("forsokslagenhet")
        self._stays_in_it = assumptions.value("lease_takeover.share")

    def restoring(self, week: Week) -> float:
        """SEK for the places left in a week; a tenant who takes over the lease leaves none."""
        pools = np.concatenate([week.ended.pool, week.entered.from_pool[week.entered.from_pool != NONE]])
        cost = self.restoration[week.stock["form"][pools]]
        homes = week.stock["form"][week.ended.pool[week.ended.outcome == OWN_HOME]]
        kept = self._stays_in_it * self.restoration[self._trial] * int((homes == self._trial).sum())
        return float(cost.sum() - kept)


def month_of_places(stock: Columns) -> NDArray[np.int64]:
    """SEK/month of one place in each pool, 0 when blank, shape (m,)."""
    return np.maximum(stock["monthly_cost_sek"], 0).astype(np.int64)


def month_of_void(week: Week) -> int:
    """SEK/month of the places that stand open and empty, those kept for somebody among them."""
    return int((np.maximum(week.capacity - week.residents, 0) * month_of_places(week.stock)).sum())


def month_of_support(
    prices: Prices, population: Population, living: Rows, stock: Columns
) -> NDArray[np.float64]:
    """SEK/month of support brought home to each resident, 0 where the place has staff of its own, (k,)."""
    pool = population["current_pool"][living]
    support = prices.support_month[population["support_need"][living]]
    return np.where(stock["own_flat"][pool], support, 0.0)
