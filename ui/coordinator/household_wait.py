"""How long households like this one have waited in the simulation, with the spread; never a promise."""

from collections.abc import Mapping
from typing import Any

from ui.desk_client import Refused
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, note
from ui.frame.pools import Pools
from ui.frame.tables import Cell, Column, table
from ui.texts import Texts

NO_FORECAST = "no_forecast"


def show(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:  # noqa: ARG001
    """Show the expected wait, or that there is no forecast yet."""
    texts = desk.texts
    try:
        told = opened(desk, f"/households/{case['household_id']}/expected-wait")
    except Refused as refused:
        if refused.status != 409:
            raise
        empty(refused.detail)
        return
    note(texts("wait.no_promise"))
    chances = told["any_place"]["chances"]
    columns = [Column(texts("wait.place"))]
    columns += [
        Column(texts("wait.within", n=texts.count("week", one["weeks"])), number=True) for one in chances
    ]
    rows: list[list[Cell]] = [[texts("wait.any_place"), *_cells(texts, chances)]]
    rows += [
        [texts.form(form), *_cells(texts, one["chances"])]
        for form, one in told["forms"].items()
        if one["open"]
    ]
    rows.append([texts("wait.otherwise"), *_cells(texts, told["otherwise"])])
    about = texts(
        "wait.caption",
        day=texts.day(told["forecast_as_of"]),
        households=texts.count("household", told["households"]),
        replications=texts.number(told["replications"]),
    )
    table(columns, rows, about)


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
