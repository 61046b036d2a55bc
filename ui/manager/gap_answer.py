"""What the gap's page answers first: how large, for whom, what shuts doors, what mends it, why it moved."""

from collections.abc import Sequence
from html import escape
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.manager.cells import EXACT, bar, ends, highest, value_html
from ui.manager.count_tables import head_of
from ui.manager.day import Day, Table
from ui.texts import Texts

SECTIONS = ("support", "emergency")
LARGE = ("gap", "structural_gap")
PROFILES = ("needs_tolerant", "needs_drug_free", "either")
MOVED = ("came", "facts_in", "placed", "left", "facts_out", "more_fit", "fewer_fit")
NOTHING = "0"


def show_answer(desk: Desk, day: Day, history: Day) -> None:
    """Show the answer whole, before anything is explained."""
    texts = desk.texts
    panels = "".join(_panel(texts, day, section) for section in SECTIONS)
    answers = {
        "bottleneck": _bottleneck(day),
        "cause": _causes(texts, day),
        "cheapest": _told(day, "remedy"),
        "moved": moved_html(texts, history),
    }
    cards = "".join(
        f"<div{_mark(key)}><dt>{escape(texts(f'manager.gap.answer.{key}'))}</dt><dd>{''.join(html)}</dd></div>"
        for key, html in answers.items()
        if html
    )
    html = f'<div class="hv-panels">{panels}</div><dl class="hv-answers">{cards}</dl>'
    st.html(f'<div class="hv-counts">{html}</div>')


def by_column(table: Table, row: dict[str, Any]) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """A row's cells by column, each with the column."""
    return {
        column["column_id"]: (column, cell)
        for column, cell in zip(table["columns"], row["cells"], strict=True)
    }


def _panel(texts: Texts, day: Day, section: str) -> str:
    table = day.tables["gap"]
    row = next(row for row in table["rows"] if row["row_id"] == section)
    cells = by_column(table, row)
    large = "".join(
        f"<div><dt>{escape(cells[key][0]['name'])}</dt>"
        f"<dd>{value_html(texts, cells[key][1])} <span>{escape(cells[key][0]['unit'])}</span></dd></div>"
        for key in LARGE
    )
    profiles = _profiles(texts, day, section, row["name"])
    return (
        f'<section class="hv-panel"><h2>{escape(row["name"])}</h2><dl class="hv-large">{large}</dl>'
        f"{profiles}</section>"
    )


def _profiles(texts: Texts, day: Day, section: str, title: str) -> str:
    """The gap by what of drugs a house must allow: now with a bar, and structural."""
    table, levels = day.tables["gap_profiles"], day.tables["gap_levels"]
    named = {row["row_id"]: row["name"] for row in levels["rows"]}
    rows = {row["row_id"]: by_column(table, row) for row in table["rows"]}
    kept = [(profile, rows[f"{section}_{profile}"]) for profile in PROFILES if f"{section}_{profile}" in rows]
    if not kept:
        return ""
    drawn = [cell for _, cells in kept for _, cell in (cells["gap"],) if ends(cell) is not None]
    most = highest(drawn)
    columns = [kept[0][1][key][0] for key in LARGE]
    head = "".join(f'<th scope="col" class="hv-number">{escape(one["name"])}</th>' for one in columns)
    body = "".join(
        f'<tr><th scope="row">{escape(named.get(profile, profile))}</th>'
        f'<td class="hv-number" data-label="{escape(head_of(table, columns[0]))}">'
        f"<div>{value_html(texts, cells['gap'][1])}{bar(cells['gap'][1], most, 'short')}</div></td>"
        f'<td class="hv-number" data-label="{escape(head_of(table, columns[1]))}">'
        f"<div>{value_html(texts, cells['structural_gap'][1])}</div></td></tr>"
        for profile, cells in kept
    )
    what = escape(texts("manager.what"))
    caption = escape(f"{title}: {table['title'][:1].lower()}{table['title'][1:]}, {table['unit']}")
    return (
        f'<table class="hv-plain"><caption class="hv-heard">{caption}</caption><thead><tr><th scope="col">'
        f'<span class="hv-heard">{what}</span></th>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _bottleneck(day: Day) -> list[str]:
    """The holes by the houses on either side; where there is none, where it is narrowest."""
    holes = [
        f"<h2>{escape(one['title'])}</h2><p>{escape(one['sentence'])}</p>"
        for one in day.answer["told"]
        if one["kind"] == "hole"
    ]
    return holes or _told(day, "narrow")


def _told(day: Day, kind: str) -> list[str]:
    table = day.tables["gap"]
    named = {row["row_id"]: row["name"] for row in table["rows"]}
    return [
        f"<p><strong>{escape(named[one['section']])}.</strong> {escape(one['sentence'])}</p>"
        for one in day.answer["told"]
        if one["kind"] == kind
    ]


def _causes(texts: Texts, day: Day) -> list[str]:
    """The rule that most often alone shuts the doors, at each level."""
    table = day.tables.get("gap_causes")
    if table is None:
        return []
    told = []
    for at, column in enumerate(table["columns"]):
        first = _largest(table["rows"], at)
        if first is not None:
            cell = first["cells"][at]
            told.append(
                f"<p><strong>{escape(column['name'])}.</strong> {escape(first['name'])} "
                f"{value_html(texts, cell)} {escape(table['unit'])}.</p>"
            )
    return told


def _largest(rows: Sequence[dict[str, Any]], at: int) -> dict[str, Any] | None:
    """The row whose count is highest; where all are hidden, the first that is not nothing, as they come."""
    some = [row for row in rows if row["cells"][at]["text"] != NOTHING]
    told = [row for row in some if row["cells"][at]["shown"] == EXACT]
    if told:
        return max(told, key=lambda row: float(row["cells"][at]["value"]))
    return next(iter(some), None)


def moved_html(texts: Texts, history: Day) -> list[str]:
    """What came, went and changed in the newest whole month; what did not move is left out."""
    told = []
    for section in SECTIONS:
        table = history.tables.get(f"gap_history_{section}")
        if table is None or not table["rows"]:
            continue
        row = table["rows"][0]
        cells = by_column(table, row)
        parts = [
            f"{escape(cells[key][0]['name'].lower())} {value_html(texts, cells[key][1])}"
            for key in MOVED
            if cells[key][1]["text"] != NOTHING
        ]
        said = ", ".join(parts) or escape(texts("manager.gap.answer.stood_still"))
        month = escape(texts.month(row["name"]))
        level = escape(texts(f"manager.gap.answer.{section}"))
        told.append(f"<p><strong>{level}, {month}.</strong> {said}.</p>")
    return told or [f"<p>{escape(texts('manager.gap.answer.no_month'))}</p>"]


def _mark(key: str) -> str:
    return ' class="hv-hole"' if key == "bottleneck" else ""
