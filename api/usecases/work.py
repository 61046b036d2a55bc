"""A unit of work: one transaction that does something for one person, and records that it did."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from api.access.actor import Actor
from models.audit import Outcome
from models.database import reading, writing
from models.store.audit import Act, append
from models.store.audit_together import keep_together
from models.walls import Person, city_wide, see_as


class Work:
    """A transaction under way for a person; what is recorded is kept with what it records, or neither is.

    Attributes
    ----------
    connection
        The transaction; one that is given as a function is begun when first used.
    """

    __slots__ = ("_connection", "actor", "now", "recorded")

    def __init__(
        self, connection: Connection | Callable[[], Connection], actor: Actor, now: datetime
    ) -> None:
        self._connection = connection
        self.actor = actor
        self.now = now
        self.recorded: list[Act] = []

    @property
    def connection(self) -> Connection:
        """The transaction."""
        if not isinstance(self._connection, Connection):
            self._connection = self._connection()
        return self._connection

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

    __slots__ = ()

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
    with ExitStack() as begun:
        # What is at hand already is often all that is looked at: then the database is not asked.
        look = Look(lambda: begun.enter_context(reading_for(engine, actor)), actor, now)
        yield look
    keep_together(engine, look.recorded)


@contextmanager
def reading_for(engine: Engine, actor: Actor) -> Iterator[Connection]:
    """Read for a person: one state of the database throughout, and of it what the person may see."""
    with reading(engine) as connection:
        see_as(connection, _person(actor))
        yield connection


def _person(actor: Actor) -> Person:
    return Person(actor.user_id, str(actor.role), actor.unit, actor.today)
