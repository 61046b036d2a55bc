"""When things began and when they end: homelessness, the present place, the present situation, a pause."""

from datetime import date, timedelta

import numpy as np

from models.codes import Situation
from models.forms import forms
from models.stock import Pool
from scenarios.demo_city.drafts import Draft
from scenarios.demo_city.draws import between, chance, length
from scenarios.demo_city.figures import DEMO_AS_OF, people

MONTH_DAYS = 30.44


def days_ago(days: int) -> date:
    """The date so many days before the as-of date; negative days lie ahead."""
    return DEMO_AS_OF - timedelta(days=days)


def days_since(day: date) -> int:
    """Days from a date to the as-of date."""
    return (DEMO_AS_OF - day).days


def give_times(rng: np.random.Generator, draft: Draft) -> None:
    """Since when somebody is homeless, lives where they live, and until when.

    A date of more than six months ago is given to exactly those marked `long_term`; it is never unknown,
    so that the count holds, while some who came later have no date on record.
    """
    household = draft.household
    time = people("time")
    at_home = household.situation == Situation.EVICTION_RISK and draft.pool is None
    if at_home:
        household.homeless_since = None
    elif household.situation == Situation.HOUSED and draft.pool is None:
        # Homeless before, in a home of their own since; their stays lie in between.
        household.homeless_since = days_ago(
            length(rng, time["homeless_long"]) + people("history")["rehoused_days"][1]
        )
    elif draft.long_term:
        household.homeless_since = days_ago(length(rng, time["homeless_long"]))
    elif not chance(rng, time["homeless_since_unknown"]):
        household.homeless_since = days_ago(length(rng, time["homeless_short"]))
    if draft.pool:
        _give_move_in(rng, draft, draft.pool)
    _give_end(rng, draft)
    if draft.counted and chance(rng, people("ends")["parked"]):
        household.unavailable_until = days_ago(-between(rng, *people("ends")["parked_days"]))


def _give_move_in(rng: np.random.Generator, draft: Draft, pool: Pool) -> None:
    """The move into the present pool: after homelessness began, and before that for the rehoused."""
    household = draft.household
    days = length(rng, people("time")["in_place"][pool.form])
    if not draft.counted and forms()[pool.form].level >= 2:
        # Lasting and transitional flats ask for six months first, so homelessness began before the move.
        household.homeless_since = days_ago(days + length(rng, people("time")["homeless_long"]))
    elif household.homeless_since:
        low, high = people("time")["in_place_of_time_homeless"]
        longest = days_since(household.homeless_since) * (low + (high - low) * rng.random())
        days = min(days, max(1, int(longest)))
    household.moved_in_on = days_ago(days)


def _give_end(rng: np.random.Generator, draft: Draft) -> None:
    ends = people("ends")
    household = draft.household
    situation = household.situation.value
    share = ends["share"][situation]
    if draft.children and household.situation == Situation.HOTEL_HOSTEL:
        share = ends["family_hotel"]
    if chance(rng, share):
        household.situation_ends_on = days_ago(-between(rng, *ends["days"][situation]))
