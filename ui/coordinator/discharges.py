"""Leaving hospital, treatment or prison: planned from the day of admission, step by step."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from models.discharges import Institution
from ui.coordinator.acting import do, post, typed
from ui.coordinator.fields import WIDE, day, one_of, words
from ui.coordinator.leading import to_household
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.lasting import city_day
from ui.frame.opened import opened, opened_version
from ui.frame.page import empty, facts_html, section
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Column, opening, table_html, tag

Case = Mapping[str, Any]
PATH = "/discharge-plans"
DATES = ("admitted_on", "leaves_on", "sip_on")


def all_of_them(desk: Desk) -> None:
    """Show the open plans, those who leave first standing first."""
    texts = desk.texts

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("leaving.none"))
            return
        columns = [Column(texts(f"leaving.{name}")) for name in ("household", "institution", *DATES, "steps")]
        lines = [
            [
                opening(row["household_id"], row["household_id"]),
                texts.word("institution", row["institution"]),
                *(texts.short_day(row[name]) for name in DATES),
                texts.count("step_left", sum(step["done_on"] is None for step in row["steps"])),
            ]
            for row in rows
        ]
        who = clicked(table_html(columns, lines, texts.count("discharge_plan", total)), "discharges")
        if who is not None:
            to_household(who, "casework", "leaving")

    paged(desk, "discharges", PATH, shown)


def of_household(desk: Desk, pools: Pools, case: Case) -> None:  # noqa: ARG001
    """Show a household's plan, or let one be begun."""
    found = opened(desk, PATH, household=case["household_id"])["items"]
    for plan in found:
        _plan(desk, plan["plan_id"])
    if not found:
        _begin(desk, case["household_id"])


def _begin(desk: Desk, household_id: str) -> None:
    texts, name = desk.texts, f"leaving:{household_id}"
    with st.form(name, width=WIDE):
        st.write(texts("leaving.about"))
        key = typed(name)
        body = {
            "household_id": household_id,
            "institution": one_of(
                desk, "leaving.institution", "institution", tuple(Institution), f"{key}-where"
            ),
            **{date: day(desk, f"leaving.{date}", f"{key}-{date}") for date in DATES},
            "note": words(desk, "offer.note", f"{key}-note"),
        }
        sent = st.form_submit_button(texts("leaving.begin"), type="primary")
    if sent:
        post(desk, name, PATH, body, texts("leaving.begun"))


def _plan(desk: Desk, plan_id: str) -> None:
    texts = desk.texts
    plan, version = opened_version(desk, f"{PATH}/{plan_id}")
    section(texts("leaving.plan", where=texts.word("institution", plan["institution"])))
    pairs = [(texts(f"leaving.{date}"), texts.day(plan[date])) for date in DATES]
    st.html(facts_html([*pairs, (texts("field.note"), plan["note"] or texts("word.none_given"))]))
    columns = [Column(texts(f"leaving.{name}")) for name in ("step", "due", "done")]
    lines = [
        [
            texts.word("discharge_step", step["code"]),
            texts.short_day(step["due_on"]),
            tag(texts.short_day(step["done_on"]), "good")
            if step["done_on"]
            else opening(texts("leaving.do"), step["code"]),
        ]
        for step in plan["steps"]
    ]
    code = clicked(table_html(columns, lines, texts("leaving.steps")), f"leaving-{plan_id}")
    if code is not None:
        _change(desk, plan_id, {"done": {code: str(city_day(desk))}}, version, texts("leaving.step_done"))
    name = f"leaving:{plan_id}"
    with st.form(name, width=WIDE):
        st.write(texts("leaving.change_about"))
        key = typed(name)
        body = {date: day(desk, f"leaving.{date}", f"{key}-{date}") for date in DATES[1:]}
        body["note"] = words(desk, "offer.note", f"{key}-note")
        sent = st.form_submit_button(texts("leaving.change"), type="primary")
    given = {field: value for field, value in body.items() if value is not None}
    if sent and given:
        _change(desk, plan_id, given, version, texts("leaving.changed"))
    if st.button(texts("leaving.close"), key=f"close-{plan_id}"):
        _change(desk, plan_id, {"closed": True}, version, texts("leaving.closed"))


def _change(desk: Desk, plan_id: str, body: Case, version: str | None, said: str) -> None:
    do(desk, f"leaving:{plan_id}", lambda: desk.client.patch(f"{PATH}/{plan_id}", body, version), said)
