"""The gap in women's places: now and structural, where the hole is, what shuts doors, what mends it."""

from html import escape
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.page import section
from ui.frame.tables import Markup, tag
from ui.manager.cells import Cell, bar, cell_markup, ends, highest, value_html
from ui.manager.count_tables import about, folded, show_table, table_of
from ui.manager.day import Day, Table, begin, end, figures_of, whose_day
from ui.manager.gap_answer import LARGE, SECTIONS, by_column, show_answer
from ui.manager.gap_over_time import show_over_time
from ui.texts import Texts

BARS = {"demand": "demand", "places": "places"}
NO_WAY = ("emergency", "shared", "own_temporary", "lasting")


def show(desk: Desk) -> None:
    """Show the gap."""
    begin(desk, "gap")
    day = figures_of(desk, "/gap")
    whose_day(desk, day)
    history = figures_of(desk, "/gap/history")
    show_answer(desk, day, history)
    _sections(desk, day)
    _remedies(desk, day)
    texts = desk.texts
    show_table(desk, day, "gap_profiles", bars={"gap": "short"}, leave_out=("placeable",))
    closed = {level: _closed(texts) for level in NO_WAY}
    show_table(desk, day, "gap_levels", bars={"none": "short"}, cells=closed)
    show_table(desk, day, "gap_causes", bars={"support": "short", "emergency": "second"})
    show_over_time(desk, history)
    end(day)


def _told(day: Day, section_: str, *kinds: str) -> list[dict[str, Any]]:
    return [one for one in day.answer["told"] if one["section"] == section_ and one["kind"] in kinds]


def _sections(desk: Desk, day: Day) -> None:
    """Need beside places at each level, and the sentence that reckons the gap from them."""
    texts, table = desk.texts, day.tables["gap"]
    section(table["title"], texts("manager.gap.reckoned"))
    panels = "".join(
        _panel(texts, table, row, _told(day, row["row_id"], "now", "narrow")) for row in table["rows"]
    )
    html = f'<div class="hv-panels">{panels}</div>{about(texts, table, day)}'
    narrow = day.tables.get("gap_bottleneck")
    if narrow is not None and narrow["rows"]:
        html += folded(narrow["title"], table_of(texts, narrow) + about(texts, narrow, day))
    st.html(f'<div class="hv-counts">{html}</div>')


def _panel(texts: Texts, table: Table, row: dict[str, Any], told: list[dict[str, Any]]) -> str:
    cells = by_column(table, row)
    drawn = [cells[key][1] for key in BARS]
    # One bar without the other would be as long as it can be, and say nothing.
    most = highest(drawn) if all(ends(cell) is not None for cell in drawn) else 0.0

    def figure(key: str, after: str = "") -> str:
        column, cell = cells[key]
        value = value_html(texts, cell)
        unit = escape(column["unit"])
        return f"<div><dt>{escape(column['name'])}</dt><dd>{value} <span>{unit}</span>{after}</dd></div>"

    lines = "".join(figure(key, bar(cells[key][1], most, fill)) for key, fill in BARS.items())
    rest = "".join(figure(key) for key in cells if key not in LARGE and key not in BARS)
    sentences = "".join(f"<p>{escape(one['sentence'])}</p>" for one in told)
    return (
        f'<section class="hv-panel"><h3>{escape(row["name"])}</h3><dl class="hv-beside hv-drawn">{lines}</dl>'
        f'<dl class="hv-beside">{rest}</dl>{sentences}</section>'
    )


def _remedies(desk: Desk, day: Day) -> None:
    texts = desk.texts
    section(texts("manager.gap.remedy"), texts("manager.gap.remedy_lead"))
    html = ""
    for one in SECTIONS:
        table = day.tables.get(f"gap_remedy_{one}")
        if table is None or not table["rows"]:
            continue
        sentences = "".join(f"<p>{escape(told['sentence'])}</p>" for told in _told(day, one, "remedy"))
        html += (
            f'<section class="hv-panel"><h3>{escape(table["title"])}</h3>{sentences}'
            f"{table_of(texts, table)}{about(texts, table, day)}</section>"
        )
    nothing = f'<p class="hv-empty">{escape(texts("manager.gap.no_remedy"))}</p>'
    st.html(f'<div class="hv-counts"><div class="hv-panels">{html}</div></div>' if html else nothing)


def _closed(texts: Texts) -> Any:
    """A count of places that could be had; none at all is marked."""

    def drawn(cell: Cell) -> Markup:
        if cell["shown"] == "exact" and cell["value"] == 0:
            return tag(texts("manager.gap.no_place"), "stops")
        return cell_markup(texts, cell)

    return drawn
