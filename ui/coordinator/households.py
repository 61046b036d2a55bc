"""The households that are shared with the person, found and listed."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from models.codes import Situation
from ui.coordinator.new_case import to_new_case
from ui.frame.choosing import choose
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty, header
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Column, opening, table_html, two_lines
from ui.frame.turning import go_to

TIERS = (1, 2, 3, 4, 5)
ORDERS = ("need", "waited", "id")


def show(desk: Desk) -> None:
    """Show the list."""
    texts = desk.texts
    header(texts("households.title"), texts("households.lead"))
    to_new_case(desk, "households-new")
    chosen = _filters(desk)
    pools = Pools(desk)

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("households.none"))
            return
        columns = [
            Column(texts("households.household")),
            Column(texts("households.tier")),
            Column(texts("households.points"), number=True),
            Column(texts("households.situation")),
            Column(texts("households.since")),
            Column(texts("households.persons"), number=True),
            Column(texts("households.unit")),
        ]
        lines = [_line(desk, pools, row) for row in rows]
        caption = texts.count("household", total)
        found = clicked(table_html(columns, lines, caption), "households-table")
        if found is not None:
            go_to("household", id=found)

    paged(desk, "households", "/households", shown, **chosen)


def _line(desk: Desk, pools: Pools, row: dict[str, Any]) -> list[Any]:
    texts = desk.texts
    place = pools.name(row["current_pool_id"]) if row["current_pool_id"] else None
    return [
        opening(row["household_id"], row["household_id"]),
        texts.number(row["tier"]) if row["candidate"] else texts("households.candidate_no"),
        texts.number(row["points"]) if row["candidate"] else None,
        two_lines(texts.word("situation", row["situation"]), place),
        texts.short_day(row["homeless_since"]),
        texts.number(row["persons"]),
        row["responsible_unit"] or texts("word.unknown"),
    ]


def _filters(desk: Desk) -> dict[str, Any]:
    texts = desk.texts
    one, two, three, four = st.columns([1.3, 1, 1.2, 1.2])
    reference = one.text_input(
        texts("households.reference"), max_chars=100, key="households-reference", persist_state="session"
    )
    with two:
        tier = choose(
            desk, texts("households.tier"), TIERS, lambda n: texts("today.tier_name", n=n), "households-tier"
        )
    with three:
        codes = [str(code) for code in Situation]
        said = partial(texts.word, "situation")
        situation = choose(desk, texts("households.situation"), codes, said, "households-situation")
    order = four.selectbox(
        texts("households.order"),
        ORDERS,
        format_func=lambda code: texts(f"households.order_{code}"),
        key="households-order",
        persist_state="session",
    )
    only = st.checkbox(
        texts("households.only_candidates"), True, key="households-candidates", persist_state="session"
    )
    return {
        "reference": (reference or "").strip() or None,
        "tier": tier,
        "situation": situation,
        "order": order,
        "candidates_only": "true" if only else None,
    }
