"""One sheet: its header row, then its rows cell by cell."""

from collections import Counter
from difflib import get_close_matches
from typing import Any

from models.exchange.cells import Wrong, read_cell, refused
from models.exchange.columns import Column, Sheet, plain, sheets
from models.exchange.faults import Fault, masked
from models.exchange.rows import Folder, RawSheet, Row
from models.keys import key_columns, key_of


def read_rows_of(raw: RawSheet, folder: Folder) -> None:
    """Add a sheet's rows and the faults of its header and cells to the folder."""
    sheet = sheets()[raw.sheet]
    places = _places(raw, sheet, folder)
    if any(name not in places and sheet.columns[name].required for name in key_columns[raw.sheet]):
        folder.lost.add(raw.sheet)
    reader = _RowReader(raw, sheet, places, folder)
    folder.rows[raw.sheet] = [reader.read(number, cells) for number, cells in raw.rows]


def _places(raw: RawSheet, sheet: Sheet, folder: Folder) -> dict[str, int]:
    """Position of each column that the header names; faults of the header go to the folder."""
    places: dict[str, int] = {}
    for position, heading in enumerate(raw.header):
        column = sheet.named(heading)
        if column is None:
            if heading or any(len(row) > position and row[position].strip() for _, row in raw.rows):
                folder.found.append((None, _unknown_column(raw, sheet, heading)))
        elif column.name in places:
            shown = {"column": masked(heading)}
            folder.found.append((None, Fault(raw.file, 1, column.name, "column given twice", "", shown)))
        else:
            places[column.name] = position
    for column in sheet.columns.values():
        if column.required and column.name not in places:
            folder.found.append((None, Fault(raw.file, 1, column.name, "missing column")))
    return places


def _unknown_column(raw: RawSheet, sheet: Sheet, heading: str) -> Fault:
    names = {plain(text): text for column in sheet.columns.values() for text in (column.name, column.alias)}
    near = get_close_matches(plain(heading), names, n=1, cutoff=0.0)
    shown = masked(heading)
    return Fault(raw.file, 1, shown, "unknown column", shown, {"nearest": names[near[0]] if near else "–"})


class _RowReader:
    """Reads the rows of one sheet; the same text in the same column is read once."""

    def __init__(self, raw: RawSheet, sheet: Sheet, places: dict[str, int], folder: Folder) -> None:
        self.raw = raw
        self.sheet = sheet
        self.columns = [(sheet.columns[name], position) for name, position in places.items()]
        self.others = [p for p in range(len(raw.header)) if p not in places.values()]
        self.names = _distinct(raw.header)
        self.headings = {name: self.names[position] for name, position in places.items()}
        self.folder = folder
        self.seen: dict[tuple[str, str], Any] = {}

    def read(self, number: int, cells: list[str]) -> Row:
        """A row with what could be read of it; its faults go to the folder."""
        row = Row(
            self.raw.sheet, self.raw.file, number, dict(zip(self.names, cells, strict=False)), self.headings
        )
        while len(cells) > len(self.names) and not cells[-1].strip():
            cells.pop()
        whole = len(cells) == len(self.names)
        if not whole:
            details = {"cells": str(len(cells)), "headings": str(len(self.names))}
            self._report(row, Fault(row.file, number, "", "row of another length", "", details))
        self._read_known(row, cells, whole)
        for position in [*self.others, *range(len(self.names), len(cells))]:
            self._look_at_unknown(row, cells, position)
        row.key = self._key(row)
        return row

    def _read_known(self, row: Row, cells: list[str], whole: bool) -> None:
        for column, position in self.columns:
            text = cells[position] if position < len(cells) else ""
            value = self._read_cell(column, text)
            if not whole and not (isinstance(value, Wrong) and value.kind == "personal identity number"):
                # Values may stand in the wrong columns, so only the key is taken, to find the children.
                if isinstance(value, Wrong) or column.name not in key_columns[row.sheet]:
                    row.bad.add(column.name)
                else:
                    row.values[column.name] = value
            elif isinstance(value, Wrong):
                row.bad.add(column.name)
                self._report(row, row.fault(column.name, value.kind, **value.details))
            else:
                row.values[column.name] = value

    def _read_cell(self, column: Column, text: str) -> Any | Wrong:
        known = self.seen.get((column.name, text), self)
        if known is self:
            known = self.seen[column.name, text] = read_cell(column, text)
        return known

    def _look_at_unknown(self, row: Row, cells: list[str], position: int) -> None:
        wrong = refused(cells[position]) if position < len(cells) else None
        if wrong is not None:
            heading = masked(self.names[position]) if position < len(self.names) else ""
            details = {"column": heading or f"({position + 1})", **wrong.details}
            shown = masked(cells[position])
            self._report(row, Fault(row.file, row.number, heading, wrong.kind, shown, details))

    def _key(self, row: Row) -> Any:
        if row.bad.intersection(key_columns[row.sheet]):
            return None
        try:
            return key_of(row.sheet, row.values)
        except KeyError:
            return None

    def _report(self, row: Row, fault: Fault) -> None:
        self.folder.found.append((row, fault))


def _distinct(header: list[str]) -> list[str]:
    """Headings that name each cell of a row once, also where the header repeats itself."""
    count = Counter(header)
    return [h if count[h] == 1 and h else f"{h or 'column'} ({i})" for i, h in enumerate(header, 1)]
