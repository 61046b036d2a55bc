"""What a case carries besides the queue: offers, leaving an institution, decisions, requests, follow-ups."""

from collections.abc import Callable, Mapping
from typing import Any

from ui.coordinator import assistance, child_checklist, discharges, follow_ups, open_offers, provider_requests
from ui.coordinator.answers import children_among
from ui.coordinator.fields import part_of
from ui.coordinator.leading import KIND
from ui.frame.desk import Desk
from ui.frame.pools import Pools

Case = Mapping[str, Any]
KINDS: Mapping[str, Callable[[Desk, Pools, Case], None]] = {
    "offers": open_offers.show_all,
    "leaving": discharges.of_household,
    "assistance": assistance.of_household,
    "requests": provider_requests.of_household,
    "follow_ups": follow_ups.of_household,
    "hotel": child_checklist.of_household,
}


def show(desk: Desk, pools: Pools, case: Case) -> None:
    """Show one kind of casework; the check list of children only where there are any."""
    kinds = [kind for kind in KINDS if kind != "hotel" or children_among(desk, case["members"])]
    KINDS[part_of(desk, kinds, "casework.", KIND)](desk, pools, case)
