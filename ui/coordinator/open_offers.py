"""Offers of a household: those under way above every part of its page, and all of them among its casework."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from ui.coordinator.chain_lines import state_tag
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty
from ui.frame.pools import Pools
from ui.frame.tables import Column, Markup, opening, table_html, two_lines
from ui.frame.turning import go_to

UNDER_WAY = ("proposed", "offered", "accepted")
Case = Mapping[str, Any]


def offered(desk: Desk, case: Case) -> Collection[str]:
    """The pools that a household is proposed or offered."""
    return {offer["pool_id"] for offer in _under_way(desk, case)}


def _under_way(desk: Desk, case: Case) -> Sequence[Case]:
    found: Sequence[Case] = opened(desk, "/offers", household=case["household_id"], state=list(UNDER_WAY))[
        "items"
    ]
    return found


def show_under_way(desk: Desk, pools: Pools, case: Case) -> None:
    """Show what is under way, with the way to it; and the way to tonight's bed."""
    texts, found = desk.texts, _under_way(desk, case)
    for offer in found:
        with st.container(
            horizontal=True, vertical_alignment="center", border=True, key=f"of-{offer['offer_id']}"
        ):
            state = texts.word("offer_state", offer["state"])
            st.write(texts("household.offer_line", place=pools.name(offer["pool_id"]), state=state))
            if st.button(texts("household.to_offer"), key=f"open-{offer['offer_id']}"):
                go_to("offer", id=offer["offer_id"])
    with st.container(horizontal=True, vertical_alignment="center", key="no-proposal"):
        if not found:
            st.write(texts("household.no_proposal"))
        if st.button(texts("tonight.for_household"), key="to-tonight"):
            go_to("tonight", id=case["household_id"])


def show_all(desk: Desk, pools: Pools, case: Case) -> None:
    """Show every offer there has been; a no and a moving in lead on from there."""
    texts = desk.texts
    found = opened(desk, "/offers", household=case["household_id"], limit=100)["items"]
    if not found:
        empty(texts("offers.none"))
        return
    columns = [Column(texts(f"offers.{name}")) for name in ("place", "state", "contact", "changed")]
    latest = sorted(found, key=lambda offer: offer["changed_at"], reverse=True)
    rows = [
        [
            two_lines(
                opening(pools.name(offer["pool_id"]), offer["offer_id"]), pools.about(offer["pool_id"])
            ),
            Markup(state_tag(texts, offer["state"])),
            two_lines(texts.short_day(offer["next_contact_on"]), offer["next_contact_by"]),
            texts.moment(offer["changed_at"]),
        ]
        for offer in latest
    ]
    pressed = clicked(table_html(columns, rows, texts("offers.caption")), "all-offers")
    if pressed is not None:
        go_to("offer", id=pressed)
