"""The auditor's log: who read and decided what, when and why, and whether the log is whole."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from models.audit import Outcome
from ui.frame.choosing import choose
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.page import Figure, empty, figures, header, note, section
from ui.frame.tables import Cell, Column, table, tag, two_lines
from ui.texts import Texts

ROWS = 50
VERIFIED, PLACES = "record-verified", "record-places"
REASONS = (
    *("record_reason", "departure", "decline_reason", "end_reason", "park_reason"),
    *("follow_up_outcome", "institution", "request_state", "next_step", "answer"),
)
"""Lists of words in which the reasons of acts are found."""


def show(desk: Desk) -> None:
    """Show the verification, then the entries, the newest first."""
    texts = desk.texts
    header(texts("record.title"), texts("record.lead"))
    _verification(desk)
    section(texts("record.entries"))
    query = _filters(desk)
    kept = st.session_state.get(PLACES)
    if kept is None or kept["asked"] != query:
        kept = st.session_state[PLACES] = {"asked": query, "after": [0]}
    found = desk.client.get("/audit", after=kept["after"][-1], newest=True, limit=ROWS, **query)
    if not found["items"]:
        empty(texts("record.none"))
    else:
        columns = [
            Column(texts(f"record.{name}"))
            for name in ("number", "at", "who", "what", "about", "why", "outcome")
        ]
        table(columns, [_row(desk, entry) for entry in found["items"]], texts("record.newest_first"))
    with st.container(horizontal=True):
        if st.button(texts("frame.previous"), disabled=len(kept["after"]) < 2, key="record-previous"):
            kept["after"].pop()
            st.rerun()
        if st.button(texts("frame.next"), disabled=found["next"] is None, key="record-next"):
            kept["after"].append(found["next"])
            st.rerun()


def _verification(desk: Desk) -> None:
    texts = desk.texts
    with st.form("record-verify", width=860):
        st.write(texts("record.verify_about"))
        first, second = st.columns([1, 3])
        with first:
            number = st.number_input(
                texts("record.noted_number"),
                1,
                2**31 - 1,
                None,
                1,
                key="record-number",
                persist_state="session",
            )
        with second:
            digest = st.text_input(
                texts("record.noted_head"), key="record-digest", max_chars=64, persist_state="session"
            )
        sent = st.form_submit_button(texts("record.verify"), type="primary")
    if sent:
        with told(desk):
            st.session_state[VERIFIED] = desk.client.get(
                "/audit/verification", number=number, digest=(digest or "").strip() or None
            )
    found: Mapping[str, Any] | None = st.session_state.get(VERIFIED)
    if found is None:
        return
    whole = found["whole"]
    figures(
        [
            Figure(
                texts("record.verified"),
                texts("record.whole" if whole else "record.flawed"),
                texts.count("entry", found["entries"]),
                "good" if whole else "stops",
            )
        ]
    )
    note(texts("record.head", n=texts.number(found["entries"]), head=found["head"]))
    if found["flaws"]:
        rows: list[list[Cell]] = [
            [str(flaw["number"]), tag(texts(f"record.flaw_{flaw['kind']}"), "stops")]
            for flaw in found["flaws"]
        ]
        table([Column(texts("record.number")), Column(texts("record.flaw"))], rows, texts("record.flaws"))


def _filters(desk: Desk) -> dict[str, str | None]:
    texts = desk.texts
    by, action, subject = st.columns(3)
    with by:
        who = st.text_input(texts("record.filter_by"), key="record-by", persist_state="session")
    with action:
        acts = sorted(texts.table("record_action"), key=lambda act: texts.word("record_action", act))
        said = partial(texts.word, "record_action")
        what = choose(desk, texts("record.filter_action"), acts, said, "record-action")
    with subject:
        about = st.text_input(texts("record.filter_subject"), key="record-subject", persist_state="session")
    return {"by": (who or "").strip() or None, "action": what, "subject": (about or "").strip() or None}


def _row(desk: Desk, entry: Mapping[str, Any]) -> list[Cell]:
    texts = desk.texts
    kind = entry["subject_kind"]
    return [
        str(entry["number"]),
        texts.moment(entry["at"]),
        two_lines(_who(texts, entry["who"]), texts.word("role", entry["role"]) if entry["role"] else None),
        texts.word("record_action", entry["action"]),
        two_lines(texts.word("record_kind", kind), entry["about"]) if kind else None,
        _why(texts, entry["reason"]),
        tag(
            texts.word("record_outcome", entry["outcome"]),
            "stops" if entry["outcome"] == Outcome.REFUSED else "neutral",
        ),
    ]


def _who(texts: Texts, who: str) -> str:
    return texts.word("record_actor", who) if texts.has(f"record_actor.{who}") else who


def _why(texts: Texts, reason: str) -> str | None:
    """A reason in words, whichever list of reasons it is from."""
    known = (kind for kind in REASONS if texts.has(f"{kind}.{reason}"))
    return texts.word(next(known, ""), reason) if reason else None
