"""The monthly report: a month and a language, one click, and a PDF and a workbook to fetch."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.opened import all_opened
from ui.frame.page import empty, header, section
from ui.frame.progress import follow, forget, start, under_way
from ui.manager.day import figures_of
from ui.texts import LANGUAGES

JOB = "report"
KINDS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
KEPT = 12
"""Earlier reports that are listed."""


def show(desk: Desk) -> None:
    """Show what can be ordered, and what has been made."""
    texts = desk.texts
    header(texts("manager.report.title"), texts("manager.report.lead"))
    _order(desk, _months(desk))
    job = follow(desk, JOB)
    if job is not None:
        result = job["result"]
        st.success(texts("manager.report.done", month=texts.month(str(result["month"]))))
        _downloads(desk, {"report_id": job["job_id"], "month": result["month"]}, "new", primary=True)
    _earlier(desk, None if job is None else str(job["job_id"]))


def _months(desk: Desk) -> Sequence[str]:
    """Months that there are figures of, the present one first."""
    today = figures_of(desk, "/missing").day
    days = [today, *(str(one["day"]) for one in all_opened(desk, "/snapshots"))]
    return sorted({day[:7] for day in days}, reverse=True)


def _order(desk: Desk, months: Sequence[str]) -> None:
    texts = desk.texts
    with st.container(horizontal=True, vertical_alignment="bottom", key="report-order"):
        month = st.selectbox(
            texts("manager.report.month"),
            months,
            format_func=texts.month,
            key="report-month",
            persist_state="session",
            width=260,
        )
        language = st.segmented_control(
            texts("manager.report.language"),
            LANGUAGES,
            default=texts.language,
            required=True,
            format_func=lambda code: texts(f"manager.report.{code}"),
            key="report-language",
            persist_state="session",
        )
        pressed = st.button(
            texts("manager.report.make"), key="report-make", type="primary", disabled=under_way(JOB)
        )
    if pressed:
        with told(desk):
            forget(JOB)
            start(desk, JOB, "/reports", {"month": month, "language": language})


def _earlier(desk: Desk, newest: str | None) -> None:
    texts = desk.texts
    made = [
        one
        for one in desk.client.listed("/reports", KEPT).items
        if one["state"] == "done" and one["report_id"] != newest
    ]
    if newest is not None and not made:
        return
    section(texts("manager.report.earlier"))
    if not made:
        empty(texts("manager.report.none_yet"))
        return
    for one in made:
        said = texts(
            "manager.report.one",
            month=texts.month(one["month"]),
            language=texts(f"manager.report.in_{one['language']}"),
            moment=texts.moment(one["asked_at"]),
        )
        with st.container(horizontal=True, vertical_alignment="center", key=f"report-{one['report_id']}"):
            st.markdown(said)
            _downloads(desk, one, one["report_id"])


def _downloads(desk: Desk, report: Mapping[str, Any], key: str, *, primary: bool = False) -> None:
    """Buttons that fetch the files, each only when it is pressed."""
    with st.container(horizontal=True, key=f"files-{key}"):
        for kind, media in KINDS.items():
            path = f"/reports/{report['report_id']}/{kind}"
            st.download_button(
                desk.texts(f"manager.report.fetch_{kind}", month=desk.texts.month(str(report["month"]))),
                data=partial(desk.client.file, path),
                file_name=f"hemvist-{str(report['month'])[:7]}.{kind}",
                mime=media,
                key=f"fetch-{key}-{kind}",
                on_click="ignore",
                type="primary" if primary else "secondary",
            )
