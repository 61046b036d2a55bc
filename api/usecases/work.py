"""A unit of work: one transaction that does something for one person, and records that it did."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from api.access.actor import Actor
from models.audit import Outcome
from models.database import reading, writing
from models.store.audit import Act, append
from models.walls import Person, city_wide, see_as


@dataclass(slots=True)
class Work:
    """A transaction under way for a person; what is recorded is kept with what it records, or neither is."""

    connection: Connection
    actor: Actor
    now: datetime
    recorded: list[Act] = field(default_factory=list)

    def record(
        self,
        action: str,
        kind: str = "",
        subject: str = "",
        reason: str = "",
        outcome: Outcome = Outcome.DONE,
        **detail: Any,
    ) -> None:
        """Add an act to the record: ids and codes alone, no name and no free text."""
        act = Act(
            at=self.now,
            actor=self.actor.user_id,
            role=str(self.actor.role),
            action=action,
            subject_kind=kind,
            subject_id=subject,
            reason=reason,
            outcome=outcome,
            detail=detail,
        )
        append(self.connection, act)
        self.recorded.append(act)

    def city_wide(self) -> AbstractContextManager[None]:
        """For what must see the whole city, on a database with walls between units; show none of it."""
        return city_wide(self.connection)


@contextmanager
def working_for(engine: Engine, actor: Actor, now: datetime) -> Iterator[Work]:
    """Do something for a person: all of it is kept together with its record, or nothing."""
    with writing(engine) as connection:
        see_as(connection, _person(actor))
        yield Work(connection, actor, now)


@contextmanager
def reading_for(engine: Engine, actor: Actor) -> Iterator[Connection]:
    """Read for a person: one state of the database throughout, and of it what the person may see."""
    with reading(engine) as connection:
        see_as(connection, _person(actor))
        yield connection


def _person(actor: Actor) -> Person:
    return Person(actor.user_id, str(actor.role), actor.unit)
