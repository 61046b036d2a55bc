"""Decisions on assistance: the form granted, from when to when, carried out or late."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from models.forms import forms
from ui.coordinator.acting import do, post, typed
from ui.coordinator.fields import WIDE, day, one_of, words
from ui.coordinator.leading import to_household
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened, opened_version
from ui.frame.page import empty
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Cell, Column, Markup, opening, table_html, tag, two_lines

Row = Mapping[str, Any]
PATH = "/assistance-decisions"
CHANGING = "decision-to-change"
COLUMNS = ("form", "decided_on", "from_on", "to_on", "carried_out_on", "note")
CHANGES = ("to_on", "carried_out_on", "ended_on")


def all_of_them(desk: Desk) -> None:
    """Show the decisions; only those that are late where asked."""
    texts = desk.texts
    late = st.checkbox(texts("assistance.only_late"), key="assistance-late", persist_state="session")

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("assistance.none_late" if late else "assistance.none"))
            return
        columns = [Column(texts("assistance.household")), *_columns(desk)]
        lines = [
            [opening(row["decision"]["household_id"], row["decision"]["household_id"]), *_line(desk, row)]
            for row in rows
        ]
        who = clicked(table_html(columns, lines, texts.count("decision", total)), "decisions")
        if who is not None:
            to_household(who, "casework", "assistance")

    paged(desk, "decisions", PATH, shown, late="true" if late else None)


def of_household(desk: Desk, pools: Pools, case: Row) -> None:  # noqa: ARG001
    """Show a household's decisions, and let one be put down or changed."""
    texts, household_id = desk.texts, case["household_id"]
    found = opened(desk, PATH, household=household_id)["items"]
    if found:
        columns = [*_columns(desk), Column(texts("assistance.do"))]
        lines = [
            [*_line(desk, row), opening(texts("assistance.change"), row["decision"]["assistance_id"])]
            for row in found
        ]
        pressed = clicked(
            table_html(columns, lines, texts.count("decision", len(found))), f"decisions-{household_id}"
        )
        if pressed is not None:
            st.session_state[CHANGING] = pressed
        chosen = st.session_state.get(CHANGING)
        if chosen in {row["decision"]["assistance_id"] for row in found}:
            _change(desk, str(chosen))
    _new(desk, household_id)


def _columns(desk: Desk) -> list[Column]:
    return [Column(desk.texts(f"assistance.{name}")) for name in COLUMNS]


def _line(desk: Desk, row: Row) -> list[Cell]:
    texts, decision = desk.texts, row["decision"]
    to_on = texts.short_day(decision["to_on"]) if decision["to_on"] else texts("assistance.until_further")
    return [
        texts.form(decision["form"]),
        texts.short_day(decision["decided_on"]),
        texts.short_day(decision["from_on"]),
        two_lines(to_on, texts("assistance.short") if row["month_or_less"] else None),
        _standing(desk, row),
        decision["note"],
    ]


def _standing(desk: Desk, row: Row) -> Markup | str:
    texts, decision = desk.texts, row["decision"]
    if row["late"]:
        return tag(texts("assistance.late"), "stops")
    if decision["carried_out_on"]:
        return texts.short_day(decision["carried_out_on"])
    if decision["ended_on"]:
        return texts("assistance.ended", day=texts.short_day(decision["ended_on"]))
    return tag(texts("assistance.waits"), "waits")


def _change(desk: Desk, assistance_id: str) -> None:
    texts, name, path = desk.texts, f"decision:{assistance_id}", f"{PATH}/{assistance_id}"
    found, version = opened_version(desk, path)
    with st.form(name, width=WIDE):
        st.write(texts("assistance.change_about", form=texts.form(found["decision"]["form"])))
        key = typed(name)
        body = {field: day(desk, f"assistance.new_{field}", f"{key}-{field}") for field in CHANGES}
        sent = st.form_submit_button(texts("assistance.change_do"), type="primary")
    given = {field: value for field, value in body.items() if value is not None}
    if sent and given:
        do(desk, name, lambda: desk.client.patch(path, given, version), texts("assistance.changed"))


def _new(desk: Desk, household_id: str) -> None:
    texts, name = desk.texts, f"decision:{household_id}"
    with st.form(name, width=WIDE):
        st.write(texts("assistance.about"))
        key = typed(name)
        form = one_of(desk, "assistance.form", "form", tuple(forms()), f"{key}-form", said=texts.form)
        days = {}
        for column, field in zip(st.columns(3), ("decided_on", "from_on", "to_on"), strict=True):
            with column:
                days[field] = day(desk, f"assistance.{field}", f"{key}-{field}")
        note = words(desk, "offer.note", f"{key}-note")
        sent = st.form_submit_button(texts("assistance.save"), type="primary")
    if sent:
        body = {"household_id": household_id, "form": form, **days, "note": note}
        post(desk, name, PATH, body, texts("assistance.saved"))
