"""What every request asks first, in one question: whose session it is, and where the city stands."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Engine, ScalarSelect, bindparam, select
from sqlmodel import SQLModel

from models.access import Role
from models.database import glancing
from models.store.revision import REVISION
from models.store.settings import AS_OF
from models.tables import SessionRecord, Setting, UserRecord

_users = SQLModel.metadata.tables[str(UserRecord.__tablename__)]
_sessions = SQLModel.metadata.tables[str(SessionRecord.__tablename__)]
_settings = SQLModel.metadata.tables[str(Setting.__tablename__)]


def _setting(key: str) -> ScalarSelect[Any]:
    return select(_settings.c.value).where(_settings.c.key == key).scalar_subquery()


_ARRIVAL = (
    select(
        *(_users.c.role, _users.c.unit, _users.c.active),
        *(_sessions.c.ended_at, _sessions.c.expires_at),
        *(_setting(AS_OF), _setting(REVISION)),
    )
    .join_from(_users, _sessions, _sessions.c.session_id == bindparam("session"))
    .where(_users.c.user_id == bindparam("user"))
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A person's session and the city at the moment that a request came.

    Attributes
    ----------
    active
        Whether the account is open.
    ended_at, expires_at
        When the session was ended, and when it ends by itself.
    as_of
        The database's own as-of date, where it has one.
    revision
        The city's revision.
    """

    role: Role
    unit: str | None
    active: bool
    ended_at: datetime | None
    expires_at: datetime
    as_of: date | None
    revision: int


def arrival(engine: Engine, user_id: str, session_id: str) -> Arrival | None:
    """The moment that a person's request came; None when there is no such user or session."""
    with glancing(engine) as connection:
        row = connection.execute(_ARRIVAL, {"user": user_id, "session": session_id}).one_or_none()
    if row is None:
        return None
    role, unit, active, ended_at, expires_at, own_day, revision = row
    as_of = None if own_day is None else date.fromisoformat(own_day)
    return Arrival(role, unit, active, ended_at, expires_at, as_of, int(revision or 0))
