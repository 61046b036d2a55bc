"""A new case: the household and its people, with what is known; what is not stays unknown.

What was written is looked at first: every fault is shown under its field, and households that may be the same
people before anything is saved.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from models.codes import Situation, Support
from ui.coordinator.acting import post, typed
from ui.coordinator.fault_lines import SOUND, FaultLines, lines_of
from ui.coordinator.fields import WIDE, a_day, a_line, one_of
from ui.coordinator.household_edit import NAMES, fact_field
from ui.coordinator.household_members import member_fields
from ui.coordinator.learning import learnt
from ui.desk_client import Refused
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.page import header, note, section
from ui.frame.pools import Pools
from ui.frame.tables import Column, opening, table_html
from ui.frame.turning import go_to

KEY = "new-case"
LOOKED = "new-case-looked"
MOST_PERSONS = 20
ALWAYS = ("situation", "homeless_since", "support_need")
"""Facts that the form always asks for."""

BEGUN = {"active_case": "yes"}
"""What is known of a case because it is begun."""

CHOSEN = tuple(fact for fact in NAMES if fact not in (*ALWAYS, *BEGUN))
Body = dict[str, Any]


def show(desk: Desk) -> None:
    """Ask for the household and its people, look at them, and begin the case."""
    texts = desk.texts
    header(texts("new_case.title"), texts("new_case.lead"))
    if desk.me.unit is None:
        note(texts("new_case.unit_needed"), "waits")
        return
    looked = st.session_state.get(LOOKED, {})
    body, sent = _form(desk, typed(KEY), looked.get("faults", SOUND))
    if sent:
        _look(desk, body)
    elif looked.get("body") == body and "likely" in looked:
        _begin(desk, body, looked["likely"])


def to_new_case(desk: Desk, key: str) -> None:
    """The way to the page, for who may begin a case."""
    if desk.me.unit is not None and desk.may("case.write") and st.button(desk.texts("new_case.to"), key=key):
        go_to("new-case")


def _form(desk: Desk, key: str, faults: FaultLines) -> tuple[Body, bool]:
    texts = desk.texts
    persons = st.number_input(
        texts("new_case.persons"),
        1,
        MOST_PERSONS,
        1,
        key=f"{key}-persons",
        persist_state="session",
        width=240,
    )
    known = st.multiselect(
        texts("new_case.known"),
        CHOSEN,
        format_func=lambda fact: texts(f"field.{fact}"),
        placeholder=texts("edit.choose"),
        key=f"{key}-known",
        persist_state="session",
        width=WIDE,
    )
    with st.form(KEY, width=WIDE):
        reference = a_line(desk, "new_case.reference", f"{key}-reference")
        faults.show("household_id")
        facts = _facts(desk, key, known, faults)
        members = [_member(desk, key, at, reference, faults) for at in range(int(persons))]
        how = learnt(desk, key, timedelta(0), faults)
        sent = st.form_submit_button(texts("new_case.look"), type="primary")
    body = {"household_id": reference or "", "facts": BEGUN | facts, "members": members, **how}
    return body, sent


def _facts(desk: Desk, key: str, known: Sequence[str], faults: FaultLines) -> Body:
    left, right = st.columns(2)
    with left:
        situation = one_of(desk, "field.situation", "situation", tuple(Situation), f"{key}-situation")
        faults.show("situation", "facts.situation")
    with right:
        support = one_of(desk, "field.support_need", "support", tuple(Support), f"{key}-support")
        faults.show("support_need", "facts.support_need")
    since = a_day(desk, "new_case.since", f"{key}-since", None)
    faults.show("homeless_since")
    facts: Body = {"situation": situation, "support_need": support, "homeless_since": since}
    pools = Pools(desk)
    for fact in known:
        facts[fact] = fact_field(desk, pools, fact, None, f"{key}-{fact}")
        faults.show(fact)
    # What was left blank is not sent: it is unknown, and not said to be so by anybody.
    return {fact: value for fact, value in facts.items() if value not in (None, [])}


def _member(desk: Desk, key: str, at: int, reference: str | None, faults: FaultLines) -> Body:
    section(desk.texts("new_case.person", n=at + 1))
    facts = member_fields(desk, f"{key}-{at}", {}, faults, f"members.{at}.")
    given = {fact: value for fact, value in facts.items() if value is not None}
    return {"member_id": f"{reference or ''}-{at + 1}", "facts": given}


def _look(desk: Desk, body: Body) -> None:
    with told(desk):
        try:
            found = desk.client.post("/case-checks", body)
        except Refused as refused:
            st.session_state[LOOKED] = {"faults": lines_of(desk.texts, refused)}
            if not refused.errors:
                raise
        else:
            st.session_state[LOOKED] = {"body": body, "likely": found["likely"]}
        st.rerun()


def _begin(desk: Desk, body: Body, likely: Sequence[Mapping[str, Any]]) -> None:
    texts, who = desk.texts, str(body["household_id"])
    section(texts("new_case.before"))
    if likely:
        note(texts("new_case.alike"), "waits")
        columns = [Column(texts("households.household")), Column(texts("duplicates.why"))]
        rows = [
            [
                opening(twin["household_id"], twin["household_id"]),
                texts.listed([texts.word("likeness", reason) for reason in twin["reasons"]]),
            ]
            for twin in likely
        ]
        html = table_html(columns, rows, texts.count("household", len(likely)))
        pressed = clicked(html, "new-case-alike")
        if pressed is not None:
            go_to("household", id=pressed)
    else:
        note(texts("new_case.none_alike"), "good")
    if st.button(texts("new_case.begin"), type="primary", key="new-case-begin"):
        post(
            desk,
            KEY,
            "/households",
            body,
            texts("new_case.begun", household=who),
            then=lambda: _open(who),
        )


def _open(household_id: str) -> None:
    st.session_state.pop(LOOKED, None)
    go_to("household", id=household_id)
