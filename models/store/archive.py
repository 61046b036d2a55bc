"""Rows of every table as lines of text, and back: what a backup is made of, the same for every database.

Text that is encrypted at rest stays so: no key is needed to write a backup or to read one back.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    String,
    TableClause,
    Text,
    column,
    func,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel, UTCDateTime

import models.tables

AT_ONCE = 1000
KINDS: Mapping[str, Any] = {
    "text": Text(),
    "whole": BigInteger(),
    "real": Float(),
    "flag": Boolean(),
    "day": Date(),
    "moment": UTCDateTime(),
    "bytes": LargeBinary(),
    "json": JSON(),
    "json_if_any": JSON(none_as_null=True),
}
"""How each kind of column is read and written, whatever the program makes of it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table, and the kind of each of its columns."""

    name: str
    columns: tuple[tuple[str, str], ...]

    @property
    def table(self) -> TableClause:
        """The table as it is read and written here."""
        return table(self.name, *(column(name, KINDS[kind]) for name, kind in self.columns))


@dataclass(slots=True)
class Content:
    """What a table holds: rows, and a checksum that does not depend on their order.

    The checksum is the sum of the SHA-256 of every line, modulo 2^256.
    """

    rows: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """Count one line."""
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(line).digest())) % 2**256

    @property
    def checksum(self) -> str:
        """The checksum in hexadecimal."""
        return f"{self.total:064x}"


def sheets() -> tuple[Sheet, ...]:
    """Every table of this version; one that refers to another comes after it."""
    return tuple(
        Sheet(one.name, tuple((found.name, kind_of(found)) for found in one.columns))
        for one in SQLModel.metadata.sorted_tables
    )


def kind_of(found: Column[Any]) -> str:
    """Kind of a column.

    Raises
    ------
    TypeError
        When a backup does not know how to keep it.
    """
    kept: TypeEngine[Any] = found.type
    if isinstance(kept, UTCDateTime):
        return "moment"
    while isinstance(kept, TypeDecorator):
        kept = kept.impl_instance
    if isinstance(kept, JSON):
        return "json_if_any" if found.nullable else "json"
    by_type = ((Boolean, "flag"), (Integer, "whole"), (Float, "real"), (String, "text"), (Date, "day"))
    for known, kind in (*by_type, (DateTime, "moment"), (LargeBinary, "bytes")):
        if isinstance(kept, known):
            return kind
    raise TypeError(f"no backup of {found.table.name}.{found.name}: {kept!r}")


def lines(connection: Connection, sheet: Sheet) -> Iterator[bytes]:
    """Rows of a table, each a line with a JSON list."""
    kinds = [kind for _, kind in sheet.columns]
    wanted = select(sheet.table).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(wanted):
        values = [_written(kind, value) for kind, value in zip(kinds, row, strict=True)]
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def insert_lines(connection: Connection, sheet: Sheet, given: Iterable[bytes]) -> None:
    """Put rows into a table."""
    rows = (
        {
            name: _read(kind, value)
            for (name, kind), value in zip(sheet.columns, json.loads(line), strict=True)
        }
        for line in given
    )
    while some := list(islice(rows, AT_ONCE)):
        connection.execute(insert(sheet.table), some)


def see_all(connection: Connection) -> None:
    """See every row: a wall between units must not thin out a backup in silence."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL hemvist.scope = 'city'"))


def carry_numbers_on(connection: Connection, given: Iterable[Sheet]) -> None:
    """Let PostgreSQL number new rows after those that were put in."""
    if connection.dialect.name != "postgresql":
        return
    for sheet in given:
        for name, kind in sheet.columns:
            if kind == "whole":
                counter = func.pg_get_serial_sequence(sheet.name, name)
                highest = select(func.max(column(name))).select_from(table(sheet.name)).scalar_subquery()
                set_it = select(func.setval(counter, highest)).where(counter.is_not(None))
                connection.execute(set_it)


def holds_rows(connection: Connection) -> bool:
    """Whether any of our tables holds a row."""
    return any(connection.execute(select(sheet.table).limit(1)).first() is not None for sheet in sheets())


def _written(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "day":
        return value.isoformat()
    if kind == "moment":
        return value.astimezone(UTC).isoformat()
    if kind == "bytes":
        return base64.b64encode(value).decode()
    return value


def _read(kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "day":
        return date.fromisoformat(value)
    if kind == "moment":
        return datetime.fromisoformat(value)
    if kind == "bytes":
        return base64.b64decode(value)
    return value


__all__ = [
    "Content",
    "Sheet",
    "carry_numbers_on",
    "holds_rows",
    "insert_lines",
    "lines",
    "models",
    "see_all",
    "sheets",
]
