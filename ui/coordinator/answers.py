"""What an answer to an offer asks for: whose no it is, and whether a child is to be heard."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.codes import DeclinedBy
from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.lasting import city_day
from ui.frame.opened import opened
from ui.texts import as_day

DECIDERS = tuple(str(code) for code in DeclinedBy)
ADULT = 18


def has_children(desk: Desk, household_id: str) -> bool:
    """Whether the form asks about a child; the API decides whether the texts are needed."""
    return children_among(desk, opened(desk, f"/households/{part(household_id)}")["members"])


def children_among(desk: Desk, members: Sequence[Mapping[str, Any]]) -> bool:
    """Whether there is a child among some people."""
    day = city_day(desk)
    return any(age(as_day(member["birth_date"]), day) < ADULT for member in members)


def age(born: date | None, day: date | None) -> int:
    """Age in whole years on a day."""
    if born is None or day is None:
        return 0
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
