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
from models.store.audit_together import keep_together
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
        self.keep(act)
        self.recorded.append(act)

    def keep(self, act: Act) -> None:
        """Keep an act with what it records."""
        append(self.connection, act)

    def city_wide(self) -> AbstractContextManager[None]:
        """For what must see the whole city, on a database with walls between units; show none of it."""
        return city_wide(self.connection)


class Look(Work):
    """Looking at cases for a person: nothing is changed, and it is recorded before it is shown."""

    def keep(self, act: Act) -> None:
        """Leave the act to the end of the look."""


@contextmanager
def working_for(engine: Engine, actor: Actor, now: datetime) -> Iterator[Work]:
    """Do something for a person: all of it is kept together with its record, or nothing."""
    with writing(engine) as connection:
        see_as(connection, _person(actor))
        yield Work(connection, actor, now)


@contextmanager
def looking_for(engine: Engine, actor: Actor, now: datetime) -> Iterator[Look]:
    """Look at cases for a person; when this ends, it stands in the record that they were looked at."""
    with reading_for(engine, actor) as connection:
        look = Look(connection, actor, now)
        yield look
    keep_together(engine, look.recorded)


@contextmanager
def reading_for(engine: Engine, actor: Actor) -> Iterator[Connection]:
    """Read for a person: one state of the database throughout, and of it what the person may see."""
    with reading(engine) as connection:
        see_as(connection, _person(actor))
        yield connection


def _person(actor: Actor) -> Person:
    return Person(actor.user_id, str(actor.role), actor.unit)
