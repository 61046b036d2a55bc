"""What a manager follows of the work: children in hotels, staying on, proposals, refusals, decisions."""

from ui.frame.desk import Desk
from ui.manager.count_tables import show_table
from ui.manager.day import begin, end, figures_of, whose_day


def show(desk: Desk) -> None:
    """Show the figures of the work."""
    begin(desk, "casework")
    day = figures_of(desk, "/manager")
    whose_day(desk, day)
    show_table(desk, day, "hotel_children")
    show_table(desk, day, "staying_on", bars={"share": "second"})
    show_table(desk, day, "followed", bars={"share": "second"}, none="manager.casework.none_settled")
    show_table(desk, day, "followed_units", bars={"share": "second"}, none="manager.casework.none_settled")
    show_table(
        desk, day, "accepted_nowhere", bars={"households": "short"}, none="manager.casework.all_accepted"
    )
    show_table(desk, day, "decisions")
    show_table(desk, day, "declines", bars={"declines": "second"}, none="manager.casework.none_declined")
    end(day)
