"""The planner's desk, which the manager may read too: what-ifs, runs, what to build, what it rests on."""

from collections.abc import Sequence

from ui.frame.view import View
from ui.planner import (
    assumptions,
    back_test,
    building,
    capacity,
    library,
    result,
    runs,
    scenario,
    stay_costs,
)

VIEWS: Sequence[View] = (
    View("whatif", library.show, "scenario.read"),
    View("build", building.show, "scenario.run"),
    View("runs", runs.show, "scenario.read"),
    View("capacity", capacity.show, "scenario.read"),
    View("stay-costs", stay_costs.show, "scenario.read"),
    View("assumptions", assumptions.show, "scenario.read"),
    View("back-test", back_test.show, "scenario.read"),
    View("scenario", scenario.show, "scenario.read", listed=False),
    View("result", result.show, "scenario.read", listed=False),
)
