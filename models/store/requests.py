"""Requests already carried out: found again by the key their sender gave them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlmodel import SQLModel

from models.tables import DoneRequest

_done = SQLModel.metadata.tables[str(DoneRequest.__tablename__)]


@dataclass(frozen=True, slots=True)
class Kept:
    """A request that was carried out: what it asked, as a hash, and what it was answered."""

    fingerprint: str
    status: int
    body: Any


def done_request(connection: Connection, user_id: str, key: str) -> Kept | None:
    """A person's request under a key, if it was carried out."""
    mine = select(_done).where(_done.c.user_id == user_id, _done.c.request_key == key)
    row = connection.execute(mine).mappings().first()
    return None if row is None else Kept(row["fingerprint"], row["status"], row["body"])


def keep_request(
    connection: Connection, user_id: str, key: str, fingerprint: str, status: int, body: Any, at: datetime
) -> None:
    """Keep what a request was answered, in the transaction that carried it out."""
    connection.execute(
        insert(_done).values(
            user_id=user_id, request_key=key, fingerprint=fingerprint, status=status, body=body, done_at=at
        )
    )
