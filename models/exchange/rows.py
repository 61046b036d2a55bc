"""Rows on their way in: as they stood in the file, and as far as they could be read."""

from dataclasses import dataclass, field
from typing import Any

from models.exchange.faults import Fault, masked, without_numbers
from models.keys import Key


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as text. Rows are numbered as in the file, the header being row 1; empty ones are left out."""

    sheet: str
    file: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


@dataclass(slots=True, eq=False)
class Row:
    """A row of a sheet.

    Attributes
    ----------
    cells
        Every cell by its heading, as given.
    headings
        Heading by column name, for the columns that the file has.
    values
        What could be read, by column name; blank cells hold what a blank means.
    bad
        Columns with a fault; they are not among the values.
    key
        None where the key cannot be read.
    repeats
        True when an earlier row of the file has the same key, so that this one's true key is unknown.
    """

    sheet: str
    file: str
    number: int
    cells: dict[str, str]
    headings: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    key: Key | None = None
    repeats: bool = False

    @property
    def place(self) -> str:
        """File and row, for rows that have no readable key."""
        return f"{self.file} row {self.number}"

    def fault(self, column: str, kind: str, **details: str) -> Fault:
        """A fault in one of the row's cells."""
        heading = self.headings.get(column, column)
        shown = {"column": masked(heading), **{n: without_numbers(text) for n, text in details.items()}}
        return Fault(self.file, self.number, column, kind, masked(self.cells.get(heading, "")), shown)


Found = tuple[Row | None, Fault]
"""A fault and the row it stands in; None where a whole file or column is at fault."""


@dataclass(slots=True)
class Folder:
    """All that a dataset folder holds.

    Attributes
    ----------
    rows
        Rows by sheet, in the order of the file.
    found
        Faults of single cells, columns and files.
    lost
        Sheets that are there but whose keys could not be read, so that nothing can be said of ids in them.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    found: list[Found] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
