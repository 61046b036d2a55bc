"""The morning list: what ends or falls due within 30, 60 and 90 days, and the steps that are one's own."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty, header
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Column, Markup, Meaning, opening, table_html, tag, two_lines
from ui.frame.turning import go_to
from ui.texts import Texts

WITHIN = ("30", "60", "90")
URGENCY: dict[int, Meaning] = {0: "stops", 30: "marked", 60: "waits", 90: "neutral"}


def show(desk: Desk) -> None:
    """Show what falls due."""
    texts = desk.texts
    header(texts("morning.title"), texts("morning.lead"))
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
                opening(row["household_id"], row["household_id"]),
                two_lines(
                    texts.short_day(row["day"]),
                    _horizon(texts, row["horizon"]),
                ),
                texts.word("ending", row["what"]),
                _subject(pools, row["subject"]),
                row["owner"],
            ]
            for row in rows
        ]
        household = clicked(
            table_html(columns, lines, texts("morning.caption", n=texts.number(total))), "morning"
        )
        if household is not None:
            go_to("household", id=household)

    paged(desk, "morning", "/morning", shown, within=within)


def _horizon(texts: Texts, days: int) -> Markup:
    said = texts("morning.horizon", n=texts.count("day", days)) if days else texts("morning.now")
    return tag(said, URGENCY[days])


def _subject(pools: Pools, subject: str | None) -> str | None:
    return pools.name(subject) if subject in pools.by_id else None
