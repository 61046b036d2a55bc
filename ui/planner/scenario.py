"""A scenario of the library in words: what changes and when, how rules then read, where to go on from it."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, header, section
from ui.frame.turning import asked_for, go_to
from ui.planner.drafts import add_alternative, start_from
from ui.planner.look import dress
from ui.planner.runs import runs_table
from ui.planner.sharing import link

RUNS = 10


def show(desk: Desk) -> None:
    """Show the scenario that the address asks for."""
    dress()
    texts, name = desk.texts, asked_for("name")
    if not name:
        header(texts("scenario.none_title"))
        empty(texts("scenario.none"))
        return
    found: Mapping[str, Any] = opened(desk, f"/scenarios/{part(name)}")
    header(found["title"], found["text"], texts("scenario.above"))
    section(texts("build.changes"))
    lines = "".join(f"<li><p>{escape(change['sentence'])}</p></li>" for change in found["told"])
    if lines:
        st.html(f'<ol class="hv-changes">{lines}</ol>')
    else:
        empty(texts("scenario.nothing_changes"))
    for rule in found["rules"]:
        st.html(f'<p class="hv-note hv-edge-marked">{escape(texts("build.rule_then", rule=rule))}</p>')
    if desk.may("scenario.run"):
        with st.container(horizontal=True):
            if st.button(texts("whatif.add"), type="primary", key="scenario-add"):
                add_alternative([name])
                go_to("whatif")
            if st.button(texts("scenario.go_on"), key="scenario-go-on"):
                start_from(_content(desk, found))
                go_to("build")
    section(texts("scenario.runs"))
    runs = opened(desk, "/scenario-runs", scenario=name, limit=RUNS)
    runs_table(desk, runs["items"], runs["total"])
    link(desk, "scenario", texts("scenario.link"))


def _content(desk: Desk, found: Mapping[str, Any]) -> dict[str, Any]:
    """The scenario as one's own to go on from; its title says that it is another."""
    texts = desk.texts
    changes = []
    for told in found["told"]:
        weeks = {key: told[key] for key in ("from_week", "until_week") if told[key]}
        changes.append({"kind": told["kind"], **weeks, **told["settings"]})
    language = texts.language
    return {
        "name": "",
        f"title_{language}": texts("scenario.own_title", title=found["title"]),
        f"text_{language}": found["text"],
        "change": changes,
    }
