"""The history of runs: every plan that was made, and replaying one from what went into it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.page import empty, header, note, section
from ui.frame.paging import paged
from ui.frame.progress import follow, forget, start, under_way
from ui.frame.tables import Cell, Column, table, tag

RUN, REPLAYED = "replay", "replayed"


def show(desk: Desk) -> None:
    """Show the runs, and let the person replay one."""
    texts = desk.texts
    header(texts("history.title"), texts("history.lead"))

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("plans.none"))
            return
        if desk.may("plan.run"):
            _replay(desk, rows)
        section(texts("history.runs"))
        columns = [
            Column(texts(f"plans.{name}"))
            for name in ("number", "state", "day", "moves", "status", "made", "published_at")
        ]
        table(columns, [_row(desk, plan) for plan in rows], texts.count("plan", total))

    paged(desk, "history", "/plans", shown)


def _row(desk: Desk, plan: Mapping[str, Any]) -> list[Cell]:
    texts, moves = desk.texts, str(plan["moves"])
    proven = plan["status"] == "optimal"
    return [
        str(plan["run_id"]),
        texts(f"plans.state_{plan['state']}"),
        texts.short_day(plan["as_of"]),
        texts("plans.steps", n=moves) if moves.isdigit() else texts(f"plans.moves_{moves}"),
        tag(texts("plans.proven" if proven else "plans.not_proven"), "good" if proven else "waits"),
        texts.moment(plan["made_at"]),
        texts.moment(plan["published_at"]),
    ]


def _replay(desk: Desk, plans: Sequence[Mapping[str, Any]]) -> None:
    texts = desk.texts
    section(texts("history.replay"), texts("history.replay_lead"))
    if not under_way(RUN):
        with st.form("replay", width=480):
            number = st.selectbox(
                texts("history.which"),
                [plan["run_id"] for plan in plans],
                key="replay-run",
            )
            sent = st.form_submit_button(texts("history.replay_do"), type="primary")
        if sent:
            with told(desk):
                start(desk, RUN, f"/plans/{number}/replay", None)
                st.session_state.pop(REPLAYED, None)
                st.rerun()
    ended = follow(desk, RUN)
    if ended is not None:
        forget(RUN)
        st.session_state[REPLAYED] = ended["result"]
        st.rerun()
    found: Mapping[str, Any] | None = st.session_state.get(REPLAYED)
    if found is not None:
        _show_replayed(desk, found)


def _show_replayed(desk: Desk, found: Mapping[str, Any]) -> None:
    texts = desk.texts
    key = "same" if found["same"] else "differs"
    note(texts(f"history.{key}", n=found["run"]), "good" if found["same"] else "stops")
    if found["differs"]:
        note(
            texts(
                "history.parts",
                parts=texts.listed([texts.word("replay_part", part) for part in found["differs"]]),
            )
        )
    if found["versions"]:
        columns = [Column(texts(f"history.{name}")) for name in ("part", "then", "now")]
        rows: list[list[Cell]] = [
            [version["part"], version["then"], version["now"]] for version in found["versions"]
        ]
        table(columns, rows, texts("history.versions"))
