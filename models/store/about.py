"""Every row that speaks of some households, wherever it stands: found through the keys between tables."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import ColumnElement, Connection, Table, delete, or_, select, update
from sqlmodel import SQLModel

import models.tables

PLACES = "place"
"""A place is the pool's: a household is let out of it, the place stays."""
QUARANTINE = "quarantine"


@cache
def tables_about() -> tuple[Table, ...]:
    """Tables with rows about households, those that others refer to first."""
    found: list[Table] = []
    known = {"household"}
    for table in SQLModel.metadata.sorted_tables:
        refers = any(key.column.table.name in known for key in table.foreign_keys)
        if table.name in (*known, QUARANTINE) or refers or _household_columns(table):
            found.append(table)
            if table.name != PLACES:
                known.add(table.name)
    return tuple(found)


def about(table: Table, household_ids: Collection[str]) -> ColumnElement[bool]:
    """Which rows of a table speak of some households, themselves or through what they refer to."""
    if table.name == "household":
        return table.c.household_id.in_(household_ids)
    if table.name == QUARANTINE:
        return (table.c.entity_kind == "household") & table.c.entity_id.in_(household_ids)
    parts: list[ColumnElement[bool]] = [
        table.c[name].in_(household_ids) for name in _household_columns(table)
    ]
    names = {one.name for one in tables_about()}
    for key in table.foreign_keys:
        parent = key.column.table
        if parent.name in names and parent.name not in ("household", PLACES, table.name):
            parts.append(key.parent.in_(select(key.column).where(about(parent, household_ids))))
    return or_(*parts)


def erase_rows(connection: Connection, household_ids: Collection[str]) -> dict[str, int]:
    """Delete every row about some households, and the households; how many of each table."""
    gone: dict[str, int] = {}
    for table in reversed(tables_about()):
        if table.name == PLACES:
            for name in ("occupant", "held_for"):
                out = {"occupant": None} if name == "occupant" else {"held_for": None, "offer_id": None}
                connection.execute(update(table).where(table.c[name].in_(household_ids)).values(out))
            continue
        number = connection.execute(delete(table).where(about(table, household_ids))).rowcount
        if number:
            gone[table.name] = number
    return gone


def _household_columns(table: Table) -> list[str]:
    return [
        column.name
        for column in table.columns
        if any(key.column.table.name == "household" for key in column.foreign_keys)
        or (column.name.startswith("household_id") and not column.foreign_keys and table.name != "household")
    ]


__all__ = ["about", "erase_rows", "models", "tables_about"]
