"""What is encrypted at rest, as it lies there: found in every table, and closed again with another key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, and_, column, or_, select, table, tuple_, update
from sqlmodel import SQLModel

import models.tables
from models.database import reading, writing
from models.encryption import ClosedBytes, ClosedText, KeysMissing, is_newest, turned
from models.store.archive import KINDS, kind_of

AT_ONCE = 200
LARGE_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class ClosedTable:
    """A table that holds something closed: its key, and the closed columns."""

    name: str
    key: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]

    @property
    def at_once(self) -> int:
        """Rows to turn in one transaction: files are large."""
        return LARGE_AT_ONCE if any(kind == "bytes" for _, kind in self.columns) else AT_ONCE


@dataclass(slots=True)
class Turned:
    """What was done: closed again, closed with the newest key already, and opened by none of the keys."""

    again: int = 0
    already: int = 0
    locked: int = 0


def closed_tables() -> tuple[ClosedTable, ...]:
    """Every table with something closed in it."""
    found = []
    for one in SQLModel.metadata.sorted_tables:
        closed = [c for c in one.columns if isinstance(c.type, ClosedText | ClosedBytes)]
        if closed:
            key = tuple((c.name, kind_of(c)) for c in one.primary_key)
            found.append(ClosedTable(one.name, key, tuple((c.name, kind_of(c)) for c in closed)))
    return tuple(found)


def turn_table(engine: Engine, closed: ClosedTable, turned_so_far: Turned) -> Iterator[int]:
    """Close a table again row by row, a few in each transaction; gives the rows done after each.

    Rows that somebody changes meanwhile wait for their turn or are met later: nothing is overwritten, since
    each transaction is the only one to write.
    """
    after: tuple[Any, ...] | None = None
    while True:
        with writing(engine) as connection:
            rows = _page(connection, closed, after)
            for row in rows:
                _turn(connection, closed, row, turned_so_far)
        if not rows:
            return
        after = tuple(rows[-1][name] for name, _ in closed.key)
        yield len(rows)


def closed_with_older_keys(engine: Engine) -> int:
    """Values that the newest key alone does not open."""
    number = 0
    for closed in closed_tables():
        after: tuple[Any, ...] | None = None
        while True:
            with reading(engine) as connection:
                rows = _page(connection, closed, after)
            number += sum(not is_newest(token) for row in rows for token in _tokens(closed, row).values())
            if not rows:
                break
            after = tuple(rows[-1][name] for name, _ in closed.key)
    return number


def _page(
    connection: Connection, closed: ClosedTable, after: tuple[Any, ...] | None
) -> list[Mapping[str, Any]]:
    parts = [column(name, KINDS[kind]) for name, kind in (*closed.key, *closed.columns)]
    source = table(closed.name, *parts)
    keys = [source.c[name] for name, _ in closed.key]
    wanted = select(source).where(or_(*(source.c[name].is_not(None) for name, _ in closed.columns)))
    if after is not None:
        wanted = wanted.where(tuple_(*keys) > after if len(keys) > 1 else keys[0] > after[0])
    return [dict(row) for row in connection.execute(wanted.order_by(*keys).limit(closed.at_once)).mappings()]


def _turn(connection: Connection, closed: ClosedTable, row: Mapping[str, Any], count: Turned) -> None:
    changes: dict[str, Any] = {}
    kinds = dict(closed.columns)
    for name, token in _tokens(closed, row).items():
        if is_newest(token):
            count.already += 1
            continue
        try:
            fresh = turned(token)
        except KeysMissing:
            count.locked += 1
            continue
        changes[name] = fresh if kinds[name] == "bytes" else fresh.decode()
        count.again += 1
    if changes:
        parts = [column(name, KINDS[kind]) for name, kind in (*closed.key, *closed.columns)]
        source = table(closed.name, *parts)
        this = and_(*(source.c[name] == row[name] for name, _ in closed.key))
        connection.execute(update(source).where(this).values(changes))


def _tokens(closed: ClosedTable, row: Mapping[str, Any]) -> dict[str, bytes]:
    found = {}
    for name, kind in closed.columns:
        if row[name] is not None:
            found[name] = bytes(row[name]) if kind == "bytes" else str(row[name]).encode()
    return found


__all__ = ["ClosedTable", "Turned", "closed_tables", "closed_with_older_keys", "models", "turn_table"]
