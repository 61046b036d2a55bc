"""Counts as the API shows them, with what a hidden one means for whoever hears or points at it."""

from html import escape
from typing import Any

from ui.frame.tables import Markup
from ui.texts import Texts

Cell = dict[str, Any]
EXACT, SMALL, WITHHELD, UNKNOWN, BLANK = "exact", "small", "withheld", "unknown", "blank"


def cell_html(texts: Texts, cell: Cell) -> str:
    """A count as it is shown; a hidden one says that it is."""
    if cell["shown"] in (EXACT, BLANK):
        return escape(cell["text"])
    said = escape(texts(f"manager.shown.{cell['shown']}"))
    heard = f'<span class="hv-heard"> {said}</span>'
    return f'<span class="hv-kept" title="{said}">{escape(cell["text"])}{heard}</span>'


def cell_markup(texts: Texts, cell: Cell) -> Markup:
    """The same as a cell of a table."""
    return Markup(cell_html(texts, cell))


def value_html(texts: Texts, cell: Cell) -> str:
    """A count that stands out from the words around it."""
    return f'<span class="hv-value">{cell_html(texts, cell)}</span>'


def ends(cell: Cell) -> tuple[float, float] | None:
    """Between what a count lies, the same twice where it is told; None where the reader is not told."""
    if cell["shown"] == EXACT:
        return float(cell["value"]), float(cell["value"])
    told = any(sign.isdigit() for sign in cell["text"])
    return (float(cell["least"]), float(cell["most"])) if told and cell["most"] is not None else None


def bar(cell: Cell, most: float, fill: str) -> str:
    """A bar as long as a count; where only a range is told, the part that is not sure is hatched."""
    found = ends(cell)
    if found is None or most <= 0:
        return '<span class="hv-bar hv-bar-none" aria-hidden="true"></span>'
    sure, maybe = (min(100.0, 100.0 * end / most) for end in found)
    unsure = f'<i class="hv-unsure" style="width:{maybe - sure:.2f}%"></i>' if maybe > sure else ""
    drawn = f'<i class="hv-fill-{fill}" style="width:{sure:.2f}%"></i>'
    return f'<span class="hv-bar" aria-hidden="true">{drawn}{unsure}</span>'


def highest(cells: list[Cell]) -> float:
    """The highest value that any of some counts may have: where the bars end."""
    return max((found[1] for found in map(ends, cells) if found is not None), default=0.0)
