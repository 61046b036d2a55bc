"""A unit of work: one transaction that does something for one person, and records that it did."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from api.access.actor import Actor
from models.audit import Outcome
from models.database import writing
from models.store.audit import Act, append


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


@contextmanager
def working_for(engine: Engine, actor: Actor, now: datetime) -> Iterator[Work]:
    """Do something for a person: all of it is kept together with its record, or nothing."""
    with writing(engine) as connection:
        yield Work(connection, actor, now)
