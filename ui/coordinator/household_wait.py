"""How long households like this one have waited in the simulation, with the spread; never a promise."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ui.desk_client import Refused, part
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.opened import let_go, opened
from ui.frame.page import empty, note
from ui.frame.pools import Pools
from ui.frame.progress import follow, forget, start, under_way
from ui.frame.saying import say_next
from ui.frame.tables import Cell, Column, table
from ui.texts import Texts

NO_FORECAST, FORECAST = "no_forecast", "waits"
REPLICATIONS = 20
"""Simulations that a forecast is read from."""


def show(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Show the expected wait, or that there is no forecast yet."""
    texts = desk.texts
    try:
        found = opened(desk, f"/households/{part(case['household_id'])}/expected-wait")
    except Refused as refused:
        if refused.status != 409:
            raise
        if not under_way(FORECAST):
            empty(refused.detail)
        if refused.key == NO_FORECAST:
            _forecast(desk)
        return
    note(texts("wait.no_promise"))
    chances = found["any_place"]["chances"]
    columns = [Column(texts("wait.place"))]
    columns += [
        Column(texts("wait.within", n=texts.count("week", one["weeks"])), number=True) for one in chances
    ]
    rows: list[list[Cell]] = [[texts("wait.any_place"), *_cells(texts, chances)]]
    rows += [
        [texts.form(form), *_cells(texts, one["chances"])]
        for form, one in found["forms"].items()
        if one["open"]
    ]
    rows.append([texts("wait.otherwise"), *_cells(texts, found["otherwise"])])
    about = texts(
        "wait.caption",
        day=texts.day(found["forecast_as_of"]),
        households=texts.count("household", found["households"]),
        replications=texts.number(found["replications"]),
    )
    table(columns, rows, about)


def _forecast(desk: Desk) -> None:
    """Have a forecast made, for all households at once."""
    texts = desk.texts
    if follow(desk, FORECAST) is not None:
        forget(FORECAST)
        let_go()
        say_next(texts("wait.made"))
        st.rerun()
    if under_way(FORECAST) or not desk.may("plan.run"):
        return
    st.write(texts("wait.ask_about"))
    if st.button(texts("wait.ask"), type="primary", key="forecast"):
        with told(desk):
            start(desk, FORECAST, "/expected-waits", {"replications": REPLICATIONS})
            st.rerun()


def _cells(texts: Texts, chances: list[Mapping[str, Any]]) -> list[Cell]:
    return [
        texts(
            "wait.chance",
            value=texts.percent(one["value"]),
            low=texts.number(one["low"] * 100),
            high=texts.number(one["high"] * 100),
        )
        for one in chances
    ]
