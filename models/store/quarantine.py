"""Rows set aside at import: stored with their reasons, listed until they come right."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, delete, insert, select
from sqlmodel import SQLModel

from models.database import reading
from models.tables import QuarantinedRow

_quarantine = SQLModel.metadata.tables[str(QuarantinedRow.__tablename__)]

Entity = tuple[str, str]
"""Kind and id of what is set aside: `("household", "H00003")`."""


def read_quarantine(engine: Engine) -> tuple[QuarantinedRow, ...]:
    """All that is set aside, by kind, id and place in the files."""
    with reading(engine) as connection:
        return read_set_aside(connection)


def read_set_aside(connection: Connection) -> tuple[QuarantinedRow, ...]:
    """As `read_quarantine`, inside a transaction that goes on."""
    found = connection.execute(select(_quarantine)).mappings()
    rows = [QuarantinedRow.model_construct(**row) for row in found]
    return tuple(sorted(rows, key=lambda row: (row.entity_kind, row.entity_id, row.file, row.row, row.kind)))


def replace_set_aside(
    connection: Connection, rows: Iterable[QuarantinedRow], settled: Collection[Entity]
) -> tuple[Entity, ...]:
    """Store what is set aside now in place of what was, and drop what is settled.

    An entity set aside again for the same reasons keeps its records as they are, date included.

    Returns
    -------
    tuple[Entity, ...]
        What was set aside before and has come right, sorted.
    """
    before = _by_entity(read_set_aside(connection))
    now = _by_entity(rows)
    mended = sorted(entity for entity in before if entity in settled and entity not in now)
    changed = [entity for entity in now if _content(now[entity]) != _content(before.get(entity, []))]
    outdated = [{"kind": k, "entity": e} for k, e in [*mended, *changed] if (k, e) in before]
    if outdated:
        of_entity = and_(
            _quarantine.c.entity_kind == bindparam("kind"), _quarantine.c.entity_id == bindparam("entity")
        )
        connection.execute(delete(_quarantine).where(of_entity), outdated)
    new = [_values(row) for entity in sorted(changed) for row in now[entity]]
    if new:
        connection.execute(insert(_quarantine), new)
    return tuple(mended)


def _by_entity(rows: Iterable[QuarantinedRow]) -> dict[Entity, list[QuarantinedRow]]:
    grouped: dict[Entity, list[QuarantinedRow]] = {}
    for row in rows:
        grouped.setdefault((row.entity_kind, row.entity_id), []).append(row)
    return grouped


def _content(rows: Iterable[QuarantinedRow]) -> list[str]:
    """What the rows say, without their texts, which also tell the day of the import."""
    return sorted(repr([row.file, row.row, row.column, row.kind, row.row_values]) for row in rows)


def _values(row: QuarantinedRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in QuarantinedRow.model_fields if name != "id"}
