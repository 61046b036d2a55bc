"""What is run beside today's city, for how long and how often; figures that are refined as it goes."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.desk_client import Refused
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.page import empty, note, section
from ui.frame.progress import follow, forget, start, under_way
from ui.frame.saying import say_next
from ui.frame.turning import go_to
from ui.planner.change_form import fault_told
from ui.planner.drafts import alternatives, own
from ui.planner.figures_table import figures_table

RUN = "scenario-run"
FAULTY = "scenario_faults"
KEPT = "planner-first-figures"
SEEN = "planner-figures-seen"
WEEKS = (52, 104, 156, 260)
POLICIES = ("optimum", "first_come", "priority_greedy", "scarcity_priced")
AS_SAID = "as_said"
"""No other way of sharing out the places than the scenarios', or today's."""

MOVES = ("none", "4", "unlimited")
LEAST_REPLICATIONS, MOST_REPLICATIONS, MOST_SEED = 4, 1000, 999_999_999
USUAL_REPLICATIONS = 10


def show_running(desk: Desk, titles: Mapping[str, str]) -> None:
    """Show the form, or the run that is under way, and go to its results when it is done."""
    texts = desk.texts
    if not under_way(RUN):
        section(texts("run.title"), texts("run.lead"))
        _chosen(desk, titles)
        _form(desk)
    else:
        section(texts("run.under_way"), texts("run.under_way_lead"))
    ended = follow(desk, RUN, lambda job: _so_far(desk, job))
    if ended is None:
        return
    forget(RUN)
    found = (ended["result"] or {}).get("experiment_id")
    if found is not None:
        go_to("result", id=str(found))
    # Stopped before any replication is finished, a job keeps nothing; what was on the page is still here.
    seen = st.session_state.pop(SEEN, None)
    kept = (ended["result"] or {}).get("so_far") or seen
    if kept:
        st.session_state[KEPT] = kept
        say_next(texts("run.stopped_with_figures"))
    else:
        say_next(texts("frame.stopped"))
    st.rerun()


def _chosen(desk: Desk, titles: Mapping[str, str]) -> None:
    texts, rows = desk.texts, alternatives()
    options = [name for name in titles if name != "baseline"]
    for at, names in enumerate(rows):
        left, right = st.columns([6, 1], vertical_alignment="bottom")
        with left:
            key = f"alternative-{st.session_state.get('planner-rows', 0)}-{at}"
            chosen = st.multiselect(
                texts("run.alternative", n=at + 1),
                options,
                default=[name for name in names if name in titles],
                format_func=lambda name: titles.get(name, name),
                key=key,
                placeholder=texts("build.choose_many"),
                help=texts("run.together"),
            )
            rows[at] = list(chosen)
        with right:
            if st.button(texts("run.drop"), key=f"{key}-drop"):
                del rows[at]
                _rows_anew()
                st.rerun()
    if not rows:
        empty(texts("run.none_chosen"))
    with st.container(horizontal=True):
        if st.button(texts("run.another"), key="alternative-add"):
            rows.append([])
            st.rerun()
        if len(rows) > 1 and st.button(texts("run.stack"), key="alternative-stack"):
            together = list(dict.fromkeys(name for names in rows for name in names))
            rows.append(together)
            _rows_anew()
            st.rerun()


def _rows_anew() -> None:
    """The rows have moved: each field is another one now."""
    st.session_state["planner-rows"] = st.session_state.get("planner-rows", 0) + 1


def _form(desk: Desk) -> None:
    texts, rows = desk.texts, [names for names in alternatives() if names]
    with st.form("scenario-run", width=860):
        first, second, third = st.columns(3)
        with first:
            weeks = st.selectbox(
                texts("run.weeks"),
                WEEKS,
                format_func=lambda n: texts.count("year_ahead", n // 52, weeks=n),
                index=1,
                key="run-weeks",
                persist_state="session",
            )
        with second:
            replications = st.number_input(
                texts("run.replications"),
                LEAST_REPLICATIONS,
                MOST_REPLICATIONS,
                USUAL_REPLICATIONS,
                key="run-replications",
                help=texts("run.replications_about"),
                persist_state="session",
            )
        with third:
            policy = st.selectbox(
                texts("run.policy"),
                (AS_SAID, *POLICIES),
                format_func=lambda way: (
                    texts("run.as_scenario") if way == AS_SAID else texts(f"build.way.{way}")
                ),
                key="run-policy",
                persist_state="session",
            )
        with st.expander(texts("run.more")):
            seed = st.number_input(
                texts("run.seed"),
                0,
                MOST_SEED,
                1,
                key="run-seed",
                help=texts("run.seed_about"),
                persist_state="session",
            )
            moves = st.radio(
                texts("run.moves"),
                MOVES,
                format_func=lambda name: texts(f"plans.moves_{name}"),
                key="run-moves",
                persist_state="session",
            )
            uncertain = st.checkbox(texts("run.uncertain"), key="run-uncertain", persist_state="session")
        sent = st.form_submit_button(texts("run.start"), type="primary")
    kept = st.session_state.get(KEPT)
    if kept:
        _figures(desk, kept)
    if not sent:
        return
    if not rows and policy == AS_SAID:
        st.warning(texts("run.choose_first"))
        return
    used = {name for names in rows for name in names}
    body = {
        "own": [{"content": content} for name, content in own().items() if name in used],
        "stacks": rows,
        "policy": None if policy == AS_SAID else policy,
        "weeks": weeks,
        "replications": replications,
        "seed": seed,
        "moves": int(moves) if str(moves).isdigit() else moves,
        "uncertain": uncertain,
    }
    with told(desk):
        _start(desk, body)


def _start(desk: Desk, body: Mapping[str, Any]) -> None:
    """Ask for the run; what is wrong with a scenario is told as it is when one is built."""
    try:
        start(desk, RUN, "/scenario-runs", body)
    except Refused as refused:
        if refused.key != FAULTY:
            raise
        for fault in refused.errors:
            note(fault_told(desk, fault), "stops")
        return
    st.session_state.pop(KEPT, None)
    st.session_state.pop(SEEN, None)
    st.rerun()


def _so_far(desk: Desk, job: Mapping[str, Any]) -> None:
    """The figures that there are by now."""
    if job["partial"]:
        st.session_state[SEEN] = job["partial"]
        _figures(desk, job["partial"])
    else:
        note(desk.texts("run.soon"))


def _figures(desk: Desk, found: Mapping[str, Any]) -> None:
    texts = desk.texts
    if found["first_look"]:
        note(texts("run.first_look", weeks=texts.count("week", found["weeks"])), "waits")
    else:
        note(texts("run.so_far", n=texts.count("replication", found["replications"])), "waits")
    arms: Sequence[Mapping[str, Any]] = found["scenarios"]
    named = [{**arm, "title": arm["title"][texts.language]} for arm in arms]
    figures_table(desk, named, texts("run.figures"))
