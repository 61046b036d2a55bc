"""What to build: a target, the cheapest places that meet it, worked out as a job and then simulated."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.opened import let_go, opened
from ui.frame.page import empty, header, section
from ui.frame.progress import follow, forget, start, under_way
from ui.frame.tables import Cell, Column, Meaning, opening, table_html, tag
from ui.frame.turning import asked_for, go_to
from ui.planner.capacity_plan import show_plan, target_told
from ui.planner.look import dress

RUN = "capacity-plan"
MEASURES = (
    *("women_gap_structural", "women_gap_now", "tier_1_unplaceable"),
    *("women_gap_structural.emergency", "women_gap_now.emergency"),
)
SIMULATED = MEASURES[:3]
"""Targets that every simulated week counts."""

WEEKS = (104, 156, 260)
LEAST_REPLICATIONS, REPLICATIONS, MOST_REPLICATIONS = 4, 10, 1000
STATES: Mapping[str, Meaning] = {"optimal": "good", "infeasible": "stops"}
LISTED = 20


def show(desk: Desk) -> None:
    """Show the form, the plan that the address asks for, and earlier plans."""
    dress()
    texts = desk.texts
    header(texts("capacity.title"), texts("capacity.lead"))
    if desk.may("scenario.run"):
        _ask(desk)
    ended = follow(desk, RUN)
    if ended is not None:
        forget(RUN)
        let_go()
        if ended["state"] == "done":
            go_to("capacity", id=ended["job_id"])
        st.rerun()
    plans: Mapping[str, Any] = opened(desk, "/capacity-plans", limit=LISTED)
    chosen = asked_for("id") or (plans["items"][0]["job_id"] if plans["items"] else None)
    if chosen is not None and not under_way(RUN):
        show_plan(desk, opened(desk, f"/capacity-plans/{chosen}"))
    section(texts("capacity.earlier"))
    _list(desk, plans["items"], plans["total"])


def _ask(desk: Desk) -> None:
    texts = desk.texts
    if under_way(RUN):
        return
    with st.form("capacity", width=860):
        measure = st.selectbox(
            texts("capacity.measure"),
            MEASURES,
            format_func=lambda name: texts(f"capacity.measure_of.{name}"),
            key="capacity-measure",
            persist_state="session",
        )
        first, second, third = st.columns(3, vertical_alignment="bottom")
        with first:
            most = st.number_input(
                texts("capacity.most"),
                0,
                100_000,
                0,
                key="capacity-most",
                help=texts("capacity.most_about"),
                persist_state="session",
            )
        with second:
            weeks = st.selectbox(
                texts("run.weeks"),
                WEEKS,
                index=1,
                format_func=lambda n: texts.count("year_ahead", n // 52, weeks=n),
                key="capacity-weeks",
                persist_state="session",
            )
        with third:
            replications = st.number_input(
                texts("run.replications"),
                LEAST_REPLICATIONS,
                MOST_REPLICATIONS,
                REPLICATIONS,
                key="capacity-replications",
                persist_state="session",
            )
        live = st.checkbox(
            texts("capacity.simulate"),
            key="capacity-simulate",
            help=texts("capacity.simulate_about"),
            persist_state="session",
        )
        sent = st.form_submit_button(texts("capacity.start"), type="primary")
    if not sent:
        return
    if live and measure not in SIMULATED:
        st.warning(texts("capacity.not_simulated"))
        return
    body = {
        "target": f"{measure}<={most}",
        "weeks": weeks,
        "replications": replications if live else 0,
        "seed": 1,
    }
    with told(desk):
        start(desk, RUN, "/capacity-plans", body)
        st.rerun()


def _list(desk: Desk, plans: Sequence[Mapping[str, Any]], total: int) -> None:
    texts = desk.texts
    if not plans:
        empty(texts("capacity.none"))
        return
    columns = [
        Column(texts("capacity.aim")),
        Column(texts("capacity.proof")),
        Column(texts("capacity.cost"), number=True),
        Column(texts("runs.made")),
    ]
    lines: list[list[Cell]] = [
        [
            opening(target_told(desk, plan["target"]), plan["job_id"]),
            tag(texts(f"capacity.status_{plan['status']}"), STATES.get(plan["status"], "neutral")),
            texts.number(plan["cost_sek_per_year"]),
            texts.moment(plan["made_at"]),
        ]
        for plan in plans
    ]
    found = clicked(table_html(columns, lines, texts.count("plan", total)), "capacity-list")
    if found is not None:
        go_to("capacity", id=found)
