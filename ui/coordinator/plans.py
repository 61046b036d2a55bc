"""Matching again: a plan as a job, what it changes, and publishing it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from ui.coordinator.plan_changes import show_changes
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.once import done, once_key
from ui.frame.opened import let_go, opened, opened_version
from ui.frame.page import Figure, empty, figures, header, note, section
from ui.frame.progress import follow, forget, start, under_way
from ui.frame.saying import say_next
from ui.frame.tables import Column, Meaning, table, tag

RUN, COMPARED = "match", "plans-compared"
CHAINS = ("4", "none", "unlimited")
STATES: Mapping[str, Meaning] = {"draft": "waits", "published": "good", "replaced": "neutral"}
KEPT = 20
"""Plans listed; the newest first."""


def show(desk: Desk) -> None:
    """Show the plans, and let the person match again."""
    texts = desk.texts
    header(texts("plans.title"), texts("plans.lead"))
    plans: Sequence[Mapping[str, Any]] = opened(desk, "/plans", limit=KEPT)["items"]
    published = next((plan for plan in plans if plan["state"] == "published"), None)
    _ask(desk)
    finished = follow(desk, RUN)
    if finished is not None:
        forget(RUN)
        let_go()
        say_next(texts("plans.done"))
        st.rerun()
    draft = next((plan for plan in plans if plan["state"] == "draft"), None)
    if draft is not None and (published is None or draft["run_id"] > published["run_id"]):
        _show_draft(desk, draft, published)
    section(texts("plans.list"))
    _list(desk, plans)


def _ask(desk: Desk) -> None:
    texts = desk.texts
    if under_way(RUN) or not desk.may("plan.run"):
        return
    with st.form("match", width=760):
        moves = st.radio(
            texts("plans.moves"),
            CHAINS,
            format_func=lambda name: texts(f"plans.moves_{name}"),
            key="plans-moves",
            persist_state="session",
        )
        sent = st.form_submit_button(texts("plans.run"), type="primary")
    if sent:
        with told(desk):
            start(desk, RUN, "/plans", {"moves": int(moves) if moves.isdigit() else moves})
            st.rerun()


def _show_draft(desk: Desk, draft: Mapping[str, Any], published: Mapping[str, Any] | None) -> None:
    texts = desk.texts
    plan, version = opened_version(desk, f"/plans/{draft['run_id']}")
    section(texts("plans.draft", n=draft["run_id"]), texts("plans.draft_about"))
    proven = plan["status"] == "optimal"
    figures(
        [
            Figure(texts("plans.proposals"), texts.number(plan["proposals"]), "", "good"),
            Figure(texts("plans.unmatched"), texts.number(plan["unmatched"])),
            Figure(
                texts("plans.status"),
                texts("plans.proven" if proven else "plans.not_proven"),
                texts("plans.seconds", n=texts.number(plan["seconds"], 1)),
                "good" if proven else "waits",
            ),
        ]
    )
    if published is None:
        note(texts("plans.first"))
    else:
        _other_chains(desk, published, draft)
        _difference(desk, int(published["run_id"]), int(draft["run_id"]))
    if desk.may("plan.publish") and st.button(texts("plans.publish"), type="primary", key="publish"):
        with told(desk):
            _publish(desk, draft["run_id"], version)


def _other_chains(desk: Desk, published: Mapping[str, Any], draft: Mapping[str, Any]) -> None:
    """Say that the chains may be of other lengths: that alone changes proposals, without a changed fact."""
    before, after = (_moves(desk, str(plan["moves"])) for plan in (published, draft))
    if before != after:
        note(desk.texts("plans.other_chains", before=before.lower(), after=after.lower()), "waits")


def _difference(desk: Desk, published: int, draft: int) -> None:
    """What the draft changes, once it is asked for: it is worked out anew, and takes some seconds."""
    texts, pair = desk.texts, (published, draft)
    if st.session_state.get(COMPARED) != pair:
        asked = st.empty()
        if not asked.button(texts("plans.compare"), key="compare", help=texts("plans.compare_takes")):
            return
        asked.empty()
        st.session_state[COMPARED] = pair
    with st.spinner(texts("plans.comparing")):
        found = opened(desk, f"/plans/{published}/difference", to=draft)
    show_changes(desk, found)


def _publish(desk: Desk, run_id: int, version: str | None) -> None:
    name = f"publish:{run_id}"
    try:
        answer = desk.client.post(f"/plans/{run_id}/publication", None, once_key(name), version)
    finally:
        let_go()
    done(name)
    counted = {part: desk.texts.number(answer[part]) for part in ("new", "kept", "withdrawn")}
    say_next(desk.texts("plans.published", **counted))
    st.rerun()


def _list(desk: Desk, plans: Sequence[Mapping[str, Any]]) -> None:
    texts = desk.texts
    if not plans:
        empty(texts("plans.none"))
        return
    columns = [
        Column(texts("plans.number")),
        Column(texts("plans.state")),
        Column(texts("plans.day")),
        Column(texts("plans.moves")),
        Column(texts("plans.made")),
        Column(texts("plans.published_at")),
    ]
    rows = [
        [
            str(plan["run_id"]),
            tag(texts(f"plans.state_{plan['state']}"), STATES[plan["state"]]),
            texts.day(date.fromisoformat(plan["as_of"])),
            _moves(desk, str(plan["moves"])),
            texts.moment(plan["made_at"]),
            texts.moment(plan["published_at"]),
        ]
        for plan in plans
    ]
    table(columns, rows, texts.count("plan", len(rows)))


def _moves(desk: Desk, moves: str) -> str:
    texts = desk.texts
    return texts("plans.steps", n=moves) if moves.isdigit() else texts(f"plans.moves_{moves}")
