"""Tables of counts: unit and period always in sight, definition and source at hand below."""

from collections.abc import Callable, Collection, Mapping
from html import escape
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.page import empty, section
from ui.frame.tables import Markup, words
from ui.manager.cells import Cell, bar, cell_markup, highest
from ui.manager.day import Day, Table
from ui.texts import Texts

SUMS = ("total", "left")
"""Rows that sum up those above them."""

SHARES = ("share", "occupied")
"""Columns whose bars end at a hundred per cent."""

LONG = 30
"""Rows from which a table is folded up until somebody wants to see it."""
Drawn = Callable[[Cell], Markup]


def show_table(
    desk: Desk,
    day: Day,
    name: str,
    *,
    bars: Mapping[str, str] | None = None,
    leave_out: Collection[str] = (),
    cells: Mapping[str, Drawn] | None = None,
    lead: str = "",
    none: str = "manager.none",
) -> None:
    """Show a table of the day under its own heading.

    Parameters
    ----------
    bars
        Columns that are drawn as bars too, with the colour of each.
    cells
        How some columns' counts are shown, where not as they are.
    none
        Key of what is said where the table has no rows.
    """
    table = day.tables.get(name)
    if table is None:
        return
    section(table["title"], lead)
    if not table["rows"]:
        empty(desk.texts(none))
        return
    html = table_of(desk.texts, table, bars or {}, leave_out, cells or {})
    if len(table["rows"]) >= LONG:
        html = folded(desk.texts.count("row", len(table["rows"])), html)
    st.html(f'<div class="hv-counts">{html}{about(desk.texts, table, day)}</div>')


def table_of(
    texts: Texts,
    table: Table,
    bars: Mapping[str, str] | None = None,
    leave_out: Collection[str] = (),
    cells: Mapping[str, Drawn] | None = None,
) -> str:
    """A table as HTML."""
    columns = [(i, one) for i, one in enumerate(table["columns"]) if one["column_id"] not in leave_out]
    ends = {
        one["column_id"]: 100.0
        if one["column_id"] in SHARES
        else highest([row["cells"][i] for row in table["rows"] if row["row_id"] not in SUMS])
        for i, one in columns
        if one["column_id"] in (bars or {})
    }

    def as_it_is(cell: Cell) -> Markup:
        return cell_markup(texts, cell)

    def cell_of(row: dict[str, Any], i: int, column: dict[str, str]) -> str:
        cell, key = row["cells"][i], column["column_id"]
        drawn = (cells or {}).get(key, as_it_is)
        told = words(drawn(cell)) if cell["shown"] != "blank" else ""
        line = ""
        if key in ends and row["row_id"] not in SUMS:
            line = bar(cell, ends[key], (bars or {})[key])
        label = escape(head_of(table, column))
        return f'<td class="hv-number" data-label="{label}"><div>{told}{line}</div></td>'

    head = "".join(_head(table, one) for _, one in columns)
    body = "".join(
        f"<tr{_sum(row['row_id'])}>{row_head(row)}"
        + "".join(cell_of(row, i, one) for i, one in columns)
        + "</tr>"
        for row in table["rows"]
    )
    return framed(texts, table, head, body, "hv-counted")


def framed(texts: Texts, table: Table, head: str, body: str, kind: str) -> str:
    """Rows under their heads, captioned with what is counted and when."""
    title, caption = escape(table["title"]), escape(caption_of(texts, table))
    first = f'<th scope="col"><span class="hv-heard">{escape(texts("manager.what"))}</span></th>'
    return (
        f'<div class="hv-scroll" role="region" aria-label="{title}" tabindex="0">'
        f'<table class="hv-table {kind}"><caption>{caption}</caption>'
        f"<thead><tr>{first}{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def row_head(row: Mapping[str, Any]) -> str:
    """A row's name, with its note below."""
    return f'<th scope="row" data-label=""><div>{words(row["name"])}{_note(row)}</div></th>'


def caption_of(texts: Texts, table: Table) -> str:
    """What is counted and when: `Hushåll, 15 januari 2026`."""
    unit = str(table["unit"])
    return f"{unit[:1].upper()}{unit[1:]}, {period_of(texts, table)}"


def period_of(texts: Texts, table: Table) -> str:
    """The period of a table; a day for what is counted as it stands."""
    since, until = (texts.day(table[end]) for end in ("since", "until"))
    return until if since == until else texts("manager.period", since=since, until=until)


def about(texts: Texts, table: Table, day: Day) -> str:
    """Definition, unit, period, source and day, folded up below a table."""
    units = dict.fromkeys([table["unit"], *(column["unit"] for column in table["columns"])])
    said = {
        "definition": table["definition"],
        "unit": texts.listed(list(units)),
        "period": period_of(texts, table),
        "source": table["source"],
        "taken": texts("manager.taken", day=texts.day(day.day), moment=texts.moment(day.taken_at)),
    }
    lines = "".join(
        f"<div><dt>{escape(texts(f'manager.about.{key}'))}</dt><dd>{escape(value)}</dd></div>"
        for key, value in said.items()
    )
    summary = escape(texts("manager.about.title"))
    return f'<details class="hv-about"><summary>{summary}</summary><dl>{lines}</dl></details>'


def folded(title: str, html: str) -> str:
    """HTML folded up under a title; on paper it is open."""
    return f'<details class="hv-about"><summary>{escape(title)}</summary>{html}</details>'


def head_of(table: Table, column: dict[str, str]) -> str:
    """A column's name, with its unit where that is not the table's and the name does not say it."""
    name, unit = column["name"], column["unit"]
    said = unit == table["unit"] or name.lower().endswith(unit) or unit in name.lower().split()
    return name if said else f"{name}, {unit}"


def _head(table: Table, column: dict[str, str]) -> str:
    name, unit = column["name"], column["unit"]
    below = "" if head_of(table, column) == name else f'<small class="hv-soft">{escape(unit)}</small>'
    return f'<th scope="col" class="hv-number">{escape(name)}{below}</th>'


def _note(row: Mapping[str, Any]) -> str:
    return f'<small class="hv-soft">{escape(row["note"])}</small>' if row["note"] else ""


def _sum(row_id: str) -> str:
    return ' class="hv-sum"' if row_id in SUMS else ""
