"""A page on a terminal, drawn by rich; imported only when there is a terminal."""

from collections.abc import Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.cli.page import Column

BETWEEN = 2
"""Letters between two columns."""


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
        table = Table(
            box=box.SIMPLE_HEAD, show_edge=False, header_style="bold", pad_edge=False, padding=(0, 1, 0, 0)
        )
        widths = _widths(columns, rows, self.console.width)
        for column, width in zip(columns, widths, strict=True):
            # Where not even the words fit, a word is broken rather than cut: no figure may be lost.
            table.add_column(
                Text(column.heading),
                justify="right" if column.number else "left",
                overflow="fold",
                width=width,
            )
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self.console.print(table)


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int] | list[None]:
    """Letters a column, the widest narrowed first and none below its longest word; None leaves it to rich."""
    texts = [(column.heading, *(row[i] for row in rows)) for i, column in enumerate(columns)]
    widest = [max(map(len, cells)) for cells in texts]
    # A no-break space holds a figure together, and is none to break a line at.
    words = [max(len(word) for text in cells for word in text.split(" ")) for cells in texts]
    room = width - BETWEEN * (len(columns) - 1)
    for most in range(max(widest), 0, -1):
        found = [max(word, min(most, whole)) for word, whole in zip(words, widest, strict=True)]
        if sum(found) <= room:
            return found
    return [None] * len(columns)
