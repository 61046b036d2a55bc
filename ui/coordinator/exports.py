"""Files made of the households that the person may see, with the whole stock: asked for, then fetched."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.coordinator.fields import WIDE
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.opened import let_go, opened
from ui.frame.page import section
from ui.frame.progress import follow, forget, start, under_way
from ui.frame.tables import Column, table

MAKE, FETCHED = "export", "export-fetched"
FORMATS = ("xlsx", "csv", "csv-sv")
SHOWN = 5
KILO = 1000


def show(desk: Desk) -> None:
    """Let a file be made, and the latest be fetched."""
    texts = desk.texts
    section(texts("exports.title"), texts("exports.lead"))
    if follow(desk, MAKE) is not None:
        forget(MAKE)
        let_go()
        st.rerun()
    if not under_way(MAKE):
        _ask(desk)
    found = [one for one in opened(desk, "/exports", limit=SHOWN)["items"] if one["state"] == "done"]
    if found:
        _latest(desk, found[0])


def _ask(desk: Desk) -> None:
    texts = desk.texts
    with st.form("export", width=WIDE):
        chosen = st.selectbox(
            texts("exports.format"),
            FORMATS,
            format_func=lambda name: texts.word("export_format", name),
            key="export-format",
            persist_state="session",
        )
        sent = st.form_submit_button(texts("exports.make"))
    if sent:
        with told(desk):
            start(desk, MAKE, "/exports", {"format": chosen})
            st.rerun()


def _latest(desk: Desk, export: Mapping[str, Any]) -> None:
    """The latest file; it is fetched only when asked for, since every fetching is recorded."""
    texts = desk.texts
    columns = [Column(texts("imports.sheet")), Column(texts("exports.rows"), number=True)]
    rows = [[texts.word("sheet", sheet), texts.number(count)] for sheet, count in export["rows"].items()]
    size = texts.number((export["bytes"] or 0) / KILO)
    table(columns, rows, texts("exports.made", moment=texts.moment(export["asked_at"]), size=size))
    kept = st.session_state.get(FETCHED)
    if kept is None or kept[0] != export["export_id"]:
        if not st.button(texts("exports.fetch"), key="export-fetch"):
            return
        content = desk.client.file(f"/exports/{export['export_id']}/file")
        kept = st.session_state[FETCHED] = (export["export_id"], content)
    st.download_button(
        texts("exports.save"),
        kept[1],
        file_name=export["name"],
        mime="application/octet-stream",
        type="primary",
        key="export-save",
        on_click="ignore",
    )
