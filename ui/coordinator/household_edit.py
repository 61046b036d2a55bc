"""Changing facts of a household: those that are chosen, with their day and how they were learnt.

Only what was chosen is sent, on the version that was seen: where somebody else was first, that is told, the
page shows what stands now, and what was typed stays.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from models.codes import Fact
from models.forms import forms
from ui.coordinator.acting import do, typed
from ui.coordinator.fact_kinds import ANSWERS, CODES, DAYS, ELSEWHERE, FORMS, GROUPS
from ui.coordinator.fields import WIDE, a_day, one_of
from ui.coordinator.learning import learnt
from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.opened import opened_version
from ui.frame.pools import Pools
from ui.texts import as_day

NAMES = tuple(name for names in GROUPS.values() for name in names if name not in ELSEWHERE)
DISTRICTS = {"preferred_districts", "avoid_districts", "safe_districts"}
MOST_MONTHS = 600


def show(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:
    """Let the person choose facts, and change them."""
    texts, household_id = desk.texts, case["household_id"]
    path, name = f"/households/{part(household_id)}", f"facts:{household_id}"
    found, version = opened_version(desk, path)
    key = typed(name)
    chosen = st.multiselect(
        texts("edit.which"),
        NAMES,
        format_func=lambda fact: texts(f"field.{fact}"),
        placeholder=texts("edit.choose"),
        key=f"{key}-which",
        persist_state="session",
        width=WIDE,
    )
    if not chosen:
        st.write(texts("edit.about"))
        return
    with st.form(name, width=WIDE):
        facts = {
            fact: fact_field(desk, pools, fact, found["household"].get(fact), f"{key}-{fact}")
            for fact in chosen
        }
        how = learnt(desk, key)
        sent = st.form_submit_button(texts("edit.save"), type="primary")
    if sent:
        body = {"facts": facts, **how}
        do(desk, name, lambda: desk.client.patch(path, body, version), texts("edit.saved"))


def fact_field(desk: Desk, pools: Pools, fact: str, value: Any, key: str) -> Any:
    """The field of a fact, by its kind; what it holds as the API takes it."""
    texts, label = desk.texts, f"field.{fact}"
    if fact in DAYS:
        return a_day(desk, label, key, as_day(value))
    if fact in FORMS:
        return _several(desk, label, tuple(forms()), value or [], key, said=texts.form)
    if fact in DISTRICTS:
        known = {line["pool"]["district"] for line in pools.by_id.values()} | set(value or [])
        return _several(desk, label, tuple(sorted(known)), value or [], key)
    if fact == "shis_months":
        return st.number_input(
            texts("edit.shis_months"), 0, MOST_MONTHS, value, key=key, persist_state="session"
        )
    codes = ANSWERS.get(fact, tuple(Fact))
    return one_of(desk, label, CODES.get(fact, "answer"), codes, key, first=value)


def _several(
    desk: Desk, label: str, options: tuple[str, ...], value: list[str], key: str, said: Any = str
) -> list[str]:
    chosen = st.multiselect(
        desk.texts(label),
        options,
        [one for one in value if one in options],
        format_func=said,
        placeholder=desk.texts("edit.choose"),
        key=key,
        persist_state="session",
    )
    return [str(one) for one in chosen]
