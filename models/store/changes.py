"""Changes made by hand, at rest."""

from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection

from models.changes import FactChange, PoolChange
from models.store.rows import find, keep, table_of
from models.tables import FactChangeRecord, PoolChangeRecord

_facts, _pools = table_of(FactChangeRecord), table_of(PoolChangeRecord)


def keep_changes(connection: Connection, changes: list[FactChange]) -> None:
    """Keep changes of facts."""
    keep(connection, FactChangeRecord, *changes)


def changes_of_household(connection: Connection, household_id: str) -> list[FactChange]:
    """What was changed by hand about a household and its members, newest first."""
    found = find(connection, FactChangeRecord, FactChange, _facts.c.household_id == household_id)
    return sorted(found, key=lambda one: (-one.at.timestamp(), one.member_id or "", one.fact, one.change_id))


def keep_pool_changes(connection: Connection, changes: list[PoolChange]) -> None:
    """Keep changes of pools."""
    keep(connection, PoolChangeRecord, *changes)


def changes_of_pool(connection: Connection, pool_id: str) -> list[PoolChange]:
    """What was changed by hand about a pool, newest first."""
    found = find(connection, PoolChangeRecord, PoolChange, _pools.c.pool_id == pool_id)
    return sorted(found, key=lambda one: (-one.at.timestamp(), one.feature, one.change_id))


def new_id() -> str:
    """Id of a change."""
    return uuid4().hex


def written(value: Any) -> str | None:
    """A value as a file would have it; None for nothing."""
    if value is None or value == ():
        return None
    if isinstance(value, tuple):
        return "|".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)
