"""CSV files as cities export them: two delimiters, two encodings, any line ending."""

import csv
import io
from pathlib import Path

from models.exchange.columns import sheets
from models.exchange.faults import ExchangeProblem, Fault
from models.exchange.rows import RawSheet

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes; thirty thousand households take about six million."""


def read_csv(path: Path, sheet: str) -> RawSheet | Fault:
    """A file as text, or the one fault that makes it unreadable.

    Raises
    ------
    ExchangeProblem
        If the file may not be read or is too large to be a sheet.
    """
    # A pipe or a device would be read for ever.
    if path.exists() and not path.is_file():
        return Fault(path.name, 0, "", "not a file", path.name)
    text = _decoded(_content(path))
    if text is None:
        return Fault(path.name, 0, "", "unreadable file")
    if not text.strip():
        return Fault(path.name, 0, "", "empty file")
    rows = _split(text, _delimiter(text, sheet))
    if isinstance(rows, int):
        return Fault(path.name, rows, "", "unbalanced quotation marks")
    return raw_sheet(sheet, path.name, rows)


def raw_sheet(sheet: str, file: str, rows: list[list[str]]) -> RawSheet | Fault:
    """Rows of text as a sheet: the first is the header, empty ones are left out but counted."""
    if not rows or not any(heading.strip() for heading in rows[0]):
        return Fault(file, 1, "", "empty file")
    numbered = [(number, row) for number, row in enumerate(rows[1:], 2) if any(map(str.strip, row))]
    return RawSheet(sheet, file, [heading.strip() for heading in rows[0]], numbered)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ExchangeProblem(
                f"{path.name} is larger than {LARGEST_FILE >> 20} MB: divide it into several."
            )
        return path.read_bytes()
    except OSError as error:
        raise ExchangeProblem(f"{path} cannot be read: {error.strerror}.") from error


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Binary files and UTF-16 decode as Windows-1252 too, but leave characters no text has.
        return None if any(sign in text for sign in ("\0", "ÿþ", "þÿ", "\x01", "\x02")) else text
    return None


def _delimiter(text: str, sheet: str) -> str:
    header = text.lstrip("\r\n").splitlines()[0]

    def known(delimiter: str) -> int:
        return sum(sheets()[sheet].named(part.strip('" ')) is not None for part in header.split(delimiter))

    return max(",;", key=lambda delimiter: (known(delimiter), header.count(delimiter)))


def _split(text: str, delimiter: str) -> list[list[str]] | int:
    """Rows of cells, or the row at which the file cannot be split."""
    rows: list[list[str]] = []
    usual = csv.field_size_limit(LARGEST_FILE)
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return len(rows) + 1
    finally:
        csv.field_size_limit(usual)
    return rows
