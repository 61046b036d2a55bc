"""Tables on a terminal: every figure is there whole, and words are broken only where nothing else fits."""

import io

import pytest
from rich.console import Console

from api.cli.page import Column
from api.cli.terminal import TerminalPage

COLUMNS = (
    Column("Mått"),
    Column("I dag", number=True),
    Column("Scenario", number=True),
    Column("Skillnad", number=True),
    Column("95 %", number=True),
    Column("Säkerhet"),
    Column("Klar från"),
)
LATER = "januari 2026, efter 2 veckor"
ROWS = (
    ("Barnfamiljers medianväntan, dagar", "28", "28", "+0,1", "-0,3 till 0,5", "oförändrad", "–"),
    ("Platser som saknas för kvinnor", "1 330", "1 100", "-2,2", "-4,1 till -0,2", "klar", LATER),
)


def drawn(width: int, rows: tuple[tuple[str, ...], ...] = ROWS) -> list[str]:
    """The lines of the table on a terminal so wide."""
    stream = io.StringIO()
    page = TerminalPage(stream)
    page.console = Console(file=stream, width=width, highlight=False, markup=False)
    page.table(COLUMNS, rows)
    return stream.getvalue().splitlines()


def test_words_are_whole_on_eighty_columns() -> None:
    said = " ".join(" ".join(drawn(80)).split())
    for text in (*(column.heading for column in COLUMNS), *(cell for row in ROWS for cell in row)):
        for word in text.split():
            assert word in said


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_letter_is_cut_and_no_line_too_long(width: int) -> None:
    lines = drawn(width)
    assert all(len(line) <= width for line in lines)
    letters = sorted("".join("".join(lines).split()).replace("─", ""))
    told = [column.heading for column in COLUMNS] + [cell for row in ROWS for cell in row]
    assert letters == sorted("".join("".join(told).split()))


def test_a_table_without_rows_has_its_headings() -> None:
    assert "Skillnad" in " ".join(drawn(80, ()))
