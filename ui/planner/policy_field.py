"""What of the policy a scenario changes: a rule, points, fit or condition; a number of it, or the whole."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.opened import opened

PARTS = ("rule", "points", "fit", "condition")
REMOVE = "remove"
LEAST, MOST = -1_000_000, 1_000_000


def policy_field(desk: Desk, key: Callable[[str], str], wrong: Callable[[str], None]) -> dict[str, Any]:
    """Let the person choose an entry of the policy and what becomes of it; the keys of the change."""
    texts = desk.texts
    entries: Mapping[str, Any] = {
        f"{one['part']}:{one['name']}": one for one in opened(desk, "/scenario-choices")["entries"]
    }
    chosen = st.selectbox(
        texts("build.entry"),
        list(entries),
        index=None,
        format_func=lambda name: f"{texts('build.part_' + entries[name]['part'])}: {entries[name]['text']}",
        key=key("entry"),
        placeholder=texts("build.choose"),
        persist_state="session",
    )
    for part in PARTS:
        wrong(part)
    if chosen is None:
        return {}
    entry = entries[chosen]
    numbers: Mapping[str, Any] = {one["parameter"]: one for one in entry["parameters"]}
    ways = [*numbers, *([REMOVE] if entry["removable"] else [])]
    left, right = st.columns([2, 1])
    with left:
        way = st.radio(
            texts("build.what_of_it"),
            ways,
            format_func=lambda name: (
                texts("build.remove")
                if name == REMOVE
                else texts("build.today", what=numbers[name]["text"], n=numbers[name]["value"])
            ),
            key=key(f"way-{chosen}"),
            persist_state="session",
        )
        wrong("parameter")
        wrong(REMOVE)
    named = {entry["part"]: entry["name"]}
    if way == REMOVE:
        return {**named, REMOVE: True}
    with right:
        value = st.number_input(
            texts("build.new_value"),
            LEAST,
            MOST,
            None,
            1,
            key=key(f"value-{chosen}-{way}"),
            persist_state="session",
        )
        wrong("value")
    told = {**named, "parameter": way}
    return told if value is None else {**told, "value": value}


def fill_policy(change: Mapping[str, Any], put: Callable[[str, Any], None]) -> None:
    """Put a change of the policy into the fields."""
    part = next(part for part in PARTS if part in change)
    chosen = f"{part}:{change[part]}"
    put("entry", chosen)
    way = REMOVE if change.get(REMOVE) else change["parameter"]
    put(f"way-{chosen}", way)
    if "value" in change:
        put(f"value-{chosen}-{way}", change["value"])
