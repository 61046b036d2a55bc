"""A family in a hotel: what is looked at for the children, and how the family gets out."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from models.codes import Fact
from models.hotel_children import ChildCheck
from ui.coordinator.acting import do, typed
from ui.coordinator.fields import WIDE, day, words
from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.opened import opened_version
from ui.frame.page import facts_html, note
from ui.frame.pools import Pools
from ui.frame.tables import Markup, Meaning, tag

ANSWERS: Mapping[str, Meaning] = {"yes": "good", "no": "stops", "unknown": "waits"}


def of_household(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Show the check list with the plan out, and let both be filled in."""
    texts, household_id = desk.texts, case["household_id"]
    path, name = f"/households/{part(household_id)}/child-checklist", f"children:{household_id}"
    found, version = opened_version(desk, path)
    note(texts("hotel.lead"), "marked" if found["missing"] or not found["plan_out"] else "good")
    pairs: list[tuple[str, str | Markup]] = [
        (texts.word("child_check", check), tag(texts.word("answer", answer), ANSWERS[answer]))
        for check, answer in found["answers"].items()
    ]
    pairs.append((texts("hotel.plan_out"), found["plan_out"] or tag(texts("hotel.no_plan"), "stops")))
    pairs.append((texts("hotel.plan_out_on"), texts.day(found["plan_out_on"])))
    st.html(facts_html(pairs))
    with st.form(name, width=WIDE):
        st.write(texts("hotel.about"))
        key = typed(name)
        answers = {str(check): _answer(desk, str(check), f"{key}-{check}") for check in ChildCheck}
        plan = words(desk, "hotel.plan_out", f"{key}-plan")
        by = day(desk, "hotel.plan_out_on", f"{key}-by")
        sent = st.form_submit_button(texts("hotel.save"), type="primary")
    given: dict[str, Any] = {"answers": {check: code for check, code in answers.items() if code}}
    given |= {field: value for field, value in (("plan_out", plan), ("plan_out_on", by)) if value}
    if sent:
        do(desk, name, lambda: desk.client.patch(path, given, version), texts("hotel.saved"))


def _answer(desk: Desk, check: str, key: str) -> str | None:
    """An answer to a check; none leaves it as it stands."""
    chosen = st.segmented_control(
        desk.texts.word("child_check", check),
        [str(code) for code in Fact],
        format_func=lambda code: desk.texts.word("answer", code),
        key=key,
        persist_state="session",
    )
    return None if chosen is None else str(chosen)
