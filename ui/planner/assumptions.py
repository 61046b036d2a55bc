"""The numbers that every simulation rests on: those with a source, those calibrated, those assumed."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.frame.choosing import choose
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import header
from ui.frame.tables import Cell, Column, Meaning, table, tag
from ui.planner.look import dress
from ui.texts import NOTHING, Texts

BASES: Mapping[str, Meaning] = {"source": "good", "calibrated": "marked", "assumed": "waits"}
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
            list(BASES),
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
    for name in groups:
        rows = [
            _row(texts, rate)
            for rate in rates
            if rate["group"] == name
            and (group is None or name == group)
            and (basis is None or rate["basis"] == basis)
        ]
        if rows:
            table(columns, rows, said[name])


def _row(texts: Texts, rate: Rate) -> list[Cell]:
    value = texts.number(rate["value"], DECIMALS)
    if rate["low"] is not None and rate["high"] is not None:
        ends = (texts.number(rate[end], DECIMALS) for end in ("low", "high"))
        value = f"{value} ({NOTHING.join(ends)})"
    return [
        rate["name"],
        value,
        rate["unit"],
        tag(texts(f"basis_of.{rate['basis']}"), BASES[rate["basis"]]),
        rate["source"],
    ]
