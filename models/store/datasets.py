"""A dataset out of the tables, and into them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, insert, select, update
from sqlmodel import SQLModel

from models.database import reading, writing
from models.dataset import Dataset
from models.keys import Key, forms_key, key_of, type_of_row
from models.store.facts import record_facts
from models.store.places import settle_places
from models.store.revision import touch
from models.tables import (
    ConflictRecord,
    DeclineRecord,
    HouseholdRecord,
    MemberRecord,
    PoolRecord,
    QuotaRecord,
    SchoolRecord,
    StayRecord,
    TravelTimeRecord,
)

records: dict[str, type[SQLModel]] = {
    "schools": SchoolRecord,
    "pools": PoolRecord,
    "households": HouseholdRecord,
    "members": MemberRecord,
    "travel_times": TravelTimeRecord,
    "conflicts": ConflictRecord,
    "quotas": QuotaRecord,
    "stays": StayRecord,
    "declines": DeclineRecord,
}


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows of a sheet that were new, different from the row stored, or the same."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0


def table_of(record: type[SQLModel]) -> Table:
    """The table behind a record class."""
    return SQLModel.metadata.tables[str(record.__tablename__)]


def read_dataset(engine: Engine) -> Dataset:
    """All rows of the city, each sheet sorted by its key."""
    with reading(engine) as connection:
        return read_rows(connection)


def read_rows(connection: Connection) -> Dataset:
    """As `read_dataset`, inside a transaction that goes on."""
    return Dataset(**{sheet: tuple(_read_sheet(connection, sheet)) for sheet in records})


def _read_sheet(connection: Connection, sheet: str) -> list[Any]:
    table, row_class = table_of(records[sheet]), type_of_row[sheet]
    names = list(row_class.model_fields)
    found = connection.execute(select(*(table.c[name] for name in names)))
    rows = [row_class.model_construct(**dict(zip(names, values, strict=True))) for values in found]
    return sorted_by_key(sheet, rows)


def sorted_by_key(sheet: str, rows: Iterable[Any]) -> list[Any]:
    """Rows in the order of their keys, text by code point: the same on every machine."""
    return sorted(rows, key=lambda row: key_of(sheet, vars(row)))


def write_dataset(engine: Engine, dataset: Dataset, dated: date, source: str) -> dict[str, Changes]:
    """Insert the rows that are new and update those that differ, in one transaction; delete nothing.

    Parameters
    ----------
    dated, source
        What new and changed facts of households are recorded to come from.
    """
    with writing(engine) as connection:
        return write_rows(connection, read_rows(connection), dataset, dated, source)


def write_rows(
    connection: Connection, present: Dataset, dataset: Dataset, dated: date, source: str
) -> dict[str, Changes]:
    """As `write_dataset`, inside a transaction that goes on and has already read what is present."""
    changes = {}
    for sheet in records:
        before = {key_of(sheet, vars(row)): row for row in getattr(present, sheet)}
        changes[sheet] = _write_sheet(connection, sheet, before, getattr(dataset, sheet))
    before_households = {household.household_id: household for household in present.households}
    record_facts(connection, before_households, dataset.households, dated, source)
    if any(change.inserted or change.updated for change in changes.values()):
        touch(connection)
    if any(changes[sheet].inserted or changes[sheet].updated for sheet in ("pools", "households")):
        settle_places(connection)
    return changes


def _write_sheet(connection: Connection, sheet: str, before: dict[Key, Any], rows: Iterable[Any]) -> Changes:
    new, different, same = [], [], 0
    for row in rows:
        values, stored = stored_values(sheet, row), before.get(key_of(sheet, vars(row)))
        if stored is None:
            new.append(values)
        elif values != stored_values(sheet, stored):
            different.append(values)
        else:
            same += 1
    table = table_of(records[sheet])
    if new:
        connection.execute(insert(table), new)
    if different:
        _update(connection, table, different)
    return Changes(len(new), len(different), same)


def _update(connection: Connection, table: Table, values: list[dict[str, Any]]) -> None:
    keys = [column.name for column in table.primary_key]
    statement = update(table).values(
        {name: bindparam(f"new_{name}") for name in values[0] if name not in keys}
    )
    for name in keys:
        statement = statement.where(table.c[name] == bindparam(f"key_{name}"))
    connection.execute(
        statement,
        [{f"key_{n}" if n in keys else f"new_{n}": value for n, value in row.items()} for row in values],
    )


def stored_values(sheet: str, row: Any) -> dict[str, Any]:
    """A row as its table holds it: with the keys that are worked out from it."""
    values = dict(vars(row))
    if sheet == "conflicts":
        values["household_id_a"], values["household_id_b"] = key_of(sheet, values)
    elif sheet == "quotas":
        values |= {"forms_key": forms_key(row.form), "unit_key": row.responsible_unit or ""}
    elif sheet == "declines":
        values["declined_by"] = key_of(sheet, values)[-1]
    return values
