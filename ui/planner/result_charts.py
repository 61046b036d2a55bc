"""Charts of a run: how much each scenario differs, with its interval, and how it goes month by month."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.frame.charts import chart
from ui.frame.desk import Desk
from ui.frame.page import section
from ui.frame.tables import Cell, Column
from ui.planner.measures import (
    MILLION,
    differing,
    figure,
    figures_by_measure,
    in_lines,
    is_money,
    level,
    measure_name,
    names_on_axis,
    numbers_on_axis,
    span,
    title_in_lines,
    unit_name,
)
from ui.texts import Texts
from ui.theme import INK, SERIES, SHEET, SOFT

ROW, AXIS, HEIGHT = 40, 70, 380
BY_MONTH = (
    *("waiting", "placed", "women_gap_structural", "women_gap_now", "nights_outdoors", "nights_shelter"),
    *("nights_hotel", "child_nights_hotel", "moves_temporary", "school_changes", "cost_sek", "cost_void_sek"),
    *("waiting_median_days", "wait_median_days", "arrivals", "exits", "refusals"),
)
"""Measures that are told month by month, the most asked for first."""

PARTS = ("mean", "low", "high")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4], [10, 4])
Run = Mapping[str, Any]


def compared(desk: Desk, run: Run) -> None:
    """Show how each scenario differs from today's city in one measure, with 95 % intervals."""
    import altair as alt

    texts, arms = desk.texts, run["figures"][1:]
    if not arms:
        return
    measures = [one["measure"] for one in run["figures"][0]["figures"]]
    measure = st.selectbox(
        texts("result.choose_measure"),
        measures,
        index=measures.index("waiting") if "waiting" in measures else 0,
        format_func=lambda name: measure_name(texts, name),
        key="result-measure",
        width=480,
        persist_state="session",
    )
    found = {arm["title"]: figures_by_measure(arm).get(measure) for arm in arms}
    told = {title: one for title, one in found.items() if one is not None}
    a_year = any(one["a_year"] for one in told.values())
    title = f"{measure_name(texts, measure)}, {unit_name(texts, measure, a_year)}"
    values = [
        {
            "scenario": in_lines(name),
            **{part: _drawn(measure, one["difference"][part]) for part in PARTS},
            "sure": texts(f"verdict_of.{one['verdict']}"),
            "clear": one["verdict"] == "clear",
        }
        for name, one in told.items()
    ]
    base = alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("scenario:N", sort=[in_lines(name) for name in told], title=None, axis=names_on_axis())
    )
    axis = alt.Axis(tickCount=5, labelOverlap=True, labelExpr=numbers_on_axis(texts))
    whisker = base.mark_rule(strokeWidth=3, color=SERIES[0]).encode(
        x=alt.X("low:Q", title=title_in_lines(texts("result.difference_axis")), axis=axis), x2="high:Q"
    )
    point = base.mark_point(size=120, filled=True, stroke=SERIES[0], strokeWidth=2.5, opacity=1).encode(
        x="mean:Q", fill=alt.condition("datum.clear", alt.value(SERIES[0]), alt.value(SHEET))
    )
    zero = (
        alt.Chart(alt.InlineData(values=[{"zero": 0}]))
        .mark_rule(color=INK, strokeDash=[3, 3])
        .encode(x="zero:Q")
    )
    chart(
        desk,
        title,
        _compared_told(texts, measure, told),
        (zero + whisker + point).properties(width="container", height=AXIS + ROW * len(values)),
        [
            Column(texts("result.scenario")),
            Column(texts("result.today"), number=True),
            Column(texts("result.after"), number=True),
            Column(texts("result.differs"), number=True),
        ],
        [
            [
                name,
                level(texts, measure, one["before"]),
                level(texts, measure, one["after"]),
                differing(texts, measure, one["difference"], one["verdict"]),
            ]
            for name, one in told.items()
        ],
    )


def _compared_told(texts: Texts, measure: str, told: Mapping[str, Any]) -> str:
    parts = []
    for name, one in told.items():
        interval = span(texts, measure, one["difference"], sign=True)
        key = "result.one_difference" if interval else "result.one_difference_bare"
        words = {"interval": interval} if interval else {}
        parts.append(
            texts(
                key,
                title=name,
                n=figure(texts, measure, one["difference"], sign=True),
                sure=texts(f"verdict_of.{one['verdict']}"),
                **words,
            )
        )
    return "; ".join(parts) + ". " + texts("result.how_to_read")


def month_by_month(desk: Desk, run: Run) -> None:
    """Show a measure month by month, as it is or as it differs from today's city."""
    texts, arms = desk.texts, run["results"]
    known = [name for name in BY_MONTH if name in arms[0].get("months", {})]
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    with left:
        measure = st.selectbox(
            texts("result.choose_measure"),
            known,
            format_func=lambda name: measure_name(texts, name),
            key="result-month-measure",
            persist_state="session",
        )
    with right:
        way = st.segmented_control(
            texts("result.as_what"),
            ("levels", "differences"),
            default="levels",
            required=True,
            format_func=lambda name: texts(f"result.{name}"),
            key="result-month-way",
            persist_state="session",
        )
    named = {arm["name"]: arm["title"] for arm in run["figures"]}
    differs = way == "differences" and len(arms) > 1
    lines = {
        named[arm["name"]]: arm["months"][measure]["difference"] if differs else arm["months"][measure]
        for arm in (arms[1:] if differs else arms)
    }
    weekly = texts("measure_unit.a_week") if _is_flow(measure) else ""
    unit = ", ".join(part for part in (unit_name(texts, measure), weekly) if part)
    title = f"{measure_name(texts, measure)}, {unit}"
    first = 1 if differs else 0
    drawn = _lines(texts, run["months"], lines, measure, unit, first)
    chart(
        desk,
        title,
        _months_told(texts, run, lines, measure),
        drawn,
        *_months_table(texts, run, lines, measure),
    )
    _clear_from(desk, run, measure, named)


def _lines(
    texts: Texts, months: Sequence[str], lines: Mapping[str, Any], measure: str, unit: str, first: int
) -> Any:
    import altair as alt

    values = [
        {"month": month, "line": name, **{part: _drawn(measure, of[part][at]) for part in PARTS}}
        for name, of in lines.items()
        for at, month in enumerate(months)
        if of["mean"][at] is not None
    ]
    names = list(lines)
    colours = alt.Scale(domain=names, range=[SERIES[(first + n) % len(SERIES)] for n in range(len(names))])
    dashes = alt.Scale(domain=names, range=[DASHES[(first + n) % len(DASHES)] for n in range(len(names))])
    legend = alt.Legend(
        title=None, columns=1, labelLimit=600, symbolType="stroke", symbolSize=500, symbolOpacity=1
    )
    base = alt.Chart(alt.InlineData(values=values)).encode(
        # A place for each month rather than a scale of time, whose marks fall at days of their own.
        x=alt.X("month:O", title=None, axis=_months_axis(texts), scale=alt.Scale(type="point", padding=0.2)),
        color=alt.Color("line:N", sort=names, scale=colours, legend=legend),
    )
    zero = alt.Scale(zero=bool(first))
    axis = alt.Axis(labelExpr=numbers_on_axis(texts))
    band = base.mark_area(opacity=0.16).encode(
        y=alt.Y("low:Q", title=unit, scale=zero, axis=axis), y2="high:Q"
    )
    line = base.mark_line(strokeWidth=2.5).encode(
        y=alt.Y("mean:Q", scale=zero, title=unit),
        strokeDash=alt.StrokeDash("line:N", sort=names, scale=dashes, legend=legend),
    )
    rule = alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=SOFT).encode(y="zero:Q")
    layers = rule + band + line if first else band + line
    return layers.properties(width="container", height=HEIGHT)


def _months_axis(texts: Texts) -> Any:
    """An axis of months written as 2026-01, by their names."""
    import altair as alt

    short = texts.locale.months["format"]["abbreviated"]
    names = "['" + "','".join(short[n] for n in range(1, 13)) + "']"
    told = f"{names}[toNumber(slice(datum.value, 5)) - 1] + ' ' + slice(datum.value, 0, 4)"
    return alt.Axis(labelExpr=told, labelAngle=0, labelOverlap="greedy", labelSeparation=8)


def _months_told(texts: Texts, run: Run, lines: Mapping[str, Any], measure: str) -> str:
    months = run["months"]
    parts = [
        texts(
            "result.line_told",
            title=name,
            first=figure(texts, measure, _moment(of, 0)),
            last=figure(texts, measure, _moment(of, -1)),
        )
        for name, of in lines.items()
    ]
    return texts(
        "result.months_told",
        first=texts.month(months[0]),
        last=texts.month(months[-1]),
        lines="; ".join(parts),
    )


def _months_table(
    texts: Texts, run: Run, lines: Mapping[str, Any], measure: str
) -> tuple[list[Column], list[list[Cell]]]:
    columns = [Column(texts("result.month")), *(Column(name, number=True) for name in lines)]
    rows: list[list[Cell]] = [
        [
            texts.month(month),
            *(level(texts, measure, _moment(of, at)) for of in lines.values()),
        ]
        for at, month in enumerate(run["months"])
    ]
    return columns, rows


def _moment(of: Mapping[str, Any], at: int) -> dict[str, Any]:
    """The figure of one month, as it is told."""
    return {part: of[part][at] for part in (*PARTS, "shown") if part in of}


def _clear_from(desk: Desk, run: Run, measure: str, named: Mapping[str, str]) -> None:
    """From when on each scenario differs for certain."""
    texts = desk.texts
    told = []
    for arm in run["results"][1:]:
        week = arm.get("clear_from_week", {}).get(measure)
        title = named[arm["name"]]
        told.append(
            texts("result.never_clear", title=title)
            if week is None
            else texts("result.clear_from", title=title, n=texts.number(week + 1))
        )
    if told:
        section(texts("result.when_clear"), " ".join(told))


def _is_flow(measure: str) -> bool:
    """Whether a month's figure is a week's worth: everything but what stands at the end of a week."""
    return measure not in (
        *("waiting", "paused", "women_gap_now", "women_gap_structural", "occupied"),
        *("waiting_median_days", "waiting_p90_days", "wait_median_days", "wait_p90_days"),
    )


def _drawn(measure: str, value: float | None) -> float | None:
    return value / MILLION if value is not None and is_money(measure) else value
