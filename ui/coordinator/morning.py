"""The morning list: what ends or falls due within 30, 60 and 90 days, and the steps that are one's own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from ui.coordinator import assistance, discharges, flags, follow_ups, provider_requests
from ui.coordinator.fields import part_of
from ui.coordinator.leading import to_household
from ui.coordinator.steps import my_steps
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.lasting import city_day
from ui.frame.page import empty, header
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Column, Markup, Meaning, opening, table_html, tag, two_lines
from ui.texts import as_day

WITHIN = ("30", "60", "90")
LEADS: Mapping[str, tuple[str, str]] = {
    "discharge": ("casework", "leaving"),
    "release": ("casework", "leaving"),
    "discharge_step": ("casework", "leaving"),
    "decision": ("casework", "assistance"),
    "reason_missing": ("casework", "requests"),
    "contact_due": ("casework", "offers"),
    "answer_due": ("casework", "offers"),
    "follow_up": ("casework", "follow_ups"),
    "parking_ends": ("work", "parking"),
    "next_step": ("work", "next_step"),
}
"""Where on a household's page each is seen to."""

URGENCY: dict[int, Meaning] = {0: "stops", 30: "marked", 60: "waits", 90: "neutral"}


def show(desk: Desk) -> None:
    """Show what falls due, one's own steps, flags, or one kind of casework."""
    header(desk.texts("morning.title"), desk.texts("morning.lead"))
    parts: Mapping[str, Callable[[Desk], None]] = {
        "due": _due,
        "steps": my_steps,
        "flags": flags.show,
        "leaving": discharges.all_of_them,
        "assistance": assistance.all_of_them,
        "requests": provider_requests.all_of_them,
        "follow_ups": follow_ups.all_of_them,
    }
    parts[part_of(desk, tuple(parts), "morning.part_", "morning-part")](desk)


def _due(desk: Desk) -> None:
    texts = desk.texts
    within = st.segmented_control(
        texts("morning.within"),
        WITHIN,
        default="30",
        required=True,
        format_func=lambda days: texts.count("day", int(days)),
        key="morning-within",
        persist_state="session",
    )
    pools = Pools(desk)

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("morning.none"))
            return
        columns = [
            Column(texts(f"morning.{name}")) for name in ("household", "day", "what", "about", "owner")
        ]
        lines = [
            [
                opening(row["household_id"], f"{row['household_id']}|{row['what']}"),
                two_lines(
                    texts.short_day(row["day"]),
                    _horizon(desk, row),
                ),
                texts.word("ending", row["what"]),
                _subject(pools, row["subject"]),
                row["owner"],
            ]
            for row in rows
        ]
        pressed = clicked(
            table_html(columns, lines, texts("morning.caption", n=texts.number(total))), "morning"
        )
        if pressed is not None:
            household, _, what = pressed.partition("|")
            to_household(household, *LEADS.get(what, ()))

    paged(desk, "morning", "/morning", shown, within=within)


def _horizon(desk: Desk, row: Mapping[str, Any]) -> Markup:
    texts, days, day = desk.texts, row["horizon"], as_day(row["day"])
    if days:
        said = texts("morning.horizon", n=texts.count("day", days))
    else:
        passed = day is not None and day < city_day(desk)
        said = texts("morning.passed" if passed else "morning.now")
    return tag(said, URGENCY[days])


def _subject(pools: Pools, subject: str | None) -> str | None:
    return pools.name(subject) if subject in pools.by_id else None
