"""The facts of a household, those that nobody knows marked: unknown is a third answer, never no."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.coordinator.answers import ADULT, age
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import facts_html, note, section
from ui.frame.pools import Pools
from ui.frame.tables import Column, Markup, table, tag
from ui.texts import Texts, as_day

DAYS = {"homeless_since", "situation_ends_on", "moved_in_on", "unavailable_until", "sharing_basis_on"}
CODES = {
    "situation": "situation",
    "support_need": "support",
    "substance_use": "substance_use",
    "mental_health": "mental_health",
    "mobility": "mobility",
    "sharing_basis": "sharing_basis",
}
FORMS = {"preferred_forms", "declined_forms"}
MAY_BE_BLANK = {
    *("situation_ends_on", "moved_in_on", "unavailable_until", "sharing_basis", "sharing_basis_on"),
    *("preferred_districts", "avoid_districts", "safe_districts", "preferred_forms", "declined_forms"),
    *("current_pool_id", "responsible_unit"),
}
"""Where a blank says that there is none, and not that nobody has asked."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    "now": (
        *("situation", "homeless_since", "situation_ends_on", "current_pool_id", "moved_in_on"),
        *("responsible_unit", "sharing_basis", "sharing_basis_on", "unavailable_until"),
    ),
    "needs": (
        *("support_need", "substance_use", "mental_health", "social_problems", "mobility"),
        *("violence_exposed", "acute_danger", "pregnant", "pet", "protected_identity"),
    ),
    "wishes": (
        *("wants_women_only", "wants_drug_free", "accepts_emergency_shelter", "preferred_forms"),
        *("declined_forms", "preferred_districts", "avoid_districts", "safe_districts"),
    ),
    "rights": (
        *("right_of_residence", "registered_in_stockholm", "active_case", "first_hand_barrier"),
        *("housing_search_support", "shis_months"),
    ),
}


def show(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:
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
    day = as_day(opened(desk, "/boendekarta")["as_of"])
    columns = [
        Column(texts("household.person")),
        Column(texts("field.age"), number=True),
        Column(texts("field.sex")),
        Column(texts("field.special_stability_need")),
    ]
    rows = []
    for member in members:
        years = age(as_day(member["birth_date"]), day)
        kind = texts("household.child" if years < ADULT else "household.adult")
        stability = known(texts, "answer", member["special_stability_need"]) if years < ADULT else None
        rows.append([kind, texts("household.years", n=years), known(texts, "sex", member["sex"]), stability])
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
