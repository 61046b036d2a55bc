"""The districts as tiles, about where they lie: the places of each, and how many of them are free."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import section
from ui.frame.tables import Column, table
from ui.manager.day import STYLE
from ui.manager.tile_map import WHERE
from ui.texts import Texts

FOREMOST = 3
"""Districts that are named in the sentence."""


def show(desk: Desk) -> None:
    """Show where the free places are: in a sentence, as tiles, and as a table."""
    texts = desk.texts
    found = opened(desk, "/vacancies/districts")
    st.html(STYLE)
    told = [f"{one['district']} ({texts.number(one['vacant'])})" for one in found[:FOREMOST]]
    section(texts("districts.title"), texts("districts.lead", where=texts.listed(told)) if told else "")
    tiles = "".join(_tile(texts, one) for one in found if one["district"] in WHERE)
    others = "".join(_tile(texts, one) for one in found if one["district"] not in WHERE)
    below = f'<ul class="hv-tiles hv-tiles-below">{others}</ul>' if others else ""
    st.html(f'<ul class="hv-tiles" aria-label="{escape(texts("districts.title"))}">{tiles}</ul>{below}')
    with st.expander(texts("frame.as_table")):
        names = ("district", "vacant", "held", "places", "pools")
        columns = [Column(texts(f"districts.{name}"), number=name != "district") for name in names]
        rows = [[one["district"], *(texts.number(one[name]) for name in names[1:])] for one in found]
        table(columns, rows, texts("districts.title"))


def _tile(texts: Texts, one: Mapping[str, Any]) -> str:
    at = WHERE.get(one["district"])
    place = f' style="--row:{at[0]};--column:{at[1]}"' if at else ""
    meaning = "women_more" if one["vacant"] else "alike"
    of_ = texts("districts.of", places=texts.count("place", one["places"]))
    return (
        f'<li class="hv-tile hv-{meaning}"{place}><span class="hv-tile-name">{escape(one["district"])}</span>'
        f'<span class="hv-tile-line"><span>{escape(texts("districts.vacant"))}</span>'
        f"<strong>{texts.number(one['vacant'])}</strong></span>"
        f'<span class="hv-soft">{escape(of_)}</span></li>'
    )
