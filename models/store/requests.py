"""Requests already carried out: found again by the key their sender gave them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlmodel import SQLModel

from models.tables import DoneRequest

_done = SQLModel.metadata.tables[str(DoneRequest.__tablename__)]


@dataclass(frozen=True, slots=True)
class Kept:
    """A request that was carried out.

    Attributes
    ----------
    fingerprint
        What it asked, as a hash.
    role, unit
        As whom its sender asked: what one may see changes with them.
    body
        What it was answered, as JSON.
    """

    fingerprint: str
    status: int
    role: str
    unit: str | None
    body: str


def done_request(connection: Connection, user_id: str, key: str) -> Kept | None:
    """A person's request under a key, if it was carried out."""
    columns = [_done.c[name] for name in Kept.__slots__]
    mine = select(*columns).where(_done.c.user_id == user_id, _done.c.request_key == key)
    row = connection.execute(mine).mappings().first()
    return None if row is None else Kept(**row)


def keep_request(connection: Connection, user_id: str, key: str, kept: Kept, at: datetime) -> None:
    """Keep what a request was answered, in the transaction that carried it out."""
    columns = {name: getattr(kept, name) for name in Kept.__slots__}
    connection.execute(insert(_done).values(user_id=user_id, request_key=key, done_at=at, **columns))
