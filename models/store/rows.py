"""Rows of the coordinator's casework: kept, found and changed, each under its row class."""

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)


def table_of(record: type[SQLModel]) -> Table:
    """The table behind a record class."""
    return SQLModel.metadata.tables[str(record.__tablename__)]


def keep(connection: Connection, record: type[SQLModel], *rows: SQLModel) -> None:
    """Keep new rows."""
    if rows:
        values = [{name: getattr(row, name) for name in type(row).model_fields} for row in rows]
        connection.execute(insert(table_of(record)), values)


def find(
    connection: Connection,
    record: type[SQLModel],
    row_class: type[Row],
    *conditions: ColumnElement[bool],
    unread: tuple[str, ...] = (),
) -> list[Row]:
    """Rows that meet some conditions, in no order.

    Parameters
    ----------
    unread
        Columns left as they are by default: a text that nobody asks for need not be decrypted.
    """
    table = table_of(record)
    names = [name for name in row_class.model_fields if name not in unread]
    rows = connection.execute(select(*(table.c[name] for name in names)).where(*conditions)).all()
    return [row_class.model_construct(**dict(zip(names, row, strict=True))) for row in rows]


def find_one(
    connection: Connection, record: type[SQLModel], row_class: type[Row], *conditions: ColumnElement[bool]
) -> Row | None:
    """The row that meets some conditions, None when there is none."""
    found = find(connection, record, row_class, *conditions)
    return found[0] if found else None


def batched(ids: Sequence[str], most: int = 500) -> Iterator[Sequence[str]]:
    """Ids in lots that a statement can name."""
    for start in range(0, len(ids), most):
        yield ids[start : start + most]


def change(connection: Connection, record: type[SQLModel], row: SQLModel, **changes: Any) -> None:
    """Change columns of a row, and count its version where it has one."""
    table = table_of(record)
    if "version" in type(row).model_fields:
        changes["version"] = getattr(row, "version") + 1  # noqa: B009
    keys = (column == getattr(row, column.name) for column in table.primary_key)
    connection.execute(update(table).where(*keys).values(changes))
    for name, value in changes.items():
        setattr(row, name, value)
