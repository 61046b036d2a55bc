"""Equal access: women's and men's by level, and in each of the city's units, as a map and as tables."""

from html import escape

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.page import section
from ui.manager.cells import bar, value_html
from ui.manager.count_tables import about, folded, framed, row_head, table_of
from ui.manager.day import Day, Table, begin, end, figures_of, whose_day
from ui.manager.tile_map import has_shares, tile_map_html
from ui.texts import Texts

GROUPS = ("women", "men")


def show(desk: Desk) -> None:
    """Show equal access."""
    begin(desk, "equity")
    day = figures_of(desk, "/equity")
    whose_day(desk, day)
    texts = desk.texts
    counts, shares, units = (day.tables.get(name) for name in ("equity", "equity_shares", "equity_units"))
    if counts is not None:
        section(counts["title"], texts("manager.equity.levels_lead"))
        drawn = _side_by_side(texts, shares) if shares is not None else None
        _drawn(texts, day, counts, drawn, texts("manager.equity.as_counts"))
    if units is not None:
        section(units["title"], texts("manager.equity.units_lead"))
        drawn = tile_map_html(texts, units) if has_shares(units) else None
        _drawn(texts, day, units, drawn, texts("frame.as_table"))
    end(day)


def _drawn(texts: Texts, day: Day, table: Table, drawn: str | None, as_table: str) -> None:
    """A drawing with its table folded up below; the table alone where a day's figures cannot be drawn."""
    counted = table_of(texts, table)
    html = counted if drawn is None else drawn + folded(as_table, counted)
    st.html(f'<div class="hv-counts">{html}{about(texts, table, day)}</div>')


def _side_by_side(texts: Texts, shares: Table) -> str:
    """Women's and men's shares level by level, one bar above the other."""
    rows = {row["row_id"]: row for row in shares["rows"]}
    head = "".join(f'<th scope="col">{escape(rows[group]["name"])}</th>' for group in GROUPS)

    def line(at: int, name: str) -> str:
        cells = "".join(
            f'<td data-label="{escape(rows[group]["name"])}"><div class="hv-share">'
            f"{value_html(texts, rows[group]['cells'][at])}"
            f"{bar(rows[group]['cells'][at], 100.0, group)}</div></td>"
            for group in GROUPS
        )
        return f"<tr>{row_head({'name': name, 'note': None})}{cells}</tr>"

    body = "".join(line(at, one["name"]) for at, one in enumerate(shares["columns"]))
    return framed(texts, shares, head, body, "hv-shares")
