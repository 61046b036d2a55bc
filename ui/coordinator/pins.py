"""Pins and blocks in force: whom they are about, why and until when; each can be lifted, with a reason."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from models.offers import DepartureReason
from ui.coordinator.acting import do, typed
from ui.coordinator.fields import WIDE, one_of
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Column, Meaning, opening, table_html, tag, two_lines
from ui.frame.turning import go_to

Row = dict[str, Any]
KINDS: dict[str, Meaning] = {"pin": "good", "block": "stops"}
LIFT, LIFTED = "lift:", "pin-to-lift"
CLASH = "pin-clash"
"""Where it is kept what a pin could not be kept together with."""


def pins_of(desk: Desk, pools: Pools, household_id: str) -> None:
    """Show what holds for a household."""
    found = opened(desk, "/pins", household=household_id)
    if found["items"]:
        _table(desk, pools, found["items"], found["total"], f"pins-{household_id}")


def all_pins(desk: Desk) -> None:
    """Show what holds for all households that are shared with the person."""
    pools = Pools(desk)

    def shown(rows: Sequence[Row], total: int) -> None:
        if not total:
            empty(desk.texts("pins.none"))
            return
        _table(desk, pools, rows, total, "pins")

    paged(desk, "pins", "/pins", shown)


def _table(desk: Desk, pools: Pools, rows: Sequence[Row], total: int, key: str) -> None:
    texts, above = desk.texts, st.container()
    columns = [Column(texts(f"pins.{name}")) for name in ("household", "kind", "place", "why", "until", "do")]
    lines = [
        [
            opening(row["household_id"], row["household_id"]),
            tag(texts(f"pins.{row['kind']}"), KINDS[row["kind"]]),
            two_lines(pools.name(row["pool_id"]), pools.about(row["pool_id"])),
            two_lines(texts.word("departure", row["reason"]), row["note"]),
            texts.short_day(row["expires_on"]),
            opening(texts("pins.lift"), f"{LIFT}{row['pin_id']}"),
        ]
        for row in rows
    ]
    pressed = clicked(table_html(columns, lines, texts.count("pin", total)), key)
    if pressed is not None and not pressed.startswith(LIFT):
        go_to("household", id=pressed)
    if pressed is not None:
        st.session_state[LIFTED] = pressed.removeprefix(LIFT)
    chosen = next((row for row in rows if row["pin_id"] == st.session_state.get(LIFTED)), None)
    if chosen is not None:
        with above:
            _lift(desk, pools, chosen)


def _lift(desk: Desk, pools: Pools, pin: Row) -> None:
    texts, name = desk.texts, f"lift:{pin['pin_id']}"
    with st.form(name, width=WIDE):
        st.write(texts("pins.lift_about", household=pin["household_id"], place=pools.name(pin["pool_id"])))
        reason = one_of(desk, "offer.reason", "departure", tuple(DepartureReason), typed(name))
        sent = st.form_submit_button(texts("pins.lift_do"), type="primary")
    if not sent:
        return
    if reason is None:
        st.warning(texts("pins.reason_first"))
        return
    path = f"/pins/{pin['pin_id']}?reason={reason}"

    def act() -> None:
        desk.client.delete(path)
        st.session_state.pop(CLASH, None)

    do(desk, name, act, texts("pins.lifted"))
