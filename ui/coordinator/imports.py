"""Taking files in: looked through first, with every fault in a table and what would change; then written."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.coordinator import exports
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.lasting import read_anew
from ui.frame.once import once_key
from ui.frame.opened import let_go, opened
from ui.frame.page import header, note, section
from ui.frame.progress import begin, follow, forget, start, under_way
from ui.frame.saying import say_next
from ui.frame.tables import Column, table, two_lines

LOOK, WRITE, LAST = "import-look", "import-write", "import-last"
KINDS = ("csv", "xlsx", "zip")
MOST_FAULTS = 200
"""Faults shown at once; mend those and look again."""


def show(desk: Desk) -> None:
    """Show the form, what the files would do, and let the person write them."""
    texts = desk.texts
    header(texts("imports.title"), texts("imports.lead"))
    _send(desk)
    looked = follow(desk, LOOK)
    if looked is not None:
        st.session_state[LAST] = looked["job_id"]
        forget(LOOK)
        let_go()
        st.rerun()
    import_id = st.session_state.get(LAST)
    if import_id is not None and not under_way(LOOK):
        _show(desk, opened(desk, f"/imports/{import_id}"))
    # Below what is to be written, where the button was pressed.
    written = follow(desk, WRITE)
    if written is not None:
        forget(WRITE)
        st.session_state.pop(LAST, None)
        let_go()
        read_anew()
        say_next(texts("imports.written"))
        st.rerun()
    if desk.may("export.run"):
        exports.show(desk)


def _send(desk: Desk) -> None:
    texts = desk.texts
    with st.form("import", width=760):
        files = st.file_uploader(
            texts("imports.files"), KINDS, accept_multiple_files=True, key="import-files"
        )
        aside = st.checkbox(texts("imports.aside"), key="import-aside", persist_state="session")
        sent = st.form_submit_button(texts("imports.look"), type="primary")
    if not sent:
        return
    if not files:
        st.warning(texts("imports.choose"))
        return
    with told(desk):
        parcel = [(file.name, file.getvalue()) for file in files]
        form = {"quarantine": "true" if aside else "false"}
        begin(LOOK, desk.client.send_files("/imports", parcel, form, once_key(LOOK)))
        st.rerun()


def _show(desk: Desk, found: Mapping[str, Any]) -> None:
    texts = desk.texts
    faults, aside = found["faults"], found["set_aside"]
    if faults:
        note(texts("imports.refused", n=texts.count("fault", len(faults))), "stops")
        _faults(desk, faults, texts("imports.faults"))
        return
    section(texts("imports.would"), texts("imports.would_lead", day=texts.day(found["as_of"])))
    columns = [Column(texts("imports.sheet"))]
    columns += [
        Column(texts(f"imports.{name}"), number=True) for name in ("inserted", "updated", "unchanged")
    ]
    rows = [
        [
            texts.word("sheet", sheet),
            *(texts.number(counts[name]) for name in ("inserted", "updated", "unchanged")),
        ]
        for sheet, counts in found["changes"].items()
    ]
    table(columns, rows, texts("imports.would"))
    if aside:
        section(texts("imports.set_aside"), texts("imports.set_aside_lead"))
        _faults(desk, [fault for one in aside for fault in one["faults"]], texts("imports.set_aside"))
    if not found["ready"] or under_way(WRITE):
        return
    if st.button(texts("imports.write"), type="primary", key="import-write-now"):
        with told(desk):
            start(desk, WRITE, f"/imports/{found['import_id']}/confirmation", None)
            st.rerun()


def _faults(desk: Desk, faults: Sequence[Mapping[str, Any]], caption: str) -> None:
    texts = desk.texts
    columns = [
        Column(texts("imports.file")),
        Column(texts("imports.row"), number=True),
        Column(texts("imports.column")),
        Column(texts("imports.what")),
    ]
    rows = [
        [
            fault["file"],
            texts.number(fault["row"]),
            fault["column"],
            two_lines(fault["message"], fault["remedy"]),
        ]
        for fault in faults[:MOST_FAULTS]
    ]
    if len(faults) > MOST_FAULTS:
        shown, all_of_them = texts.number(MOST_FAULTS), texts.number(len(faults))
        caption = texts("imports.first_faults", shown=shown, total=all_of_them)
    table(columns, rows, caption)
