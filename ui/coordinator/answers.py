"""What an answer to an offer asks for: whose no it is, and whether a child is to be heard."""

from datetime import date

from models.codes import DeclinedBy
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.texts import as_day

DECIDERS = tuple(str(code) for code in DeclinedBy)
ADULT = 18


def has_children(desk: Desk, household_id: str) -> bool:
    """Whether the form asks about a child; the API decides whether the texts are needed."""
    case = opened(desk, f"/households/{household_id}")
    day = as_day(opened(desk, "/boendekarta")["as_of"])
    return any(age(as_day(member["birth_date"]), day) < ADULT for member in case["members"])


def age(born: date | None, day: date | None) -> int:
    """Age in whole years on a day."""
    if born is None or day is None:
        return 0
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
