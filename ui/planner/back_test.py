"""Last year's stays as a test of the rates: what they would have expected beside what was seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from ui.frame.charts import chart
from ui.frame.desk import Desk
from ui.frame.page import empty, header, note, section
from ui.frame.tables import Cell, Column, Markup, tag, two_lines
from ui.planner.last_year import last_year
from ui.planner.look import dress
from ui.planner.measures import in_lines, names_on_axis, numbers_on_axis, title_in_lines
from ui.texts import NOTHING, Texts
from ui.theme import INK, SERIES

WAYS = ("assumed", "fitted")
SEEN = "seen"
ROW, AXIS = 34, 110
Row = Mapping[str, Any]


def show(desk: Desk) -> None:
    """Show the test."""
    dress()
    texts = desk.texts
    header(texts("stays.test_title"), texts("stays.test_lead"))
    found = last_year(desk, "/stay-back-test")
    if found is None:
        return
    rows: Sequence[Row] = found["rows"]
    period = texts("manager.period", since=texts.day(found["since"]), until=texts.day(found["until"]))
    if not any(_drawable(row) for row in rows):
        section(texts("stays.test_chart"), period)
        empty(texts("stays.too_few"))
        return
    columns = [
        Column(texts("stays.test_what")),
        Column(texts("stays.stays"), number=True),
        Column(texts("stays.seen"), number=True),
        *(Column(texts(f"stays.by_{way}"), number=True) for way in WAYS),
    ]
    chart(
        desk,
        texts("stays.test_chart"),
        f"{period}. {_told(texts, rows, found['complete'])} {texts('stays.test_read')}",
        _drawn(texts, rows),
        columns,
        [_line(texts, row) for row in rows],
    )
    note(
        texts(
            "stays.test_fitted",
            since=texts.day(found["fitted_since"]),
            until=texts.day(found["fitted_until"]),
        )
    )


def _drawable(row: Row) -> bool:
    return row["seen"] is not None and any(row[way] is not None for way in WAYS)


def _told(texts: Texts, rows: Sequence[Row], complete: bool) -> str:
    """How many stays ended, and whether what the simulations assume holds for all of them together."""
    first = rows[0]
    expected = first["assumed"]
    if first["seen"] is None or expected is None or expected["within"] is None:
        return ""
    outside = "stays.test_outside" if complete else "stays.test_outside_incomplete"
    return texts(
        "stays.test_within" if expected["within"] else outside,
        seen=texts.number(first["seen"]),
        mean=texts.number(expected["mean"]),
        low=texts.number(expected["low"]),
        high=texts.number(expected["high"]),
    )


def _line(texts: Texts, row: Row) -> list[Cell]:
    seen = row["seen_shown"] or (NOTHING if row["seen"] is None else texts.number(row["seen"]))
    stays = texts("capacity.not_shown") if row["stays"] is None else texts.number(row["stays"])
    return [row["name"], stays, seen, *(_expected(texts, row[way]) for way in WAYS)]


def _expected(texts: Texts, found: Mapping[str, Any] | None) -> Markup | str:
    if found is None:
        return NOTHING
    ends = {end: texts.number(found[end]) for end in ("low", "high")}
    told = two_lines(texts.number(found["mean"]), texts("measure_of.span", **ends))
    if found["within"] is None:
        return told
    inside = tag(
        texts("stays.within" if found["within"] else "stays.outside"), "good" if found["within"] else "waits"
    )
    return Markup(f"{told.html}{inside.html}")


def _drawn(texts: Texts, rows: Sequence[Row]) -> Any:
    """Each row's two intervals, one above the other, and a mark at what was seen."""
    import altair as alt

    kept = [row for row in rows if _drawable(row)]
    names = [in_lines(row["name"]) for row in kept]
    said = {way: texts(f"stays.way_{way}") for way in (*WAYS, SEEN)}
    values = [
        {
            "name": in_lines(row["name"]),
            "what": said[way],
            **{part: row[way][part] for part in ("mean", "low", "high")},
        }
        for row in kept
        for way in WAYS
        if row[way] is not None
    ]
    values += [{"name": in_lines(row["name"]), "what": said[SEEN], "mean": row["seen"]} for row in kept]
    order = list(said.values())
    colours = alt.Scale(domain=order, range=[SERIES[0], SERIES[1], INK])
    shapes = alt.Scale(domain=order, range=["circle", "square", "diamond"])
    legend = alt.Legend(title=None, columns=1, labelLimit=600, symbolSize=120)
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("name:N", sort=names, title=None, axis=names_on_axis(grid=True)),
        yOffset=alt.YOffset("what:N", sort=order),
        color=alt.Color("what:N", scale=colours, legend=legend),
    )
    # Square roots: a form with five ends and the city with hundreds can be read in one chart.
    axis = alt.Axis(labelExpr=numbers_on_axis(texts), tickCount=6)
    x = alt.X(
        "mean:Q", title=title_in_lines(texts("stays.test_axis")), scale=alt.Scale(type="sqrt"), axis=axis
    )
    whisker = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", scale=alt.Scale(type="sqrt")), x2="high:Q"
    )
    point = base.mark_point(size=80, filled=True, opacity=1).encode(
        x=x, shape=alt.Shape("what:N", scale=shapes, legend=legend)
    )
    return (whisker + point).properties(width="container", height=AXIS + ROW * len(names))
