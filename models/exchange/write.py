"""Export of a dataset: a folder of CSV files in one of two dialects, or a workbook."""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.dataset import Dataset
from models.exchange.cells import looks_like_formula
from models.exchange.columns import Column, Sheet, sheets
from models.exchange.faults import ExchangeProblem


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a CSV file is written."""

    delimiter: str
    encoding: str
    line_end: str
    swedish: bool


plain_dialect = Dialect(",", "utf-8", "\n", swedish=False)
swedish_dialect = Dialect(";", "cp1252", "\r\n", swedish=True)


def write_folder(dataset: Dataset, folder: Path, swedish: bool = False) -> None:
    """Write one CSV file per sheet, also for sheets without rows, in place of earlier ones.

    Parameters
    ----------
    swedish
        Semicolons, Windows-1252, Swedish headings and answers, as Swedish spreadsheets expect. A file
        with letters beyond Windows-1252 is written in UTF-8 with a byte order mark instead.

    Raises
    ------
    ExchangeProblem
        If the folder cannot be made or written to.
    """
    dialect = swedish_dialect if swedish else plain_dialect
    contents = {f"{sheet.name}.csv": _content(sheet, dataset, dialect) for sheet in sheets().values()}

    def write() -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            _replace(folder / name, content)

    _guarded(folder, write)


def write_workbook(dataset: Dataset, file: Path, swedish: bool = False) -> None:
    """Write an .xlsx workbook with one sheet each, dates as dates and no cell as a formula.

    Raises
    ------
    ExchangeProblem
        If the file cannot be written.
    """
    buffer = io.BytesIO()
    _fill_workbook(buffer, dataset, swedish)

    def write() -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, buffer.getvalue())

    _guarded(file, write)


def _guarded(path: Path, write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as error:
        raise ExchangeProblem(f"{path} cannot be written: {error.strerror}.") from error


def _replace(file: Path, content: bytes) -> None:
    # A full disk half-way leaves the earlier file whole.
    draft = file.with_name(f".{file.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _content(sheet: Sheet, dataset: Dataset, dialect: Dialect) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=dialect.delimiter, lineterminator=dialect.line_end)
    writer.writerow(_header(sheet, dialect.swedish))
    for row in getattr(dataset, sheet.name):
        writer.writerow(_in_csv(column, value, dialect.swedish) for column, value in _cells(sheet, row))
    try:
        return text.getvalue().encode(dialect.encoding)
    except UnicodeEncodeError:
        return text.getvalue().encode("utf-8-sig")


def _header(sheet: Sheet, swedish: bool) -> list[str]:
    return [column.alias if swedish else column.name for column in sheet.columns.values()]


def _cells(sheet: Sheet, row: Any) -> Iterable[tuple[Column, Any]]:
    return ((column, getattr(row, name)) for name, column in sheet.columns.items())


def _in_csv(column: Column, value: Any, swedish: bool) -> str:
    """A cell of a CSV file; what a spreadsheet would take for a formula gets an apostrophe before it."""
    text = _as_text(column, value, swedish)
    return f"'{text}" if isinstance(value, str | tuple) and looks_like_formula(text) else text


def _as_text(column: Column, value: Any, swedish: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "|".join(_word(column, part, swedish) for part in value)
    return _word(column, str(value), swedish)


def _word(column: Column, value: str, swedish: bool) -> str:
    return column.words.get(value, value) if swedish else value


def _fill_workbook(buffer: io.BytesIO, dataset: Dataset, swedish: bool) -> None:
    # A compiled city is mostly read, seldom written: the writer is imported when it is needed.
    import xlsxwriter

    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        # Without a fixed date two exports of one city would differ.
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        day, bold = workbook.add_format({"num_format": "yyyy-mm-dd"}), workbook.add_format({"bold": True})
        for sheet in sheets().values():
            page = workbook.add_worksheet(sheet.alias if swedish else sheet.name)
            page.freeze_panes(1, 0)
            for place, heading in enumerate(_header(sheet, swedish)):
                page.write_string(0, place, heading, bold)
            for number, row in enumerate(getattr(dataset, sheet.name), 1):
                for place, (column, value) in enumerate(_cells(sheet, row)):
                    if isinstance(value, date):
                        page.write_datetime(number, place, value, day)
                    elif isinstance(value, int):
                        page.write_number(number, place, value)
                    elif value not in (None, ()):
                        text = _as_text(column, value, swedish)
                        # Readers take off an apostrophe that stands before what looks like a formula.
                        kept = text.startswith("'") and looks_like_formula(text)
                        page.write_string(number, place, f"'{text}" if kept else text)
