"""The programme's seven indicators beside their base year, and homelessness as the city counts it."""

from typing import Any

from ui.frame.desk import Desk
from ui.frame.page import empty, section
from ui.frame.tables import Markup, tag
from ui.manager.cells import Cell, cell_markup
from ui.manager.count_tables import show_table
from ui.manager.day import Table, begin, end, figures_of, whose_day
from ui.manager.lines import over_time

ENOUGH = 2


def show(desk: Desk) -> None:
    """Show the indicators."""
    begin(desk, "indicators")
    day = figures_of(desk, "/indicators")
    whose_day(desk, day)
    unknown = {key: _uncounted(desk) for key in ("now", "since_base")}
    source = desk.texts("manager.indicators.source", source=day.tables["indicators"]["source"])
    show_table(desk, day, "indicators", cells=unknown, lead=source)
    _months(desk, day.tables["indicator_months"])
    people = figures_of(desk, "/figures/homelessness")
    show_table(desk, people, "homelessness")
    show_table(desk, people, "homelessness_units", bars={"people": "second"})
    end(day)


def _uncounted(desk: Desk) -> Any:
    """A figure that cannot be computed says so."""

    def drawn(cell: Cell) -> Markup:
        if cell["shown"] == "unknown":
            return tag(desk.texts("manager.indicators.uncounted"), "neutral")
        return cell_markup(desk.texts, cell)

    return drawn


def _months(desk: Desk, table: Table) -> None:
    texts = desk.texts
    if len(table["rows"]) < ENOUGH:
        section(table["title"])
        empty(texts("manager.indicators.one_month"))
        return
    columns = {one["column_id"]: one["name"] for one in table["columns"]}
    newest, oldest = table["rows"][0], table["rows"][-1]
    sentence = texts(
        "manager.indicators.series",
        since=oldest["name"],
        then=oldest["cells"][0]["text"],
        until=newest["name"],
        now=newest["cells"][0]["text"],
    )
    over_time(desk, table, table["title"], sentence, columns)
