"""Who waits, in the policy's order, with the next step of each; who is parked; which cases grow old."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from models.forms import forms
from ui.frame.choosing import choose
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty, header
from ui.frame.paging import paged
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Column, opening, table_html, tag, two_lines
from ui.frame.turning import go_to

TIERS = (1, 2, 3, 4, 5)
Row = dict[str, Any]


def show(desk: Desk) -> None:
    """Show those who wait, or the cases whose facts are old."""
    texts = desk.texts
    header(texts("waitlist.title"), texts("waitlist.lead"))
    parts: Mapping[str, Callable[[Desk], None]] = {"waiting": _waiting, "parked": _parked, "stale": _stale}
    part = st.segmented_control(
        texts("household.parts"),
        tuple(parts),
        default="waiting",
        required=True,
        format_func=lambda name: texts(f"waitlist.{name}"),
        key="waitlist-part",
        label_visibility="collapsed",
        persist_state="session",
    )
    parts[part or "waiting"](desk)


def _waiting(desk: Desk) -> None:
    texts = desk.texts
    tiers, open_forms, steps = st.columns(3, vertical_alignment="bottom")
    with tiers:
        tier = choose(
            desk, texts("today.tier"), TIERS, lambda n: texts("today.tier_name", n=n), "waitlist-tier"
        )
    with open_forms:
        form = choose(desk, texts("waitlist.form"), tuple(forms()), texts.form, "waitlist-form")
    with steps:
        without = st.checkbox(texts("waitlist.without_step"), key="waitlist-step", persist_state="session")
    _list(desk, "waiting", tier=tier, form=form, without_step="true" if without else None, parked="false")


def _parked(desk: Desk) -> None:
    _list(desk, "parked", parked="true")


def _list(desk: Desk, key: str, **query: Any) -> None:
    texts = desk.texts

    def shown(rows: Sequence[Row], total: int) -> None:
        if not total:
            empty(texts(f"waitlist.none_{key}"))
            return
        columns = [
            Column(texts("waitlist.household")),
            Column(texts("today.tier")),
            Column(texts("waitlist.points"), number=True),
            Column(texts("waitlist.situation")),
            Column(texts("waitlist.waited"), number=True),
            Column(texts("waitlist.step")),
            Column(texts("waitlist.unit")),
        ]
        html = table_html(columns, [_line(desk, row) for row in rows], texts.count("household", total))
        household = clicked(html, f"waitlist-{key}")
        if household is not None:
            go_to("household", id=household)

    paged(desk, f"waitlist-{key}", "/waitlist", shown, **query)


def _line(desk: Desk, row: Row) -> list[Any]:
    texts, step = desk.texts, row["next_step"]
    parked = texts("waitlist.parked_until", day=texts.short_day(row["parked_until"]))
    days = row["waited_days"]
    return [
        opening(row["household_id"], row["household_id"]),
        texts("today.tier_name", n=row["tier"]),
        texts.number(row["points"]),
        two_lines(texts.word("situation", row["situation"]), parked if row["parked_until"] else None),
        texts.number(None) if days is None else texts.count("day", days),
        tag(texts("waitlist.no_step"), "waits")
        if step is None
        else two_lines(
            texts.word("next_step", step["what"]),
            texts("waitlist.by_whom", who=step["owner"], day=texts.short_day(step["due_on"])),
        ),
        row["responsible_unit"] or texts("word.unknown"),
    ]


def _stale(desk: Desk) -> None:
    texts, words = desk.texts, RuleWords(desk.texts)

    def shown(rows: Sequence[Row], total: int) -> None:
        if not total:
            empty(texts("waitlist.none_stale"))
            return
        columns = [
            Column(texts(f"waitlist.{name}"))
            for name in ("household", "oldest", "facts", "confirmed", "unit")
        ]
        lines = [
            [
                opening(row["household_id"], row["household_id"]),
                texts.short_day(row["oldest_on"]),
                texts.listed([words.fact(fact) for fact in row["facts"]]),
                texts.short_day(row["confirmed_on"]),
                row["responsible_unit"] or texts("word.unknown"),
            ]
            for row in rows
        ]
        household = clicked(table_html(columns, lines, texts.count("household", total)), "waitlist-stale")
        if household is not None:
            go_to("household", id=household)

    paged(desk, "stale", "/waitlist/stale", shown)
