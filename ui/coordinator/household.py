"""One household: what is known and not, which places are possible and why, who is ahead, what would help."""

from typing import Any

from ui.coordinator import (
    household_casework,
    household_facts,
    household_history,
    household_places,
    household_standing,
    household_wait,
    household_work,
    open_offers,
)
from ui.coordinator.fields import part_of
from ui.coordinator.leading import PART
from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.lasting import city_day
from ui.frame.opened import opened_version
from ui.frame.page import empty, header
from ui.frame.pools import Pools
from ui.frame.turning import asked_for
from ui.texts import as_day

PARTS = {
    "facts": household_facts.show,
    "places": household_places.show,
    "ahead": household_standing.show_ahead,
    "help": household_standing.show_help,
    "recommended": household_places.show_recommended,
    "wait": household_wait.show,
    "work": household_work.show,
    "casework": household_casework.show,
    "history": household_history.show,
}


def show(desk: Desk) -> None:
    """Show the household that the address names."""
    texts, household_id = desk.texts, asked_for("id")
    if household_id is None:
        header(texts("page.household"))
        empty(texts("household.choose"))
        return
    case, _ = opened_version(desk, f"/households/{part(household_id)}")
    pools = Pools(desk)
    header(household_id, _lead(desk, case), texts("household.above"))
    open_offers.show_under_way(desk, pools, case)
    PARTS[part_of(desk, tuple(PARTS), "household.tab_", PART)](desk, pools, case)


def _lead(desk: Desk, case: dict[str, Any]) -> str:
    texts = desk.texts
    parked = as_day(case["household"]["unavailable_until"])
    if not case["candidate"] and parked is not None and parked >= city_day(desk):
        return texts("household.lead_parked", day=texts.day(parked))
    if not case["candidate"]:
        return texts("household.lead_out")
    return texts("household.lead_candidate", tier=case["tier"], points=texts.count("points", case["points"]))
