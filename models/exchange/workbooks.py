"""Spreadsheet workbooks (.xlsx): looked over before they are opened, then read as text."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.exchange.columns import sheet_named
from models.exchange.csv_files import raw_sheet
from models.exchange.faults import ExchangeProblem, Fault
from models.exchange.rows import RawSheet

LARGEST_CONTENT = 128 * 1024 * 1024
"""Bytes of a workbook's parts when unpacked."""
LARGEST_AREA = 5_000_000
"""Cells of the rectangle that holds a sheet; the reader sets them all up, empty ones too."""
LARGEST_TEXT = 1024 * 1024 * 1024
"""Bytes of text when every cell holds the longest one; shared texts are copied to each cell."""

MOST_DIGITS, MOST_LETTERS = 7, 3
"""Of a cell's place, as in XFD1048576."""

_cell = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)([0-9]+)["']""")
_shared = re.compile(rb"""\st=["']s["']""")


def read_workbook(path: Path) -> Iterator[RawSheet | Fault]:
    """The workbook's sheets that belong to a dataset, as text; dates come as 2026-01-31.

    Raises
    ------
    ExchangeProblem
        If the file is no workbook or would take too much room.
    """
    look_over(path)
    # The reader is a compiled library that the rest of the package gets by without.
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            for name in workbook.sheet_names:
                sheet = sheet_named(name)
                if sheet is not None:
                    yield raw_sheet(sheet, f"{path.name}/{name}", _cells(workbook, name))
    except (CalamineError, OSError) as error:
        raise ExchangeProblem(
            f"{path.name} cannot be read as an .xlsx workbook: save it again as .xlsx."
        ) from error


def sheet_names(path: Path) -> list[str]:
    """Names of all sheets of a workbook that has been looked over."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(str(path)) as workbook:
        return list(workbook.sheet_names)


def look_over(path: Path) -> None:
    """Refuse what is no workbook, and what would unpack to more than a city can hold.

    Raises
    ------
    ExchangeProblem
    """
    if path.exists() and not path.is_file():
        raise ExchangeProblem(f"{path.name} is no file: save it again as .xlsx.")
    try:
        with zipfile.ZipFile(path) as parts:
            infos = parts.infolist()
            if sum(info.file_size for info in infos) > LARGEST_CONTENT or len(infos) > 1000:
                raise _too_large(path)
            _unpack_all(path, parts, infos)
    except OSError as error:
        raise ExchangeProblem(f"{path} cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise ExchangeProblem(
            f"{path.name} is no .xlsx workbook, or is protected: save it again as .xlsx."
        ) from error


def _unpack_all(path: Path, parts: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
    room, longest, references = LARGEST_CONTENT, 0, 0
    for info in infos:
        # The declared size ends the reading, so a false one would hide the rest.
        info.file_size = 2 * LARGEST_CONTENT
        last_column = last_row = 0
        with parts.open(info) as part:
            tail = b""
            while chunk := part.read(1 << 20):
                room -= len(chunk)
                if room < 0:
                    raise _too_large(path)
                if "worksheets/" in info.filename:
                    references += len(_shared.findall(chunk))
                    for letters, number in _cell.findall(tail + chunk):
                        # The reader makes room for any place that a cell claims, or falls trying.
                        if len(number) > MOST_DIGITS or len(letters) > MOST_LETTERS:
                            raise _too_large(path)
                        last_column = max(last_column, _column_number(letters))
                        last_row = max(last_row, int(number))
                    if last_column * last_row > LARGEST_AREA:
                        raise _too_large(path)
                    tail = chunk[-32:]
                elif info.filename.endswith("sharedStrings.xml"):
                    longest = max(longest, *(len(text) for text in (tail + chunk).split(b"</si>")))
                    tail = (tail + chunk).rsplit(b"</si>", 1)[-1]
    if longest * references > LARGEST_TEXT:
        raise ExchangeProblem(f"{path.name} holds a text of {longest:,} characters in a cell: shorten it.")


def _too_large(path: Path) -> ExchangeProblem:
    return ExchangeProblem(f"{path.name} unpacks to more than a dataset can hold: export it anew.")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _cells(workbook: Any, name: str) -> list[list[str]]:
    rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[as_text(value) for value in row] for row in rows]


def as_text(value: Any) -> str:
    """A cell's value as it would stand in a CSV file."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
