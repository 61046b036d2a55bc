"""Occupancy and void days by form and by house, and where places lack."""

from ui.frame.desk import Desk
from ui.manager.count_tables import show_table
from ui.manager.day import begin, end, figures_of, whose_day

BARS = {"occupied": "places", "empty_days": "short"}


def show(desk: Desk) -> None:
    """Show occupancy."""
    begin(desk, "occupancy")
    day = figures_of(desk, "/occupancy")
    whose_day(desk, day)
    show_table(desk, day, "occupancy_forms", bars=BARS)
    narrow = figures_of(desk, "/bottlenecks")
    show_table(desk, narrow, "short_groups", none="manager.occupancy.nobody_short")
    show_table(desk, narrow, "one_more_place", none="manager.occupancy.nobody_short")
    show_table(desk, day, "occupancy_houses", bars=BARS)
    end(day)
