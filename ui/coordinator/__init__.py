"""The coordinator's desk, and the caseworker's: today's proposals, households, places, questions."""

from collections.abc import Sequence

from ui.coordinator import (
    asking,
    household,
    households,
    imports,
    morning,
    new_case,
    offer,
    place,
    plans,
    today,
    tonight,
    vacancies,
    waitlist,
)
from ui.frame.view import View

VIEWS: Sequence[View] = (
    View("today", today.show, "offer.decide"),
    View("tonight", tonight.show, "case.read"),
    View("morning", morning.show, "case.read"),
    View("waitlist", waitlist.show, "case.read"),
    View("households", households.show, "case.read"),
    View("places", vacancies.show, "case.read"),
    View("plans", plans.show, "plan.run"),
    View("imports", imports.show, "import.run"),
    View("asking", asking.show, "case.read", listed=False),
    View("offer", offer.show, "offer.decide", listed=False),
    View("household", household.show, "case.read", listed=False),
    View("new-case", new_case.show, "case.write", listed=False),
    View("place", place.show, "case.read", listed=False),
)
