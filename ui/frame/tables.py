"""Tables as real HTML: read by a screen reader, printed, and folded into cards on a telephone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import streamlit as st

from ui.texts import NOTHING

Meaning = Literal["good", "waits", "stops", "neutral", "marked"]
SIGNS: dict[Meaning, str] = {"good": "✓", "waits": "?", "stops": "✕", "neutral": "•", "marked": "◆"}
"""A sign for each meaning, so that no colour stands alone."""


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML of ours, whose words are escaped already."""

    html: str


Cell = object
"""A cell holds words or `Markup`; None and blanks are shown as a dash."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading; numbers stand to the right; the first column of a row names it."""

    label: str
    number: bool = False


def words(text: object) -> str:
    """A cell's words as HTML."""
    if isinstance(text, Markup):
        return text.html
    return escape(str(text)) if text not in (None, "") else NOTHING


def tag(text: str, meaning: Meaning = "neutral") -> Markup:
    """A word with its meaning's colour and sign."""
    sign = f'<span aria-hidden="true">{SIGNS[meaning]}</span>'
    return Markup(f'<span class="hv-tag hv-{meaning}">{sign} {escape(text)}</span>')


def opening(text: str, value: str) -> Markup:
    """A word that opens something; `value` is what `clicked` then tells."""
    whole = "" if " " in text else " hv-whole"
    return Markup(
        f'<button type="button" class="hv-open{whole}" data-open="{escape(value)}">{escape(text)}</button>'
    )


def two_lines(first: object, second: object) -> Markup:
    """A cell with a second, quieter line; a blank one is left out."""
    below = f'<small class="hv-soft">{words(second)}</small>' if second not in (None, "") else ""
    return Markup(f"{words(first)}{below}")


def table_html(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], caption: str) -> str:
    """A table, its caption read aloud before it."""
    head = "".join(f'<th scope="col"{_side(column)}>{escape(column.label)}</th>' for column in columns)
    body = "".join(_row(columns, row) for row in rows)
    return (
        f'<div class="hv-scroll" role="region" aria-label="{escape(caption)}" tabindex="0">'
        f'<table class="hv-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], caption: str) -> None:
    """Show a table."""
    st.html(table_html(columns, rows, caption))


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    cells = []
    for at, (column, cell) in enumerate(zip(columns, row, strict=True)):
        name, scope = ("th", ' scope="row"') if at == 0 else ("td", "")
        label = f' data-label="{escape(column.label)}"'
        cells.append(f"<{name}{scope}{_side(column)}{label}><div>{words(cell)}</div></{name}>")
    return f"<tr>{''.join(cells)}</tr>"


def _side(column: Column) -> str:
    return ' class="hv-number"' if column.number else ""
