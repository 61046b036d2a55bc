"""Counts over time as lines, with an interval where there is one; hidden counts leave a gap in the line."""

from collections.abc import Mapping
from typing import Any

from ui.frame.charts import chart
from ui.frame.desk import Desk
from ui.frame.tables import Cell, Column
from ui.manager.cells import EXACT, cell_markup
from ui.manager.day import Table
from ui.texts import Texts
from ui.theme import SERIES

HEIGHT = 280


def over_time(desk: Desk, table: Table, title: str, sentence: str, columns: Mapping[str, str]) -> None:
    """Show columns of a table whose rows are days, as lines by day; the table stands below.

    Parameters
    ----------
    columns
        The columns that are drawn, with what each line is called.
    """
    import altair as alt

    at = {one["column_id"]: i for i, one in enumerate(table["columns"])}
    values = [
        {"day": row["row_id"], "value": row["cells"][at[key]]["value"], "line": said}
        for row in table["rows"]
        for key, said in columns.items()
        if row["cells"][at[key]]["shown"] == EXACT
    ]
    names = list(columns.values())
    drawn = (
        alt.Chart(alt.InlineData(values=values), height=HEIGHT, width="container")
        .mark_line(point=alt.OverlayMarkDef(size=55, filled=True), strokeWidth=2.5)
        .encode(
            x=_days(desk.texts),
            y=alt.Y("value:Q", title=table["unit"], scale=alt.Scale(zero=True), axis=_numbers(desk.texts)),
            color=alt.Color("line:N", sort=names, scale=_colours(names), title=None),
            strokeDash=alt.StrokeDash("line:N", sort=names, title=None),
            shape=alt.Shape("line:N", sort=names, title=None),
        )
    )
    chart(desk, title, sentence, drawn, *_as_table(desk, table))


def ahead(desk: Desk, table: Table, sentence: str) -> None:
    """Show a mean with its interval, week by week."""
    import altair as alt

    at = {one["column_id"]: i for i, one in enumerate(table["columns"])}
    values = [
        {"day": row["row_id"], **{key: row["cells"][at[key]]["value"] for key in ("mean", "low", "high")}}
        for row in table["rows"]
    ]
    base = alt.Chart(alt.InlineData(values=values), height=HEIGHT, width="container").encode(
        x=_days(desk.texts)
    )
    scale = alt.Scale(zero=True)
    band = base.mark_area(color=SERIES[0], opacity=0.18).encode(
        y=alt.Y("low:Q", title=table["unit"], scale=scale, axis=_numbers(desk.texts)), y2="high:Q"
    )
    line = base.mark_line(color=SERIES[0], strokeWidth=2.5).encode(y=alt.Y("mean:Q", scale=scale))
    chart(desk, table["title"], sentence, band + line, *_as_table(desk, table))


def _days(texts: Texts) -> Any:
    import altair as alt

    months = "['" + "','".join(texts.locale.months["format"]["abbreviated"][n] for n in range(1, 13)) + "']"
    said = f"date(datum.value) + ' ' + {months}[month(datum.value)] + ' ' + year(datum.value)"
    return alt.X("day:T", title=None, axis=alt.Axis(labelExpr=said, labelOverlap=True, tickCount=6))


def _numbers(texts: Texts) -> Any:
    import altair as alt

    apart = texts.locale.number_symbols["latn"]["group"]
    return alt.Axis(tickMinStep=1, labelExpr=f"replace(format(datum.value, ',d'), /,/g, '{apart}')")


def _colours(names: list[str]) -> Any:
    import altair as alt

    return alt.Scale(domain=names, range=list(SERIES[: len(names)]))


def _as_table(desk: Desk, table: Table) -> tuple[list[Column], list[list[Cell]]]:
    columns = [Column(desk.texts("manager.day"))]
    columns += [Column(f"{one['name']}, {one['unit']}", number=True) for one in table["columns"]]
    rows: list[list[Cell]] = [
        [row["name"], *(cell_markup(desk.texts, cell) for cell in row["cells"])] for row in table["rows"]
    ]
    return columns, rows
