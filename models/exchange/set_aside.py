"""Quarantine: which rows of a folder are set aside so that all others can be imported whole.

A household or pool with a fault is set aside with its rows, and so is all that hangs on it, until
nothing that remains points to a row that is not there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from models.dataset import Dataset
from models.exchange.city import City
from models.exchange.faults import Fault, without_numbers
from models.exchange.rows import Folder, Found, Row
from models.exchange.validate import validate
from models.keys import parent_of
from models.store.quarantine import Entity
from models.tables import QuarantinedRow

entity_kinds = {
    "households": "household",
    "members": "household",
    "pools": "pool",
    "schools": "school",
    "travel_times": "travel_time",
    "conflicts": "conflict",
    "quotas": "quota",
    "stays": "stay",
    "declines": "decline",
}
"""What is set aside with a row of a sheet; a member takes its household along."""


@dataclass(slots=True)
class Aside:
    """Rows set aside, each with its faults, and the ids that are gone with them, with the reason."""

    rows: dict[Row, list[Fault]] = field(default_factory=dict)
    gone: dict[tuple[str, str], str] = field(default_factory=dict)

    def records(self, dated: date) -> Iterator[QuarantinedRow]:
        """The rows as the database keeps them, one record per reason."""
        for row, faults in self.rows.items():
            kind, entity_id = entity_of(row)
            for fault in faults:
                said = fault.as_json()
                yield QuarantinedRow(
                    entity_kind=kind, entity_id=entity_id, dated=dated, row_values=_shown(row), **said
                )


def set_aside(folder: Folder, found: Iterable[Found], stored: Dataset, as_of: date) -> Aside:
    """Rows of the folder that cannot be imported, given the faults found in it."""
    aside = Aside()
    new = list(found)
    while new:
        for row, fault in new:
            if row is not None:
                _take(aside, row, fault)
        while _take_what_hangs_on(aside, folder):
            pass
        # What is left may be at fault only now: a stored household that stays where the new row left.
        new = validate(City(remaining(folder, aside), folder.lost, stored, as_of))
    return aside


def remaining(folder: Folder, aside: Aside) -> dict[str, list[Row]]:
    """Rows that are not set aside, by sheet."""
    return {sheet: [row for row in rows if row not in aside.rows] for sheet, rows in folder.rows.items()}


def entity_of(row: Row) -> Entity:
    """What is set aside with a row: a household, a pool, or the row by itself."""
    kind = entity_kinds[row.sheet]
    if row.sheet == "members":
        return kind, str(row.values.get("household_id") or row.place)
    if row.key is None:
        return kind, row.place
    return kind, " ".join(str(part) for part in row.key if part != "")


def _take(aside: Aside, row: Row, fault: Fault) -> None:
    aside.rows.setdefault(row, []).append(fault)
    for parent, identity in _gone_with(row):
        aside.gone.setdefault((parent, identity), entity_of(row)[1])


def _gone_with(row: Row) -> Iterator[tuple[str, str]]:
    """Ids of households, pools and schools that a row at fault takes along."""
    if row.sheet in ("pools", "schools") and row.key:
        yield row.sheet, row.key[0]
    # A household with a fault in a conflict, stay or decline is not known well enough to be placed.
    for column in ("household_id", "household_id_a", "household_id_b"):
        if column in row.values:
            yield "households", row.values[column]


def _take_what_hangs_on(aside: Aside, folder: Folder) -> bool:
    taken = False
    for sheet, rows in folder.rows.items():
        for row in rows:
            reason = None if row in aside.rows else _hangs_on(aside, row)
            if reason is not None:
                taken = True
                aside.rows[row] = [Fault(row.file, row.number, "", "hangs on a fault", reason)]
                if sheet in ("households", "members", "pools", "schools"):
                    for gone in _gone_with(row):
                        aside.gone.setdefault(gone, reason)
    return taken


def _hangs_on(aside: Aside, row: Row) -> str | None:
    """The id of what was set aside and takes this row along, None if nothing does."""
    parents = dict(parent_of.get(row.sheet, {}))
    if row.sheet == "households":
        parents["household_id"] = "households"
    for column, parent in parents.items():
        if (parent, row.values.get(column)) in aside.gone:
            return aside.gone[parent, row.values[column]]
    return None


def _shown(row: Row) -> dict[str, str]:
    return {without_numbers(heading): without_numbers(text) for heading, text in row.cells.items()}
