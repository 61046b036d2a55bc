"""Cases: the households a person may see, listed and opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from models.codes import Situation
from models.households import Household, Member

Order = Literal["need", "id", "waited"]
"""By tier and points, by case reference, by how long without a home."""

NEVER = date.max


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list; None and blank leave all in."""

    unit: str | None = None
    tier: int | None = None
    situation: Situation | None = None
    candidates_only: bool = False
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A household with what the policy says of it today."""

    household: Household
    members: Sequence[Member]
    candidate: bool
    tier: int
    points: int


def cases(view: CityView, actor: Actor, wanted: CaseFilter, order: Order = "id") -> Sequence[Case]:
    """The cases that a person may see and asks for, in an order."""
    seen = view.kept(("cases", order, actor.role, actor.unit), lambda: _seen(view, actor, order))
    if wanted == CaseFilter():
        return seen
    return [case for case in seen if _wanted(case, wanted)]


def order_of(case: Case, order: Order) -> tuple[int | str, ...]:
    """Where a case stands in an order; no two stand in one place."""
    reference = case.household.household_id
    if order == "need":
        return case.tier, -case.points, reference
    if order == "waited":
        return (case.household.homeless_since or NEVER).toordinal(), reference
    return (reference,)


def _seen(view: CityView, actor: Actor, order: Order) -> Sequence[Case]:
    every = view.kept("cases", lambda: [case_of(view, household) for household in view.dataset.households])
    mine = (case for case in every if may_see(actor, case.household))
    return tuple(sorted(mine, key=lambda case: order_of(case, order)))


def case_seen(view: CityView, actor: Actor, household_id: str) -> Case | None:
    """One case; None when there is none or it is not for the person to see: nobody is told which."""
    household = view.households.get(household_id)
    if household is None or not may_see(actor, household):
        return None
    return case_of(view, household)


def case_of(view: CityView, household: Household) -> Case:
    """A household as a case."""
    row, priority = view.row_of[household.household_id], view.priority
    return Case(
        household=household,
        members=view.members.get(household.household_id, []),
        candidate=bool(priority.candidate[row]),
        tier=int(priority.tier[row]),
        points=int(priority.points[row]),
    )


def _wanted(case: Case, wanted: CaseFilter) -> bool:
    household = case.household
    return (
        wanted.unit in (None, household.responsible_unit)
        and wanted.situation in (None, household.situation)
        and wanted.reference.lower() in household.household_id.lower()
        and wanted.tier in (None, case.tier)
        and (case.candidate or not wanted.candidates_only)
    )
