"""The gap over time: day by day, why it moved last month, and where it goes if nothing changes."""

from html import escape
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.page import empty, section
from ui.manager.cells import EXACT, value_html
from ui.manager.count_tables import about, folded, table_of
from ui.manager.day import Day, Table
from ui.manager.lines import ahead, over_time
from ui.texts import Texts

LINES = ("gap_support", "structural_support", "gap_emergency", "structural_emergency")
WHY = {
    "in": ("came",),
    "out": ("placed", "left"),
    "facts": ("facts_in", "facts_out"),
    "places": ("more_fit", "fewer_fit"),
}
"""What may move the gap, and the columns that tell it."""
SECTIONS = ("support", "emergency")
ENOUGH = 2
"""Days that make a line."""


def show_over_time(desk: Desk, day: Day) -> None:
    """Show the past, why, and what lies ahead."""
    texts = desk.texts
    _series(desk, day.tables["gap_series"])
    section(texts("manager.gap.why"), texts("manager.gap.why_lead"))
    panels = "".join(why_html(texts, day, one) for one in SECTIONS)
    st.html(f'<div class="hv-counts"><div class="hv-panels">{panels}</div></div>')
    future = day.tables.get("gap_forecast")
    if future is None:
        section(texts("manager.gap.ahead"))
        empty(texts("manager.gap.no_forecast"))
        return
    ahead(desk, future, _ahead_told(texts, future))
    st.html(f'<div class="hv-counts">{about(texts, future, day)}</div>')


def _series(desk: Desk, table: Table) -> None:
    texts, rows = desk.texts, table["rows"]
    if len(rows) < ENOUGH:
        section(table["title"])
        empty(texts("manager.gap.one_day"))
        return
    columns = {one["column_id"]: one["name"] for one in table["columns"] if one["column_id"] in LINES}
    over_time(desk, table, table["title"], _series_told(texts, table), columns)


def _series_told(texts: Texts, table: Table) -> str:
    """From when to when, and the structural gap then and now as it was shown."""
    newest, oldest = table["rows"][0], table["rows"][-1]
    told = [texts("manager.gap.series", since=oldest["name"], until=newest["name"])]
    for at, column in enumerate(table["columns"]):
        then, now = oldest["cells"][at], newest["cells"][at]
        if column["column_id"].startswith("structural") and then["shown"] == now["shown"] == EXACT:
            words = {"what": column["name"], "then": then["text"], "now": now["text"]}
            told.append(texts("manager.gap.series_moved", **words))
    return " ".join(told)


def why_html(texts: Texts, day: Day, section_: str) -> str:
    """The newest month that is over, in, out, facts and places; the others and longer times folded up."""
    table = day.tables[f"gap_history_{section_}"]
    longer = day.tables[f"gap_longer_{section_}"]
    title = f"<h3>{escape(table['title'])}</h3>"
    if not table["rows"]:
        nothing = f'<p class="hv-empty">{escape(texts("manager.gap.no_month"))}</p>'
        return f'<section class="hv-panel">{title}{nothing}{about(texts, table, day)}</section>'
    newest = table["rows"][0]
    month = f'<p class="hv-day">{escape(_month(texts, newest))}, {escape(table["unit"])}</p>'
    parts = "".join(_part(texts, table, newest, key) for key in WHY)
    html = f'<section class="hv-panel">{title}{month}<dl class="hv-why">{parts}</dl>'
    named = {**table, "rows": [{**row, "name": _month(texts, row)} for row in table["rows"]]}
    html += folded(texts("manager.gap.months"), table_of(texts, named))
    if longer["rows"]:
        html += folded(longer["title"], table_of(texts, longer))
    return f"{html}{about(texts, table, day)}</section>"


def _part(texts: Texts, table: Table, row: dict[str, Any], key: str) -> str:
    cells = {
        one["column_id"]: (one["name"], cell)
        for one, cell in zip(table["columns"], row["cells"], strict=True)
        if one["column_id"] in WHY[key]
    }
    lines = "".join(
        f"<dd><span>{escape(name)}</span> {value_html(texts, cell)}</dd>"
        for name, cell in (cells[column] for column in WHY[key])
    )
    return f"<div><dt>{escape(texts(f'manager.gap.why_{key}'))}</dt>{lines}</div>"


def _month(texts: Texts, row: dict[str, Any]) -> str:
    """A month by its name; the API may have named it already."""
    return texts.month(row["name"])


def _ahead_told(texts: Texts, table: Table) -> str:
    at = {one["column_id"]: i for i, one in enumerate(table["columns"])}
    first, last = table["rows"][0], table["rows"][-1]
    return texts(
        "manager.gap.forecast",
        day=last["name"],
        mean=last["cells"][at["mean"]]["text"],
        low=last["cells"][at["low"]]["text"],
        high=last["cells"][at["high"]]["text"],
        first=first["cells"][at["mean"]]["text"],
    )
