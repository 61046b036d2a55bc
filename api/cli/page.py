"""A page of text: titles, lines and tables, the same calls for a terminal and for a pipe."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol, TextIO


class Column(NamedTuple):
    """A column of a table: its heading, and whether it holds numbers (set to the right)."""

    heading: str
    number: bool = False


class Page(Protocol):
    """Where a command writes for people."""

    def title(self, text: str) -> None:
        """Headline of the page."""

    def section(self, text: str) -> None:
        """Headline of a part, after a blank line."""

    def line(self, text: str = "") -> None:
        """A line of text."""

    def point(self, text: str, depth: int = 1) -> None:
        """An item of a list, `depth` steps in."""

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Rows of cells under headings."""


class PlainPage:
    """A page without colours and rules, for pipes and files: one line stays one line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def title(self, text: str) -> None:
        """Headline of the page."""
        self.line(text)

    def section(self, text: str) -> None:
        """Headline of a part, after a blank line."""
        self.line()
        self.line(text)

    def line(self, text: str = "") -> None:
        """A line of text."""
        self.stream.write(f"{text}\n")

    def point(self, text: str, depth: int = 1) -> None:
        """An item of a list, `depth` steps in."""
        self.line(f"{'  ' * depth}- {text}")

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Rows of cells under headings, two spaces apart."""
        lines = [[column.heading for column in columns], *rows]
        widths = [max(len(line[i]) for line in lines) for i in range(len(columns))]
        for line in lines:
            cells = [
                cell.rjust(width) if column.number else cell.ljust(width)
                for cell, width, column in zip(line, widths, columns, strict=True)
            ]
            self.line(("  " + "  ".join(cells)).rstrip())
