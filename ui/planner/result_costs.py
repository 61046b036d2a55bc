"""What a scenario costs: places lived in, empty ones, restoration, support and hotel, each by itself."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ui.frame.charts import chart
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, note, section
from ui.frame.tables import Cell, Column, Markup
from ui.planner.measures import MILLION, differing, in_lines, level, names_on_axis, number, numbers_on_axis
from ui.planner.rests_on import basis_tag
from ui.theme import SERIES

PARTS = ("cost_sek", "cost_support_sek", "cost_hotel_sek", "cost_void_sek", "cost_restoration_sek")
PRICES = {
    "cost_support_sek": "cost.support_month_sek",
    "cost_hotel_sek": "cost.hotel_night_sek",
    "cost_restoration_sek": "cost.restoration_sek",
}
"""The rates that the price of a part rests on; a place's own price is the city's."""

MEASURED, ASSUMED = "measured", "assumed"
TOTAL = "cost_total_sek"
ROW, AXIS = 44, 140
Run = Mapping[str, Any]


def show_costs(desk: Desk, run: Run) -> None:
    """Show the parts of each scenario's cost over the whole time, and how they differ."""
    import altair as alt

    texts = desk.texts
    named = {arm["name"]: arm["title"] for arm in run["figures"]}
    arms = run["results"]
    said = {part: texts(f"measure.{part}") for part in PARTS}
    values = [
        {
            "scenario": in_lines(named[arm["name"]]),
            "part": said[part],
            "at": at,
            "sek": arm["measures"][part]["total"]["mean"] / MILLION,
        }
        for arm in arms
        for at, part in enumerate(PARTS)
        if part in arm["measures"] and arm["measures"][part]["total"]["mean"] is not None
    ]
    if not values:
        section(texts("result.costs"))
        empty(texts("result.costs_hidden"))
        return
    names = [named[arm["name"]] for arm in arms]
    legend = alt.Legend(title=None, columns=1, labelLimit=400)
    drawn = (
        alt.Chart(alt.InlineData(values=values), width="container", height=AXIS + ROW * len(names))
        .mark_bar(stroke="white", strokeWidth=1.5)
        .encode(
            y=alt.Y("scenario:N", sort=[in_lines(name) for name in names], title=None, axis=names_on_axis()),
            x=alt.X(
                "sum(sek):Q",
                title=texts("result.cost_axis"),
                axis=alt.Axis(labelExpr=numbers_on_axis(texts), tickCount=5),
            ),
            color=alt.Color(
                "part:N",
                sort=list(said.values()),
                legend=legend,
                scale=alt.Scale(domain=list(said.values()), range=list(SERIES[: len(PARTS)])),
            ),
            order="at:Q",
        )
    )
    columns = [Column(texts("result.cost_part")), Column(names[0], number=True)]
    for name in names[1:]:
        columns += [Column(name, number=True), Column(texts("result.differs"), number=True)]
    rows: list[list[Cell]] = []
    rates: Sequence[Run] = opened(desk, f"/scenario-runs/{run['experiment_id']}/assumptions")
    for part in PARTS:
        rests = basis_tag(texts, _basis(rates, part)).html
        row: list[Cell] = [Markup(f"{escape(said[part])}<br>{rests}"), _level(desk, arms[0], part)]
        for arm in arms[1:]:
            row += [_level(desk, arm, part), _difference(desk, arm, part)]
        rows.append(row)
    chart(
        desk,
        texts("result.costs_title", weeks=texts.count("week", run["weeks"])),
        _told(desk, run),
        drawn,
        columns,
        rows,
    )
    note(texts("result.costs_about"))


def _basis(rates: Sequence[Run], part: str) -> str:
    """What the price of a part rests on: assumed as soon as one of its rates is."""
    key = PRICES.get(part)
    if key is None:
        return MEASURED
    found = {rate["basis"] for rate in rates if rate["key"].startswith(key)}
    return ASSUMED if ASSUMED in found or not found else str(min(found))


def _level(desk: Desk, arm: Mapping[str, Any], part: str) -> Markup | str | None:
    found = arm["measures"].get(part)
    return None if found is None else level(desk.texts, part, found["total"])


def _difference(desk: Desk, arm: Mapping[str, Any], part: str) -> Markup | None:
    found = arm["difference"].get(part)
    return None if found is None else differing(desk.texts, part, found)


def _told(desk: Desk, run: Run) -> str:
    """The whole cost of each scenario, as the API counts it."""
    texts = desk.texts
    told = []
    for arm in run["figures"]:
        one = next((one for one in arm["figures"] if one["measure"] == TOTAL), None)
        if one is None:
            continue
        key = "result.cost_a_year" if one["a_year"] else "result.cost_in_all"
        side = one.get("after") or one["before"]
        told.append(texts(key, title=arm["title"], n=number(texts, TOTAL, side["mean"])))
    return " ".join(told)
