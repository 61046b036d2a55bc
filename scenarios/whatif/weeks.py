"""Weeks of the horizon in which a change holds."""

from datetime import date, timedelta

from scenarios.whatif.scenario import Change

WEEK = timedelta(weeks=1)


def day_of_week(as_of: date, week: int) -> date:
    """First day of a week, which begins on as_of + 7 × week days."""
    return as_of + week * WEEK


def weeks_of(change: Change, as_of: date, weeks: int) -> range:
    """Weeks from 0 in which a change holds, within the horizon; empty when there are none.

    A `year` (a calendar year, `this` or `next` as seen from the as-of date) narrows the change to the weeks
    that begin in that year.
    """
    first, last = change.from_week, weeks if change.until_week is None else min(change.until_week, weeks)
    year = change.settings.get("year")
    if year is not None:
        year = {"this": as_of.year, "next": as_of.year + 1}.get(year, year)
        first = max(first, first_week_of(year, as_of))
        last = min(last, first_week_of(year + 1, as_of))
    return range(first, max(first, last))


def first_week_of(year: int, as_of: date) -> int:
    """First week from 0 that begins in a calendar year or later."""
    days = (date(year, 1, 1) - as_of).days
    return max(0, -(-days // WEEK.days))
