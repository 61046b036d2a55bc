"""Prices of places for the scenarios that match by them."""

from collections.abc import Mapping
from datetime import date

from models.dataset import Dataset
from scenarios.assumptions.model import Assumptions
from scenarios.whatif.reform import Reform

PRICED = "scarcity_priced"


def prices_of(
    city: Dataset, as_of: date, reform: Reform, assumptions: Assumptions
) -> Mapping[str, float] | None:
    """Price of a place by pool id, in points of fit; None where the reform never matches by prices.

    They are those of the stock and the policy of the first week that asks for them, and of today's queue.
    """
    if PRICED not in reform.matching:
        return None
    # Only this way of matching needs the fluid model.
    from scenarios.capacity.scarcity import scarcity_prices

    week = reform.matching.index(PRICED)
    stock = [epoch.state for epoch in reform.stock if epoch.from_week <= week][-1]
    policy = [epoch.state for epoch in reform.policy if epoch.from_week <= week][-1]
    return scarcity_prices(city, as_of, policy, assumptions, stock)
