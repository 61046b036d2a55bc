"""Occupancy and void days by form and by house, and where places lack."""

from ui.frame.desk import Desk
from ui.manager.count_tables import show_table
from ui.manager.day import Day, begin, end, figures_of, whose_day

BARS = {"occupied": "places", "empty_days": "short"}


def show(desk: Desk) -> None:
    """Show occupancy."""
    begin(desk, "occupancy")
    day = figures_of(desk, "/occupancy")
    whose_day(desk, day)
    show_table(desk, day, "occupancy_forms", bars=BARS)
    narrow = figures_of(desk, "/bottlenecks")
    _name_groups(desk, narrow)
    show_table(desk, narrow, "short_groups", none="manager.occupancy.nobody_short")
    show_table(desk, narrow, "one_more_place", none="manager.occupancy.nobody_short")
    show_table(desk, day, "occupancy_houses", bars=BARS)
    end(day)


def _name_groups(desk: Desk, narrow: Day) -> None:
    """Groups of people bear a number; say that it is a group's."""
    table = narrow.tables.get("short_groups")
    if table is not None:
        rows = [
            {**row, "name": desk.texts("manager.occupancy.group", n=row["row_id"])} for row in table["rows"]
        ]
        narrow.tables["short_groups"] = {**table, "rows": rows}
