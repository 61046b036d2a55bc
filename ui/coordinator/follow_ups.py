"""Following up 1, 3, 6 and 12 months after a moving in: whose turn it is, and how it went."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from models.follow_ups import FollowUpOutcome
from ui.coordinator.acting import post, typed
from ui.coordinator.fields import WIDE, one_of, words
from ui.coordinator.leading import to_household
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.lasting import city_day
from ui.frame.opened import opened
from ui.frame.page import empty
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Cell, Column, opening, table_html, tag, two_lines
from ui.texts import as_day

Row = Mapping[str, Any]
PATH = "/follow-ups"
CHOSEN = "follow-up-open"
COLUMNS = ("due", "months", "place", "moved_in")


def all_of_them(desk: Desk) -> None:
    """Show the follow-ups to make, by day."""
    texts, pools = desk.texts, Pools(desk)

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("follow_ups.none"))
            return
        columns = [Column(texts("follow_ups.household")), *_columns(desk)]
        lines = [
            [opening(row["household_id"], row["household_id"]), *_line(desk, pools, row)] for row in rows
        ]
        who = clicked(table_html(columns, lines, texts.count("follow_up", total)), "follow-ups")
        if who is not None:
            to_household(who, "casework", "follow_ups")

    paged(desk, "follow-ups", PATH, shown)


def of_household(desk: Desk, pools: Pools, case: Row) -> None:
    """Show the follow-ups of a household that are left, and take down how it went."""
    texts, household_id = desk.texts, case["household_id"]
    found = opened(desk, PATH, household=household_id)["items"]
    if not found:
        empty(texts("follow_ups.none_here"))
        return
    columns = [*_columns(desk), Column(texts("follow_ups.do"))]
    lines = [
        [*_line(desk, pools, row), opening(texts("follow_ups.note"), row["follow_up_id"])] for row in found
    ]
    pressed = clicked(
        table_html(columns, lines, texts.count("follow_up", len(found))), f"follow-ups-{household_id}"
    )
    if pressed is not None:
        st.session_state[CHOSEN] = pressed
    one = next((row for row in found if row["follow_up_id"] == st.session_state.get(CHOSEN)), None)
    if one is not None:
        _outcome(desk, one)


def _columns(desk: Desk) -> list[Column]:
    return [Column(desk.texts(f"follow_ups.{name}")) for name in COLUMNS]


def _line(desk: Desk, pools: Pools, row: Row) -> list[Cell]:
    texts = desk.texts
    due = as_day(row["due_on"])
    late = due is not None and due < city_day(desk)
    return [
        two_lines(texts.short_day(due), tag(texts("steps.overdue"), "stops") if late else None),
        texts.count("month", row["months"]),
        two_lines(pools.name(row["pool_id"]), pools.about(row["pool_id"])),
        texts.short_day(row["moved_in_on"]),
    ]


def _outcome(desk: Desk, row: Row) -> None:
    texts, name = desk.texts, f"follow-up:{row['follow_up_id']}"
    with st.form(name, width=WIDE):
        st.write(texts("follow_ups.about", n=texts.count("month", row["months"])))
        key = typed(name)
        outcome = one_of(
            desk, "follow_ups.outcome", "follow_up_outcome", tuple(FollowUpOutcome), f"{key}-how"
        )
        note = words(desk, "offer.note", f"{key}-note")
        sent = st.form_submit_button(texts("follow_ups.save"), type="primary")
    if sent:
        path = f"{PATH}/{row['follow_up_id']}/outcome"
        post(desk, name, path, {"outcome": outcome, "note": note}, texts("follow_ups.saved"))
