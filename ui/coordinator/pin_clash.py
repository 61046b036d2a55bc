"""What a pin or block cannot be kept together with: the fewest that no plan keeps, as far as one may see."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.coordinator.acting import do
from ui.coordinator.pins import CLASH, KINDS
from ui.desk_client import Refused
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.once import done, once_key
from ui.frame.page import note
from ui.frame.pools import Pools
from ui.frame.tables import Column, opening, table_html, tag, two_lines
from ui.frame.turning import go_to

CANNOT_HOLD = "pin_cannot_hold"
OF_LIMIT = {"pins": "pin", "blocks": "block"}
"""What the answer calls a limit, and what a person calls one of its pairs."""


def pin(desk: Desk, name: str, body: Mapping[str, Any], said: str) -> None:
    """Keep a pin or block, or remember what it cannot be kept together with."""
    st.session_state.pop(CLASH, None)

    def act() -> None:
        try:
            desk.client.post("/pins", body, once_key(name))
        except Refused as refused:
            if refused.key == CANNOT_HOLD:
                st.session_state[CLASH] = (name, body["pool_id"], body["kind"], refused.changed)
            raise
        done(name)

    do(desk, name, act, said)


def show_clash(desk: Desk, pools: Pools, household_id: str, name: str) -> None:
    """Show what the pair that was wanted last cannot be kept together with, each with its household."""
    kept = st.session_state.get(CLASH)
    if kept is None or kept[0] != name:
        return
    texts, (_, wanted, wanted_kind, changed) = desk.texts, kept
    together, others = changed.get("together") or [], changed.get("of_others") or 0
    if len(together) == 1 and not others:
        note(texts("pins.cannot_alone", place=pools.name(wanted)), "stops")
    elif together:
        columns = [Column(texts(f"pins.{part}")) for part in ("household", "kind", "place", "which")]
        lines = []
        for one in together:
            kind = OF_LIMIT[one["kind"]]
            new = (one["household_id"], one["pool_id"], kind) == (household_id, wanted, wanted_kind)
            lines.append(
                [
                    opening(one["household_id"], one["household_id"]),
                    tag(texts(f"pins.{kind}"), KINDS[kind]),
                    two_lines(pools.name(one["pool_id"]), pools.about(one["pool_id"])),
                    texts("pins.wanted_now" if new else "pins.in_force"),
                ]
            )
        pressed = clicked(table_html(columns, lines, texts("pins.clash")), "pin-clash-pairs")
        if pressed is not None:
            go_to("household", id=pressed)
    if others:
        note(texts.count("pin_of_others", others), "waits")
