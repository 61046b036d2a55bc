"""For whom a scenario is better or worse: each group's waiting, places and median wait beside today's."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.frame.charts import chart
from ui.frame.desk import Desk
from ui.frame.page import empty
from ui.frame.tables import Cell, Column, Markup, Meaning, tag, two_lines
from ui.planner.measures import (
    figure,
    group_name,
    in_lines,
    names_on_axis,
    number,
    numbers_on_axis,
    span,
    title_in_lines,
)
from ui.theme import INK, SERIES, SHEET

MEASURES = ("waiting", "placed", "wait_median_days")
RESULTS: Mapping[str, Meaning] = {
    "wins": "good",
    "loses": "stops",
    "mixed": "marked",
    "unchanged": "neutral",
    "unclear": "waits",
}
ROW, AXIS = 34, 90
COLOURS = {True: SERIES[0], False: SERIES[1]}
Run = Mapping[str, Any]


def show_groups(desk: Desk, run: Run) -> None:
    """Show winners and losers of one scenario."""
    texts = desk.texts
    arms = {arm["name"]: arm for arm in run["results"][1:] if arm.get("groups")}
    if not arms:
        empty(texts("result.no_groups"))
        return
    named = {arm["name"]: arm["title"] for arm in run["figures"]}
    chosen = st.selectbox(
        texts("result.scenario"),
        list(arms),
        format_func=lambda name: named[name],
        key="result-groups",
        width=640,
        persist_state="session",
    )
    groups: Mapping[str, Mapping[str, Any]] = arms[chosen]["groups"]
    columns = [
        Column(texts("result.group")),
        Column(texts("result.outcome")),
        *(
            Column(f"{texts(f'measure.{one}')}, {texts(f'measure_unit.{one}')}", number=True)
            for one in MEASURES
        ),
    ]
    drawable = {measure: _drawable(groups, measure) for measure in MEASURES}
    most = max(MEASURES, key=lambda measure: len(drawable[measure]))
    measure = st.segmented_control(
        texts("result.choose_measure"),
        MEASURES,
        default=most,
        required=True,
        format_func=lambda name: texts(f"measure.{name}"),
        key=f"result-groups-measure-{run['experiment_id']}-{chosen}",
    )
    shown = str(measure or most)
    chart(
        desk,
        texts("result.groups_chart"),
        _told(desk, groups),
        _drawn(desk, shown, drawable[shown]),
        columns,
        [_row(desk, group, found) for group, found in groups.items()],
    )


def _row(desk: Desk, group: str, found: Mapping[str, Any]) -> list[Cell]:
    texts = desk.texts
    cells: list[Cell] = [
        group_name(texts, group),
        tag(texts(f"outcome_of.{found['result']}"), RESULTS[found["result"]]),
    ]
    for measure in MEASURES:
        one = found.get(measure)
        if one is None:
            cells.append(None)
            continue
        levels = texts(
            "result.from_to",
            before=number(texts, measure, one["baseline"]),
            after=number(texts, measure, one["scenario"]),
        )
        interval = span(texts, measure, one, sign=True)
        mean = figure(texts, measure, one, sign=True)
        difference = f"{mean} ({interval})" if interval else mean
        cells.append(two_lines(Markup(f"<strong>{levels}</strong>"), difference))
    return cells


def _told(desk: Desk, groups: Mapping[str, Mapping[str, Any]]) -> str:
    texts = desk.texts
    sides = {
        result: [group_name(texts, name) for name, found in groups.items() if found["result"] == result]
        for result in RESULTS
    }
    told = [
        texts(f"result.side_{result}", groups=texts.listed(names))
        for result, names in sides.items()
        if names and result in ("wins", "loses", "mixed")
    ]
    return " ".join([*told, texts("result.groups_read")])


def _drawable(groups: Mapping[str, Mapping[str, Any]], measure: str) -> dict[str, Mapping[str, Any]]:
    """Groups whose difference in a measure is told; one too small to be told is in the table alone."""
    return {
        name: found[measure]
        for name, found in groups.items()
        if measure in found and found[measure]["mean"] is not None
    }


def _drawn(desk: Desk, measure: str, groups: Mapping[str, Mapping[str, Any]]) -> Any:
    """The difference of each group with its interval: filled where it is clear."""
    import altair as alt

    texts = desk.texts
    less, more = texts("result.less"), texts("result.more")
    values = [
        {
            "group": in_lines(group_name(texts, name)),
            **{part: found[part] for part in ("mean", "low", "high")},
            "side": less if found["mean"] <= 0 else more,
            "fill": COLOURS[found["mean"] <= 0] if found["verdict"] == "clear" else SHEET,
        }
        for name, found in groups.items()
    ]
    named = f"{texts(f'measure.{measure}')}, {texts(f'measure_unit.{measure}')}"
    title = texts("result.groups_axis", measure=named[:1].lower() + named[1:])
    axis = alt.Axis(tickCount=5, labelExpr=numbers_on_axis(texts))
    names = [value["group"] for value in values]
    sides = [less, more]
    scale = alt.Scale(domain=sides, range=[COLOURS[True], COLOURS[False]])
    colour = alt.Color("side:N", scale=scale, legend=alt.Legend(title=None, columns=1, labelLimit=400))
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("group:N", sort=names, title=None, axis=names_on_axis()), color=colour
    )
    whisker = base.mark_rule(strokeWidth=2.5).encode(
        x=alt.X("low:Q", title=title_in_lines(title), axis=axis), x2="high:Q"
    )
    point = (
        alt.Chart(alt.InlineData(values=values))
        .mark_point(size=70, filled=True, strokeWidth=2, opacity=1)
        .encode(
            y=alt.Y("group:N", sort=names),
            x="mean:Q",
            stroke=alt.Stroke("side:N", scale=scale, legend=None),
            shape=alt.Shape("side:N", scale=alt.Scale(domain=sides, range=["circle", "square"]), legend=None),
            fill=alt.Fill("fill:N", scale=None, legend=None),
        )
    )
    zero = (
        alt.Chart(alt.InlineData(values=[{"zero": 0}]))
        .mark_rule(color=INK, strokeDash=[3, 3])
        .encode(x="zero:Q")
    )
    return (zero + whisker + point).properties(width="container", height=AXIS + ROW * len(names))
