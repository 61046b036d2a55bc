"""The manager's desk, which the planner may read too: counts of the city, never a case."""

from collections.abc import Sequence

from ui.frame.view import View
from ui.manager import casework, equity, gap, indicators, missing, occupancy, report

VIEWS: Sequence[View] = (
    View("gap", gap.show, "count.read"),
    View("equity", equity.show, "count.read"),
    View("indicators", indicators.show, "count.read"),
    View("occupancy", occupancy.show, "count.read"),
    View("casework", casework.show, "count.read"),
    View("missing", missing.show, "count.read"),
    View("report", report.show, "report.run"),
)
