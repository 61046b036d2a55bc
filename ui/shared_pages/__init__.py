"""Pages that several roles share: the map of housing, the policy, runs and replay, the log, the users."""

from collections.abc import Sequence

from ui.frame.view import View
from ui.shared_pages import history, housing_map, policy, record, users

VIEWS: Sequence[View] = (
    View("users", users.show, "user.manage"),
    View("record", record.show, "audit.read"),
    View("housing-map", housing_map.show, "place.read"),
    View("policy", policy.show, "policy.read"),
    View("history", history.show, "plan.read"),
)
