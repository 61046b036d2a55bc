"""Next steps at rest."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from models.next_steps import NextStep, StepCode
from models.store.rows import find_one, table_of
from models.tables import NextStepRecord, UserRecord

_steps, _users = table_of(NextStepRecord), table_of(UserRecord)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step that is not done, as lists tell it: without its text; the owner by user name."""

    step_id: str
    household_id: str
    what: StepCode
    owner: str
    due_on: date


def open_steps(connection: Connection) -> list[StepLine]:
    """Steps that are not done, by day and id."""
    wanted = (
        select(_steps.c.step_id, _steps.c.household_id, _steps.c.what, _users.c.username, _steps.c.due_on)
        .join(_users, _users.c.user_id == _steps.c.owner)
        .where(_steps.c.done_at.is_(None))
        .order_by(_steps.c.due_on, _steps.c.step_id)
    )
    return [StepLine(*row) for row in connection.execute(wanted).all()]


def next_step_of_each(connection: Connection) -> dict[str, StepLine]:
    """The first step that is not done, by household."""
    first: dict[str, StepLine] = {}
    for line in open_steps(connection):
        first.setdefault(line.household_id, line)
    return first


def step_by_id(connection: Connection, step_id: str) -> NextStep | None:
    """A step by its id, with its text."""
    return find_one(connection, NextStepRecord, NextStep, _steps.c.step_id == step_id)
