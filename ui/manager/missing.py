"""Where data is missing: the facts that are unknown, the most lacking first."""

from ui.frame.desk import Desk
from ui.manager.count_tables import show_table
from ui.manager.day import begin, end, figures_of, whose_day


def show(desk: Desk) -> None:
    """Show what is unknown."""
    begin(desk, "missing")
    day = figures_of(desk, "/missing")
    whose_day(desk, day)
    show_table(desk, day, "missing", bars={"share": "short"})
    end(day)
