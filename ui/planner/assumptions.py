"""The numbers that every simulation rests on: those with a source, those calibrated, those assumed."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.frame.choosing import choose
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import header
from ui.frame.tables import Cell, Column, table
from ui.planner.look import dress
from ui.planner.rests_on import basis_tag
from ui.texts import NOTHING, Texts

BASES = ("source", "calibrated", "assumed")
DECIMALS = 4
Rate = Mapping[str, Any]


def show(desk: Desk) -> None:
    """Show today's numbers."""
    dress()
    texts = desk.texts
    header(texts("assumptions.title"), texts("assumptions.lead"))
    show_rates(desk, opened(desk, "/assumptions"))


def show_rates(desk: Desk, rates: Sequence[Rate]) -> None:
    """Show numbers, each with what it rests on in a colour, a sign and a word; a table for each kind."""
    texts = desk.texts
    groups = dict.fromkeys(rate["group"] for rate in rates)
    said = {rate["group"]: rate["group_text"] for rate in rates}
    first, second = st.columns(2)
    with first:
        basis = choose(
            desk,
            texts("assumptions.basis"),
            BASES,
            lambda name: texts(f"basis_of.{name}"),
            "rates-basis",
        )
    with second:
        group = choose(desk, texts("assumptions.about"), list(groups), said.__getitem__, "rates-group")
    columns = [
        Column(texts("assumptions.what")),
        Column(texts("assumptions.value"), number=True),
        Column(texts("assumptions.unit")),
        Column(texts("assumptions.basis")),
        Column(texts("assumptions.source")),
    ]
    decimals: dict[tuple[str, str], int] = {}
    for rate in rates:
        key = rate["group"], rate["unit"]
        decimals[key] = max(decimals.get(key, 0), _decimals(rate["value"]))
    for name in groups:
        rows = [
            _row(texts, rate, decimals[rate["group"], rate["unit"]])
            for rate in rates
            if rate["group"] == name
            and (group is None or name == group)
            and (basis is None or rate["basis"] == basis)
        ]
        if rows:
            table(columns, rows, said[name])


def _decimals(value: float) -> int:
    """How many decimals a number is told with."""
    return len(f"{value:.{DECIMALS}f}".rstrip("0").partition(".")[2])


def _row(texts: Texts, rate: Rate, decimals: int) -> list[Cell]:
    """A row; numbers of a kind have as many decimals, so that they can be read one below the other."""
    value = texts.number(rate["value"], DECIMALS, decimals)
    if rate["low"] is not None and rate["high"] is not None:
        ends = (texts.number(rate[end], DECIMALS) for end in ("low", "high"))
        value = f"{value} ({NOTHING.join(ends)})"
    return [
        rate["name"],
        value,
        rate["unit"],
        basis_tag(texts, rate["basis"]),
        rate["source"],
    ]
