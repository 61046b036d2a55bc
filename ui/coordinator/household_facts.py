"""The facts of a household, those that nobody knows marked: unknown is a third answer, never no."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ui.coordinator import household_edit, household_members, household_sharing
from ui.coordinator.answers import ADULT, age
from ui.coordinator.fact_kinds import CODES, DAYS, FORMS, GROUPS, MAY_BE_BLANK
from ui.coordinator.fields import part_of
from ui.frame.desk import Desk
from ui.frame.lasting import city_day
from ui.frame.page import facts_html, note, section
from ui.frame.pools import Pools
from ui.frame.tables import Column, Markup, table, tag
from ui.texts import Texts, as_day

EDIT = "household-edit"


def show(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:
    """Show the facts, or let them be changed."""
    parts: Mapping[str, Callable[[Desk, Pools, Mapping[str, Any]], None]] = {
        "see": _see,
        "change": household_edit.show,
        "people": household_members.show,
        "sharing": household_sharing.show,
        "close": household_sharing.show_closing,
    }
    name = part_of(desk, tuple(parts), "edit.part_", EDIT) if desk.may("case.write") else "see"
    parts[name](desk, pools, case)


def _see(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:
    """Show what is known, and mark what is not."""
    texts, household = desk.texts, case["household"]
    unknown = [name for names in GROUPS.values() for name in names if _is_unknown(name, household.get(name))]
    if unknown:
        note(texts("household.unknowns", n=texts.count("fact", len(unknown))), "waits")
    for group, names in GROUPS.items():
        section(texts(f"household.group_{group}"))
        st.html(
            facts_html([(texts(f"field.{name}"), _value(texts, pools, name, household)) for name in names])
        )
    section(texts("household.members"))
    _members(desk, case["members"])


def _members(desk: Desk, members: list[Mapping[str, Any]]) -> None:
    texts = desk.texts
    day = city_day(desk)
    columns = [
        Column(texts("household.person")),
        Column(texts("field.age"), number=True),
        Column(texts("field.sex")),
        Column(texts("field.special_stability_need")),
    ]
    rows = []
    for member in members:
        years = age(as_day(member["birth_date"]), day)
        child = years < ADULT
        rows.append(
            [
                texts("household.child" if child else "household.adult"),
                texts("household.years", n=years),
                known(texts, "sex_of_child" if child else "sex", member["sex"]),
                known(texts, "answer", member["special_stability_need"]) if child else None,
            ]
        )
    table(columns, rows, texts("household.members"))


def known(texts: Texts, kind: str, code: Any) -> str | Markup:
    """A code in words, marked when it is unknown."""
    return tag(texts("word.unknown"), "waits") if code in (None, "unknown") else texts.word(kind, code)


def _is_unknown(name: str, value: Any) -> bool:
    return value == "unknown" or (value is None and name not in MAY_BE_BLANK)


def _value(texts: Texts, pools: Pools, name: str, household: Mapping[str, Any]) -> str | Markup:
    value = household.get(name)
    if _is_unknown(name, value):
        return tag(texts("word.unknown"), "waits")
    if value in (None, [], ()):
        return texts("word.none_given")
    if name in DAYS:
        return texts.day(value)
    if name == "current_pool_id":
        return pools.name(value)
    if name == "shis_months":
        return texts.count("month", value)
    if isinstance(value, (list, tuple)):
        return texts.listed([texts.form(word) if name in FORMS else str(word) for word in value])
    return texts.word(CODES.get(name, "answer"), value) if name != "responsible_unit" else str(value)
