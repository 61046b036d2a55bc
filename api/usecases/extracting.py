"""A register extract: everything that is held on a household, opened for the person, in words.

It is made when a person asks what the register says. It tells of the person's own household alone: where a
row names another household, as a conflict does, the other is another household.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, select

from api.usecases.problems import UserError
from models.database import writing
from models.store.about import about, tables_about
from models.store.audit import Act, append, entries_about
from models.walls import city_wide

ANOTHER = "*"
"""In place of another household."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What is held on a household: rows by table, and who has looked or decided, from the record."""

    household_id: str
    made_at: datetime
    tables: Mapping[str, Sequence[Mapping[str, Any]]]

    @property
    def rows(self) -> int:
        """Rows in all."""
        return sum(len(rows) for rows in self.tables.values())


def extract(connection: Connection, household_id: str, now: datetime) -> Extract:
    """Everything about one household, in a transaction that has been recorded.

    Raises
    ------
    UserError
        When there is no such household, nor anything set aside under its reference.
    """
    found: dict[str, list[Mapping[str, Any]]] = {}
    with city_wide(connection):
        for table in tables_about():
            wanted = select(table).where(about(table, [household_id])).order_by(*table.primary_key)
            rows: list[Mapping[str, Any]] = [
                _told(table.name, row, household_id) for row in connection.execute(wanted).mappings()
            ]
            if rows:
                found[table.name] = rows
        if not found:
            raise UserError("unknown_household", id=household_id)
        found["audit"] = [
            {"at": _plain(entry.at), "role": entry.role, "action": entry.action, "reason": entry.reason}
            for entry in entries_about(connection, household_id)
        ]
    return Extract(household_id, now, found)


def extract_by_operator(engine: Engine, household_id: str, now: datetime) -> Extract:
    """As `extract`, from the command line; that it was made is recorded."""
    with writing(engine) as connection:
        made = extract(connection, household_id, now)
        append(connection, Act(now, "operator", "", "case.extract", "household", household_id, "extract"))
    return made


def _told(table: str, row: Mapping[Any, Any], household_id: str) -> dict[str, Any]:
    told = {str(name): _plain(value) for name, value in row.items() if value not in (None, ())}
    for name, value in told.items():
        others = name.startswith("household_id") or name in ("occupant", "held_for")
        if others and table != "household" and value != household_id:
            told[name] = ANOTHER
    return told


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value
