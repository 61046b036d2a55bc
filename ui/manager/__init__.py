"""The manager's desk, which the planner may read too: counts of the city, never a case."""

from collections.abc import Sequence

from ui.frame.view import View
from ui.manager.casework import show as show_casework
from ui.manager.equity import show as show_equity
from ui.manager.gap import show as show_gap
from ui.manager.indicators import show as show_indicators
from ui.manager.missing import show as show_missing
from ui.manager.occupancy import show as show_occupancy
from ui.manager.report import show as show_report

VIEWS: Sequence[View] = (
    View("gap", show_gap, "count.read"),
    View("equity", show_equity, "count.read"),
    View("indicators", show_indicators, "count.read"),
    View("occupancy", show_occupancy, "count.read"),
    View("casework", show_casework, "count.read"),
    View("missing", show_missing, "count.read"),
    View("report", show_report, "report.run"),
)
