"""A city's data: opening its database, taking files in and out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Literal

from sqlalchemy import Engine

from api.usecases.problems import UserError
from models.database import default_url, open_database
from models.dataset import Dataset
from models.exchange import ImportReport, import_folder, write_folder, write_workbook
from models.store import get_setting, read_dataset, stored_as_of
from models.store.settings import CITY

ExportFormat = Literal["csv", "csv-sv", "xlsx"]
EXPORT_FORMATS: tuple[ExportFormat, ...] = ("csv", "csv-sv", "xlsx")
WORKBOOK = "hemvist.xlsx"
DEMO_CITY = "demo"


@contextmanager
def open_city(url: str | None) -> Iterator[Engine]:
    """The database named, else that of HEMVIST_DB, else the one in the user's data folder; closed at the end.

    Raises
    ------
    DatabaseProblem
        If it cannot be opened.
    """
    engine = open_database(url or default_url())
    try:
        yield engine
    finally:
        engine.dispose()


def day_of(engine: Engine, given: date | None, today: date) -> date:
    """The as-of date: the one given, else the database's own, else today."""
    return given or stored_as_of(engine) or today


def import_city(
    engine: Engine, folder: Path, as_of: date, *, dry_run: bool = False, quarantine: bool = False
) -> ImportReport:
    """Take in a dataset folder or workbook: all of it or nothing, unless faults are set aside."""
    return import_folder(engine, folder, as_of, dry_run=dry_run, quarantine=quarantine)


def holds_demo_city(engine: Engine) -> bool:
    """Whether the database is that of the demo city, in which nobody exists."""
    return get_setting(engine, CITY) == DEMO_CITY


def export_city(engine: Engine, folder: Path, kind: ExportFormat) -> dict[str, int]:
    """Write everything in the database to a folder; rows by sheet.

    Parameters
    ----------
    kind
        `csv` in English, `csv-sv` as Swedish spreadsheets expect it, or `xlsx`, one workbook.

    Raises
    ------
    ExchangeProblem
        If the folder cannot be written.
    """
    dataset = read_dataset(engine)
    if kind == "xlsx":
        write_workbook(dataset, folder / WORKBOOK)
    else:
        write_folder(dataset, folder, swedish=kind == "csv-sv")
    return rows_by_sheet(dataset)


def rows_by_sheet(dataset: Dataset) -> dict[str, int]:
    """How many rows each sheet of a dataset has."""
    return {field.name: len(getattr(dataset, field.name)) for field in fields(dataset)}


def filled(engine: Engine) -> Dataset:
    """All rows of the city.

    Raises
    ------
    UserError
        If nothing has been imported yet.
    """
    dataset = read_dataset(engine)
    if not dataset.households and not dataset.pools:
        raise UserError("empty_city")
    return dataset
