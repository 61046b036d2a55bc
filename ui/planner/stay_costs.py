"""What a stay costs in the city's own places, beside as many nights in a procured place or a hotel."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from ui.frame.charts import chart
from ui.frame.desk import Desk
from ui.frame.page import empty, header, section
from ui.frame.tables import Cell, Column, Markup, table, tag, two_lines
from ui.planner.last_year import last_year
from ui.planner.look import dress
from ui.planner.measures import in_lines, names_on_axis, numbers_on_axis
from ui.planner.rests_on import basis_tag
from ui.texts import NOTHING, Texts
from ui.theme import SERIES

WAYS = ("stay_sek", "procured_sek", "hotel_sek")
"""The same nights in three ways; none of them is the others' sum."""

PARTS = ("place_sek", "void_sek", "support_sek", "restoration_sek")
RESTS = ("days", *PARTS, "hotel_sek")
OWN = "own"
SHAPES = ("circle", "square", "triangle-up")
ROW, AXIS = 34, 90
THOUSAND = 1000
Row = Mapping[str, Any]


def show(desk: Desk) -> None:
    """Show what stays cost."""
    dress()
    texts = desk.texts
    header(texts("stays.costs_title"), texts("stays.costs_lead"))
    found = last_year(desk, "/stay-costs")
    if found is None:
        return
    period = texts("manager.period", since=texts.day(found["since"]), until=texts.day(found["until"]))
    rows: Sequence[Row] = found["rows"]
    if not any(row["stay_sek"] is not None for row in rows):
        section(texts("stays.side_by_side"), period)
        empty(texts("stays.too_few"))
        return
    _side_by_side(desk, found, period)
    section(texts("stays.parts"), texts("stays.parts_lead"))
    _parts(desk, rows, found["basis"], period)


def _side_by_side(desk: Desk, found: Mapping[str, Any], period: str) -> None:
    texts, rows, basis = desk.texts, found["rows"], found["basis"]
    told = [_told(texts, rows[0], found), period + "."]
    columns = [
        Column(texts("stays.housing")),
        Column(texts("stays.stays"), number=True),
        Column(texts("stays.days"), number=True),
        Column(texts("stays.night_sek"), number=True),
        *(Column(texts(f"stays.{way}"), number=True) for way in WAYS),
    ]
    chart(
        desk, texts("stays.side_by_side"), " ".join(told), _drawn(texts, rows), columns, _lines(texts, rows)
    )
    st.html(_rests_on(texts, basis))


def _rests_on(texts: Texts, basis: Mapping[str, str]) -> str:
    """What is measured and what is assumed, each with its parts."""
    parts = {part: basis[part] for part in RESTS if part in basis}
    told = {
        rests: texts.listed([texts(f"stays.rests_{part}") for part in parts if parts[part] == rests])
        for rests in parts.values()
    }
    lines = "".join(
        f"<div><dt>{basis_tag(texts, rests).html}</dt><dd>{escape(said)}</dd></div>"
        for rests, said in told.items()
    )
    return f'<dl class="hv-rests">{lines}</dl>'


def _told(texts: Texts, first: Row, found: Mapping[str, Any]) -> str:
    """All own places together, in a sentence."""
    if first["stay_sek"] is None:
        return texts("stays.told_each")
    words = {way: texts.number(first[way]) for way in WAYS if first[way] is not None}
    key = "stays.told" if len(words) == len(WAYS) else "stays.told_hotel"
    nights = texts.number(found["hotel_night_sek"])
    return texts(key, days=texts.number(first["days"]), hotel_night=nights, **words)


def _drawn(texts: Texts, rows: Sequence[Row]) -> Any:
    """One row for each form, a sign for each way to house somebody as long."""
    import altair as alt

    kept = [row for row in rows if row["kind"] == OWN and row["stay_sek"] is not None]
    said = {way: texts(f"stays.way_{way}") for way in WAYS}
    names = [in_lines(row["name"]) for row in kept]
    values = [
        {"name": in_lines(row["name"]), "way": said[way], "sek": row[way] / THOUSAND}
        for row in kept
        for way in WAYS
        if row[way] is not None
    ]
    legend = alt.Legend(title=None, columns=1, labelLimit=600, symbolSize=120)
    order = list(said.values())
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=names_on_axis(grid=True)),
        x=alt.X(
            "sek:Q",
            title=texts("stays.axis"),
            scale=alt.Scale(zero=True),
            axis=alt.Axis(labelExpr=numbers_on_axis(texts), tickCount=6),
        ),
    )
    points = base.mark_point(size=110, filled=True, opacity=1).encode(
        color=alt.Color("way:N", scale=alt.Scale(domain=order, range=list(SERIES[:3])), legend=legend),
        shape=alt.Shape("way:N", scale=alt.Scale(domain=order, range=list(SHAPES)), legend=legend),
    )
    return points.properties(width="container", height=AXIS + ROW * len(names))


def _lines(texts: Texts, rows: Sequence[Row]) -> list[list[Cell]]:
    return [
        [
            two_lines(row["name"], texts.count("place", row["places"])),
            texts("capacity.not_shown") if row["stays"] is None else texts.number(row["stays"]),
            _days(texts, row),
            texts.number(row["night_sek"]),
            *(texts.number(row[way]) for way in WAYS),
        ]
        for row in rows
    ]


def _days(texts: Texts, row: Row) -> Markup | str:
    if row["days"] is None:
        return NOTHING
    interval = ""
    if row["days_low"] is not None and row["days_high"] is not None:
        ends = {end: texts.number(row[f"days_{end}"]) for end in ("low", "high")}
        interval = texts("measure_of.span", **ends)
    return two_lines(texts.number(row["days"]), interval)


def _parts(desk: Desk, rows: Sequence[Row], basis: Mapping[str, str], period: str) -> None:
    """What a stay's cost is made of; a part that is assumed says so in its column."""
    texts = desk.texts
    columns = [Column(texts("stays.housing"))]
    for part in PARTS:
        rests = basis.get(part)
        said = texts(f"stays.{part}")
        columns.append(Column(f"{said} ({texts(f'basis_of.{rests}')})" if rests else said, number=True))
    columns.append(Column(texts("stays.stay_sek"), number=True))
    lines: list[list[Cell]] = [
        [
            row["name"],
            *(texts.number(row[part]) for part in PARTS),
            tag(texts("capacity.not_shown")) if row["stay_sek"] is None else texts.number(row["stay_sek"]),
        ]
        for row in rows
    ]
    table(columns, lines, texts("stays.parts_caption", period=period))
