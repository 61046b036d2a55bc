"""The waitlist: everybody who waits, in the policy's order, with what is done next, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from models.households import Household
from models.store.next_steps import StepLine
from optimiser.kleene import YES

AWAY_WHATEVER_ELSE = ("housed", "acute_danger", "settled")
"""Conditions of the policy under which nobody waits; being parked is none of them."""


@dataclass(frozen=True, slots=True)
class WaitFilter:
    """Whom to list; None leaves all in. `form` asks for those to whom a pool of the form is open."""

    unit: str | None = None
    tier: int | None = None
    form: str | None = None
    parked: bool | None = None
    without_step: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A household that waits: its order, how many days it has been homeless, parking, and the next step."""

    household: Household
    tier: int
    points: int
    waited_days: int | None
    parked_until: date | None
    next_step: StepLine | None

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Place in the list: tier, points, how long, and the reference."""
        return self.tier, -self.points, -(self.waited_days or 0), self.household.household_id


def waitlist(
    view: CityView, actor: Actor, steps: Mapping[str, StepLine], wanted: WaitFilter
) -> list[Waiting]:
    """Those who wait and whom the person may see, in the policy's order."""
    as_of, in_queue = view.assessment.instance.as_of, queue(view)
    open_to = None if wanted.form is None else households_open_to(view, wanted.form)
    found = []
    for household in view.dataset.households:
        row = view.row_of[household.household_id]
        if not in_queue[row] or not may_see(actor, household):
            continue
        if (open_to is not None and not open_to[row]) or wanted.unit not in (
            None,
            household.responsible_unit,
        ):
            continue
        line = _waiting(view, household, steps.get(household.household_id), as_of)
        parked = line.parked_until is not None
        lacks = line.next_step is None or not wanted.without_step
        if lacks and wanted.tier in (None, line.tier) and wanted.parked in (None, parked):
            found.append(line)
    return sorted(found, key=lambda line: line.order)


def queue(view: CityView) -> NDArray[np.bool_]:
    """Who waits, shape (n,): candidates, and those who would be one were they not parked."""
    away = [view.assessment.condition(name) == YES for name in AWAY_WHATEVER_ELSE]
    waits: NDArray[np.bool_] = ~np.logical_or.reduce(away)
    return waits


def households_open_to(view: CityView, form: str) -> NDArray[np.bool_]:
    """Households to whom a pool of a form is open, full or not, shape (n,)."""
    h, p = view.compatible.eligible
    of_form = np.array([view.pools[pool].form == form for pool in view.assessment.instance.pool_ids], bool)
    found = np.zeros(view.assessment.instance.n, dtype=bool)
    found[h[of_form[p]]] = True
    return found


def _waiting(view: CityView, household: Household, step: StepLine | None, as_of: date) -> Waiting:
    row = view.row_of[household.household_id]
    until, since = household.unavailable_until, household.homeless_since
    return Waiting(
        household=household,
        tier=int(view.priority.tier[row]),
        points=int(view.priority.points[row]),
        waited_days=None if since is None else max((as_of - since).days, 0),
        parked_until=until if until is not None and until > as_of else None,
        next_step=step,
    )
