"""A page on a terminal, drawn by rich; imported only when there is a terminal."""

from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.page import Column


class TerminalPage:
    """A page with weight and colour, wrapped to the width of the terminal."""

    def __init__(self, stream: TextIO) -> None:
        # Case references must never be read as markup, nor numbers be coloured at random.
        self.console = Console(file=stream, highlight=False, markup=False, emoji=False)

    def title(self, text: str) -> None:
        """Headline of the page."""
        self.console.print(Text(text, style="bold"))

    def section(self, text: str) -> None:
        """Headline of a part, after a blank line."""
        self.console.print()
        self.console.print(Text(text, style="bold cyan"))

    def line(self, text: str = "") -> None:
        """A line of text."""
        self.console.print(Text(text))

    def point(self, text: str, depth: int = 1) -> None:
        """An item of a list, `depth` steps in."""
        self.console.print(Padding(Text(f"• {text}"), (0, 0, 0, 2 * depth)))

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Rows of cells under headings."""
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, header_style="bold")
        for column in columns:
            # On a narrow terminal a word is broken rather than cut: no figure may be lost.
            table.add_column(
                Text(column.heading), justify="right" if column.number else "left", overflow="fold"
            )
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.console.print(table)
