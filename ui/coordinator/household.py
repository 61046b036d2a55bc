"""One household: what is known and not, which places are possible and why, who is ahead, what would help."""

from typing import Any

import streamlit as st

from ui.coordinator import (
    household_facts,
    household_history,
    household_places,
    household_standing,
    household_wait,
    household_work,
)
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, header
from ui.frame.pools import Pools
from ui.frame.turning import asked_for, go_to

PARTS = {
    "facts": household_facts.show,
    "places": household_places.show,
    "ahead": household_standing.show_ahead,
    "help": household_standing.show_help,
    "recommended": household_places.show_recommended,
    "wait": household_wait.show,
    "work": household_work.show,
    "history": household_history.show,
}


def show(desk: Desk) -> None:
    """Show the household that the address names."""
    texts, household_id = desk.texts, asked_for("id")
    if household_id is None:
        header(texts("page.household"))
        empty(texts("household.choose"))
        return
    case = opened(desk, f"/households/{household_id}")
    pools = Pools(desk)
    header(household_id, _lead(desk, case), texts("household.above"))
    _offers(desk, pools, household_id)
    part = st.segmented_control(
        texts("household.parts"),
        tuple(PARTS),
        default="facts",
        required=True,
        format_func=lambda name: texts(f"household.tab_{name}"),
        key="household-part",
        label_visibility="collapsed",
        persist_state="session",
    )
    PARTS[part or "facts"](desk, pools, case)


def _lead(desk: Desk, case: dict[str, Any]) -> str:
    texts = desk.texts
    if not case["candidate"]:
        return texts("household.lead_out")
    return texts("household.lead_candidate", tier=case["tier"], points=texts.count("points", case["points"]))


def _offers(desk: Desk, pools: Pools, household_id: str) -> None:
    texts = desk.texts
    found = opened(desk, "/offers", household=household_id, state=["proposed", "offered", "accepted"])[
        "items"
    ]
    for offer in found:
        with st.container(
            horizontal=True, vertical_alignment="center", border=True, key=f"of-{offer['offer_id']}"
        ):
            st.write(
                texts(
                    "household.offer_line",
                    place=pools.name(offer["pool_id"]),
                    state=texts.word("offer_state", offer["state"]),
                )
            )
            if st.button(texts("household.to_offer"), key=f"open-{offer['offer_id']}"):
                go_to("offer", id=offer["offer_id"])
    if not found:
        st.write(texts("household.no_proposal"))
