"""Helpers of the exchange tests: change a cell of a folder, import, list the faults."""

import csv
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from models.exchange import ImportReport, import_folder

AS_OF = date(2026, 1, 15)
cities = Path(__file__).parents[2] / "data"

Place = tuple[str, int, str, str]


def table(folder: Path, sheet: str) -> list[list[str]]:
    """Rows of a CSV file, the header first."""
    with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def put(folder: Path, sheet: str, rows: list[list[str]]) -> None:
    """Write a CSV file anew."""
    with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def change(folder: Path, sheet: str, row: int, **values: str) -> None:
    """Change cells of a row, the header being row 1."""
    rows = table(folder, sheet)
    for column, value in values.items():
        rows[row - 1][rows[0].index(column)] = value
    put(folder, sheet, rows)


def add(folder: Path, sheet: str, *rows: list[str]) -> None:
    """Add rows to a CSV file; without one, the first row given is its header."""
    present = table(folder, sheet) if (folder / f"{sheet}.csv").exists() else []
    put(folder, sheet, [*present, *rows])


def places(report: ImportReport) -> list[Place]:
    """File, row, column and kind of every fault."""
    return [(fault.file, fault.row, fault.column, fault.kind) for fault in report.faults]


def look(engine: Engine, folder: Path) -> list[Place]:
    """Faults of a folder; nothing is written."""
    return places(import_folder(engine, folder, AS_OF, dry_run=True))
