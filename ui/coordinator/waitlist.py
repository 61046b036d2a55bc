"""Who waits, in the policy's order, with the next step of each; who is parked; which cases grow old."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from models.forms import forms
from ui.coordinator import duplicates, pins
from ui.coordinator.asking import questions
from ui.coordinator.fields import part_of
from ui.coordinator.household_work import unpark
from ui.coordinator.leading import to_household
from ui.coordinator.steps import DONE, finish
from ui.frame.choosing import choose
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty, header
from ui.frame.paging import paged
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Column, Markup, opening, table_html, tag, two_lines
from ui.frame.turning import go_to

TIERS = (1, 2, 3, 4, 5)
UNPARK, STEP, CONFIRM = "unpark:", "step:", "confirm:"
Row = dict[str, Any]


def show(desk: Desk) -> None:
    """Show those who wait, or the cases whose facts are old."""
    texts = desk.texts
    header(texts("waitlist.title"), texts("waitlist.lead"))
    parts: Mapping[str, Callable[[Desk], None]] = {
        "waiting": _waiting,
        "parked": _parked,
        "stale": _stale,
        "asking": questions,
        "duplicates": duplicates.show,
    }
    if desk.may("pin.write"):
        parts = {**parts, "pins": pins.all_pins}
    parts[part_of(desk, tuple(parts), "waitlist.", "waitlist-part")](desk)


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
        parked = key == "parked"
        columns = [
            Column(texts("waitlist.household")),
            Column(texts("today.tier")),
            Column(texts("waitlist.points"), number=True),
            Column(texts("waitlist.situation")),
            Column(texts("waitlist.waited"), number=True),
            Column(texts("waitlist.step")),
            Column(texts("waitlist.unit")),
            Column(texts("waitlist.do")),
        ]
        lines = [[*_line(desk, row), _do(desk, row, parked)] for row in rows]
        pressed = clicked(table_html(columns, lines, texts.count("household", total)), f"waitlist-{key}")
        if pressed is not None:
            _go(desk, pressed)

    paged(desk, f"waitlist-{key}", "/waitlist", shown, **query)


def _line(desk: Desk, row: Row) -> list[Any]:
    texts, step = desk.texts, row["next_step"]
    parked = texts("waitlist.parked_until", day=texts.short_day(row["parked_until"]))
    days = row["waited_days"]
    return [
        opening(row["household_id"], row["household_id"]),
        texts.number(row["tier"]),
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


def _do(desk: Desk, row: Row, parked: bool) -> Markup:
    texts, who = desk.texts, row["household_id"]
    if parked:
        return opening(texts("work.unpark"), f"{UNPARK}{who}")
    if row["next_step"] is None:
        return opening(texts("waitlist.set_step"), f"{STEP}{who}")
    return opening(texts("steps.do"), f"{DONE}{row['next_step']['step_id']}")


def _go(desk: Desk, pressed: str) -> None:
    """Do what was pressed, or open whom it is about."""
    if pressed.startswith(UNPARK):
        unpark(desk, pressed.removeprefix(UNPARK))
    elif pressed.startswith(DONE):
        finish(desk, pressed.removeprefix(DONE))
    elif pressed.startswith(STEP):
        to_household(pressed.removeprefix(STEP), "work", "next_step")
    else:
        go_to("household", id=pressed)


def _stale(desk: Desk) -> None:
    texts, words = desk.texts, RuleWords(desk.texts)

    def shown(rows: Sequence[Row], total: int) -> None:
        if not total:
            empty(texts("waitlist.none_stale"))
            return
        columns = [
            Column(texts(f"waitlist.{name}"))
            for name in ("household", "oldest", "facts", "confirmed", "unit", "do")
        ]
        lines = [
            [
                opening(row["household_id"], row["household_id"]),
                texts.short_day(row["oldest_on"]),
                texts.listed([words.fact(fact) for fact in row["facts"]]),
                texts.short_day(row["confirmed_on"]),
                row["responsible_unit"] or texts("word.unknown"),
                opening(texts("waitlist.confirm"), f"{CONFIRM}{row['household_id']}"),
            ]
            for row in rows
        ]
        household = clicked(table_html(columns, lines, texts.count("household", total)), "waitlist-stale")
        if household is not None and household.startswith(CONFIRM):
            to_household(household.removeprefix(CONFIRM), "work", "confirm")
        elif household is not None:
            go_to("household", id=household)

    paged(desk, "stale", "/waitlist/stale", shown)
