"""What a place costs at the most in any week of some reforms: the yardstick of what one person costs."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.forms import forms
from scenarios.assumptions import Assumptions
from scenarios.simulation.accounts_costs import NIGHTS, WEEKS_A_MONTH
from scenarios.whatif.reform import Reform


@dataclass(frozen=True, slots=True)
class Dearest:
    """The highest prices of a run.

    Attributes
    ----------
    place_week_sek
        SEK/week for the dearest place of all, or for a hotel if that costs more.
    restoration_sek
        SEK for restoring the dearest place after a stay.
    """

    place_week_sek: float
    restoration_sek: float


def dearest(reforms: Iterable[Reform], assumptions: Assumptions) -> Dearest:
    """Find the highest prices over every reform, week and pool."""
    month = max(
        (pool.monthly_cost_sek or 0 for reform in reforms for epoch in reform.stock for pool in epoch.state),
        default=0,
    )
    hotel = NIGHTS * assumptions.value("cost.hotel_night_sek")
    restoration = max(assumptions.value(f"cost.restoration_sek.{form}") for form in forms())
    return Dearest(max(month / WEEKS_A_MONTH, hotel), restoration)
