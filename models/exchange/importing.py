"""Import of a dataset folder: all or nothing, or all but what is set aside; never deletes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from models.database import writing
from models.dataset import Dataset
from models.exchange.city import City
from models.exchange.columns import SHEET_ORDER, sheets
from models.exchange.faults import Fault
from models.exchange.reach import Reach, households_of, out_of_reach
from models.exchange.read import read_folder
from models.exchange.rows import Folder, Found, Row
from models.exchange.set_aside import Aside, entity_of, remaining, set_aside
from models.exchange.validate import validate
from models.keys import key_of
from models.store.datasets import Changes, read_rows, write_rows
from models.store.quarantine import Entity, read_set_aside, replace_set_aside


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or why it did nothing.

    Attributes
    ----------
    written
        Whether the database holds the folder now; False for a refused folder and a dry run.
    changes
        Rows inserted, updated and unchanged, by sheet.
    faults
        What must be mended before anything is written, by file and row.
    set_aside
        Reasons by household, pool or row, for what was left out under quarantine.
    mended
        What an earlier import had set aside and this one brought right.
    households
        Ids of the households that were added or changed, for the record of who wrote what.
    """

    as_of: date
    dry_run: bool
    written: bool = False
    changes: dict[str, Changes] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    set_aside: dict[Entity, tuple[Fault, ...]] = field(default_factory=dict)
    mended: tuple[Entity, ...] = ()
    households: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The report for programs."""
        return {
            "as_of": self.as_of.isoformat(),
            "dry_run": self.dry_run,
            "written": self.written,
            "changes": {
                sheet: {"inserted": c.inserted, "updated": c.updated, "unchanged": c.unchanged}
                for sheet, c in self.changes.items()
            },
            "faults": [fault.as_json() for fault in self.faults],
            "set_aside": [
                {"kind": kind, "id": entity_id, "faults": [fault.as_json() for fault in faults]}
                for (kind, entity_id), faults in self.set_aside.items()
            ],
            "mended": [{"kind": kind, "id": entity_id} for kind, entity_id in self.mended],
        }


def import_folder(
    engine: Engine,
    path: Path,
    as_of: date,
    dry_run: bool = False,
    quarantine: bool = False,
    along: Callable[[Connection, ImportReport], None] | None = None,
    reach: Reach | None = None,
    going_on: Callable[[], None] | None = None,
) -> ImportReport:
    """Read a dataset folder or workbook into the database.

    Parameters
    ----------
    as_of
        The day the data is of: new and changed facts are dated so, and births after it refused.
    dry_run
        Look and count, but write nothing.
    quarantine
        Set households and pools with faults aside, with all that hangs on them, and import the rest.
        A fault of a whole file or column still refuses everything.
    along
        Called in the transaction that writes, with what is written: what it writes is kept with it.
    reach
        Which stored households may be touched, None for all. A row out of reach refuses everything, also
        under quarantine: set aside it would be kept under a household that is another's.
    going_on
        Called between files, and before anything is written; what it raises ends the import.

    Raises
    ------
    ExchangeProblem
        If the folder cannot be read at all.
    DatabaseProblem
        If the database cannot be read or written; nothing is changed then.
    """
    folder = read_folder(path, going_on)
    with writing(engine) as connection:
        stored = read_rows(connection)
        beyond = [] if reach is None else out_of_reach(reach, folder, stored)
        found = [*beyond, *folder.found, *validate(City(folder.rows, folder.lost, stored, as_of))]
        if beyond or (found and not (quarantine and all(row is not None for row, _ in found))):
            return ImportReport(as_of, dry_run, faults=_in_order(found))
        aside = set_aside(folder, found, stored, as_of)
        report = _write(connection, stored, folder, aside, as_of, dry_run)
        if dry_run:
            connection.rollback()
        elif along is not None:
            along(connection, report)
    return report


def _write(
    connection: Connection, stored: Dataset, folder: Folder, aside: Aside, as_of: date, dry_run: bool
) -> ImportReport:
    rows = remaining(folder, aside)
    source = next((row.file for row in rows.get("households", [])), "")
    dataset = _dataset(rows, stored)
    changes = write_rows(connection, stored, dataset, as_of, source)
    settled = {entity_of(row) for sheet in rows.values() for row in sheet} | _misnamed(connection, folder)
    mended = replace_set_aside(connection, aside.records(as_of), settled)
    return ImportReport(
        as_of=as_of,
        dry_run=dry_run,
        written=not dry_run,
        changes={sheet: changes[sheet] for sheet in SHEET_ORDER if sheet in folder.rows},
        set_aside=_by_entity(aside),
        mended=mended,
        households=households_of(stored, dataset),
    )


def _misnamed(connection: Connection, folder: Folder) -> set[Entity]:
    """Rows set aside under an id that names nothing: they never come back, so their file settles them."""
    files = {row.file for rows in folder.rows.values() for row in rows}
    return {
        (row.entity_kind, row.entity_id)
        for row in read_set_aside(connection)
        if row.file in files
        and (
            row.entity_id == f"{row.file} row {row.row}"
            or row.kind == "conflict with itself"
            or (row.kind, row.column) == ("unknown id", "household_id")
        )
    }


def _dataset(rows: dict[str, list[Row]], stored: Dataset) -> Dataset:
    """Rows as they are to be stored: a column that a file lacks keeps what is stored."""
    return Dataset(**{sheet: tuple(_complete(sheet, rows[sheet], stored)) for sheet in rows})


def _complete(sheet: str, rows: Iterable[Row], stored: Dataset) -> Iterable[Any]:
    before = {key_of(sheet, vars(row)): row for row in getattr(stored, sheet)}
    row_class = sheets()[sheet].row_class
    for row in rows:
        present = before.get(row.key) if row.key else None
        values = row.values if present is None else {**vars(present), **row.values}
        if sheet == "conflicts" and row.key:
            values = {"household_id_a": row.key[0], "household_id_b": row.key[1]}
        yield row_class(**values)


def _in_order(found: Iterable[Found]) -> tuple[Fault, ...]:
    def place(entry: Found) -> tuple[int, str, int]:
        row, fault = entry
        return SHEET_ORDER.index(row.sheet) if row else -1, fault.file, fault.row

    return tuple(fault for _, fault in sorted(found, key=place))


def _by_entity(aside: Aside) -> dict[Entity, tuple[Fault, ...]]:
    grouped: dict[Entity, tuple[Fault, ...]] = {}
    for row, faults in aside.rows.items():
        grouped[entity_of(row)] = (*grouped.get(entity_of(row), ()), *faults)
    return dict(sorted(grouped.items()))
