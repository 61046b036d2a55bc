"""Days and months of the calendar, as decisions and terms count them."""

from calendar import monthrange
from datetime import MAXYEAR, date
from typing import Annotated

from pydantic import Field

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)

Day = Annotated[date, Field(ge=FIRST, le=LAST)]
"""A day that somebody may mean: from 1900 to 2199."""


def months_later(day: date, months: int) -> date:
    """The same day some months later (or earlier, below zero); the last of the month where it has none such.

    What would pass the end of the calendar is its last day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
