"""Next steps: made, changed and done, each with an owner who may see the case."""

from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from api.access.actor import Actor
from api.access.visibility import may_see
from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import household_seen, sees
from api.usecases.work import Work
from models.households import Household
from models.next_steps import NextStep, StepCode
from models.store.access import user_by
from models.store.next_steps import StepLine, open_steps, step_by_id
from models.store.rows import change, keep
from models.tables import NextStepRecord


def add_step(
    work: Work,
    view: CityView,
    household_id: str,
    what: StepCode,
    due_on: date,
    text: str | None = None,
    owner: str | None = None,
) -> NextStep:
    """Put down a next step; without an owner it is the person's own.

    Raises
    ------
    DeskRefused
        When the person may not see the household, or the owner may not, or is nobody.
    """
    household = household_seen(view, work.actor, household_id)
    step = NextStep(
        step_id=uuid4().hex,
        household_id=household_id,
        what=what,
        text=text,
        owner=work.actor.user_id
        if owner is None
        else owner_of(work.connection, owner, household, work.now.date()),
        due_on=due_on,
        made_by=work.actor.user_id,
        made_at=work.now,
    )
    keep(work.connection, NextStepRecord, step)
    _record(work, "step.add", step)
    return step


def step_seen(work: Work, view: CityView, step_id: str) -> NextStep:
    """A step of a household that the person may see.

    Raises
    ------
    DeskRefused
        When there is none.
    """
    step = step_by_id(work.connection, step_id)
    if step is None or not sees(view, work.actor, step.household_id):
        raise DeskRefused("unknown_step", "missing")
    return step


def change_step(work: Work, view: CityView, step: NextStep, **changes: Any) -> NextStep:
    """Change a step: `what`, `text`, `owner` (a user name), `due_on`, or `done`.

    Raises
    ------
    DeskRefused
        When the new owner may not see the case, or is nobody.
    """
    if "owner" in changes:
        household = view.households[step.household_id]
        changes["owner"] = owner_of(work.connection, changes["owner"], household, work.now.date())
    if "done" in changes:
        done = changes.pop("done")
        changes["done_at"] = (step.done_at or work.now) if done else None
    change(work.connection, NextStepRecord, step, **changes)
    _record(work, "step.done" if step.done_at is not None else "step.change", step)
    return step


def owner_of(connection: Connection, username: str, household: Household, today: date) -> str:
    """User id of somebody who can carry a step out, as of today.

    Raises
    ------
    DeskRefused
        When there is no such active user, or one who may not see the household.
    """
    user = user_by(connection, username=username.strip().lower())
    if user is None or not user.active:
        raise DeskRefused("unknown_owner")
    if not may_see(Actor(user.user_id, user.role, user.unit, "-", today), household):
        raise DeskRefused("owner_may_not_see")
    return user.user_id


def steps_seen(
    connection: Connection, view: CityView, actor: Actor, owner: str | None, until: date | None
) -> list[StepLine]:
    """Steps that are not done, of households that the person may see, by day."""
    return [
        line
        for line in open_steps(connection)
        if sees(view, actor, line.household_id)
        and owner in (None, line.owner)
        and (until is None or line.due_on <= until)
    ]


def _record(work: Work, action: str, step: NextStep) -> None:
    work.record(
        action,
        "step",
        step.step_id,
        str(step.what),
        household=step.household_id,
        owner=step.owner,
        due_on=str(step.due_on),
    )
