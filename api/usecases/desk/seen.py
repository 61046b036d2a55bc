"""What a person at the desk may see, and the record of what was looked at."""

from collections.abc import Iterable
from typing import Any

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.work import Work
from models.households import Household


def household_seen(view: CityView, actor: Actor, household_id: str) -> Household:
    """A household that the person may see.

    Raises
    ------
    DeskRefused
        When there is none, or it is not for the person to see: nobody is told which.
    """
    household = view.households.get(household_id)
    if household is None or not may_see(actor, household):
        raise DeskRefused("unknown_household", "missing")
    return household


def sees(view: CityView, actor: Actor, household_id: str) -> bool:
    """Whether the person may see a household."""
    household = view.households.get(household_id)
    return household is not None and may_see(actor, household)


def record_list(work: Work, what: str, shown: Iterable[str | None], /, **wanted: Any) -> None:
    """Record that a list of cases was read: whose, and by what it was filtered.

    Parameters
    ----------
    shown
        Households of its rows; None for one that the person may not see, which is not recorded.
    """
    households = sorted({one for one in shown if one is not None})
    filters = {name: str(value) for name, value in wanted.items() if value not in (None, False, "")}
    work.record("case.list", what, "", shown=len(households), households=households, wanted=filters)
