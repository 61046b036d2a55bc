"""What a simulation counts: the names, and how each is summed over the horizon."""

from typing import Literal

GROUPS = (
    *("women", "men", "families", "tier_1", "tier_2", "tier_3", "tier_4", "tier_5"),
    *("needs_tolerant", "needs_drug_free", "either"),
)
"""Splits of every measure about people. Women and men: every adult is one; families: a child or pregnant.
Drug profiles as in the women's gap: active use; wants drug-free and no active use; either."""

Summing = Literal["mean", "sum", "pooled"]

MEASURES: dict[str, Summing] = {
    "waiting": "mean",
    "paused": "mean",
    "placed": "sum",
    "wait_median_days": "pooled",
    "wait_p90_days": "pooled",
    "waiting_median_days": "mean",
    "waiting_p90_days": "mean",
    "women_gap_now": "mean",
    "women_gap_structural": "mean",
    "nights_outdoors": "sum",
    "nights_shelter": "sum",
    "nights_hotel": "sum",
    "child_nights_hotel": "sum",
    "moves_temporary": "sum",
    "school_changes": "sum",
    "entries": "sum",
    "occupied": "mean",
    "cost_sek": "sum",
    "cost_void_sek": "sum",
    "cost_restoration_sek": "sum",
    "cost_support_sek": "sum",
    "cost_hotel_sek": "sum",
    "arrivals": "sum",
    "exits": "sum",
    "refusals": "sum",
}
"""Measures of a week, each with its total over the horizon. mean: a stock, over the weeks that have it;
sum: a flow; pooled: the quantile over everyone placed.

waiting, paused
    Households that live in no pool when the week ends: candidates, and those who are none, being away, in
    acute danger or excluded otherwise.
placed, wait_*
    Who moved in from waiting, and how long they had waited. waiting_* is of those who still do.
women_gap_*
    Of those who certainly need a women's place above the level of emergencies, as `hemvist gap` counts it;
    places kept for somebody who has said yes are not vacant.
nights_*, child_nights_hotel
    Nights of persons without a place, paused or not, by their situation; the shelter's residents too.
moves_temporary
    Movings in to a form below level 3 by who lived in one last, straight from it or after a time without.
school_changes
    Children, by the simulation's own limits, whatever the rules under study say.
occupied, cost_sek, cost_void_sek
    Places lived in, and what they cost; what places cost that stand open and empty, those kept included.
cost_restoration_sek, cost_support_sek, cost_hotel_sek
    Places left, by a move as by an end, but not where the tenant takes over the lease; support brought to own
    flats by the household's need; nights of households in hotels.
arrivals, exits
    Who comes for the first time, and who leaves for a home of their own or otherwise; a return is neither.
"""

NOT_SPLIT = frozenset(
    {"women_gap_now", "women_gap_structural", "cost_void_sek", "cost_restoration_sek", "child_nights_hotel"}
)
"""Measures without groups; `entries` and `occupied` also come by form, as `entries.<form>`."""

TIERED = frozenset(
    {"waiting", "paused", "placed", "wait_median_days", "wait_p90_days"}
    | {"waiting_median_days", "waiting_p90_days", "nights_outdoors", "nights_hotel", "refusals"}
)
"""Measures that come by tier too: those about people who wait, or who come from waiting."""
