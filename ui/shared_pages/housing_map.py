"""The map of housing (boendekarta): forms by level, whom they are for, support, drugs, who may come."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from models.codes import Admits
from ui.frame.choosing import choose
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, header, section
from ui.frame.pools import Pools
from ui.frame.tables import Column, Markup, table_html, tag, two_lines
from ui.planner.look import dress

DRUGS = ("tolerant", "drug_free", "not_regulated")
LEVELS = (0, 1, 2, 3)
Form = Mapping[str, Any]


def show(desk: Desk) -> None:
    """Show the map: a matrix for each level, and the rules in words."""
    dress()
    texts = desk.texts
    found: Mapping[str, Any] = opened(desk, "/boendekarta")
    header(texts("map.title"), texts("map.lead", day=texts.day(found["as_of"])))
    first, second, third = st.columns(3)
    with first:
        target = choose(
            desk,
            texts("map.target"),
            [str(c) for c in Admits],
            lambda c: texts.word("admits", c),
            "map-target",
        )
    with second:
        drugs = choose(desk, texts("map.drugs"), DRUGS, lambda c: texts.word("drug_policy", c), "map-drugs")
    with third:
        level = choose(desk, texts("map.level"), LEVELS, lambda n: texts.word("level", n), "map-level")
    pools = Pools(desk)
    shown = False
    for number in LEVELS:
        if level is not None and number != level:
            continue
        rows = [
            row
            for form in found["forms"]
            if form["form"]["level"] == number
            for row in _rows(desk, pools, form, target, drugs)
        ]
        if rows:
            shown = True
            said = _capital(texts.word("level", number))
            section(said)
            st.html(f'<div class="hv-matrix">{table_html(_columns(desk), rows, said)}</div>')
    if not shown:
        empty(texts("map.none"))
    _who(desk, found)


def _columns(desk: Desk) -> list[Column]:
    texts = desk.texts
    return [
        Column(texts("map.form")),
        Column(texts("map.target")),
        Column(texts("map.support")),
        *(Column(_capital(texts.word("drug_policy", code))) for code in DRUGS),
    ]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _rows(desk: Desk, pools: Pools, form: Form, target: str | None, drugs: str | None) -> list[list[object]]:
    """A row for each group and support of a form; in it what there is by drug environment."""
    texts = desk.texts
    cells = [
        cell
        for cell in form["cells"]
        if (target is None or cell["target"] == target) and (drugs is None or cell["drug_policy"] == drugs)
    ]
    kinds = dict.fromkeys((cell["target"], cell["children"], cell["support"]) for cell in cells)
    rows: list[list[object]] = []
    for admits, children, support in kinds:
        alike = [
            cell
            for cell in cells
            if (cell["target"], cell["children"], cell["support"]) == (admits, children, support)
        ]
        with_children = texts("map.children") if children == "yes" else ""
        rows.append(
            [
                _form(desk, form),
                two_lines(texts.word("admits", admits), with_children),
                texts.word("support", support),
                *(
                    _cell(desk, pools, [cell for cell in alike if cell["drug_policy"] == code])
                    for code in DRUGS
                ),
            ]
        )
    return rows


def _form(desk: Desk, form: Form) -> Markup:
    texts = desk.texts
    return two_lines(
        texts.form(form["form"]["form"]), texts("map.own_flat") if form["form"]["own_flat"] else ""
    )


def _cell(desk: Desk, pools: Pools, cells: Sequence[Mapping[str, Any]]) -> Markup | None:
    texts = desk.texts
    lines = []
    for cell in cells:
        for pool in cell["pools"]:
            line = pools.by_id.get(pool)
            if line is None:
                continue
            free = line["vacant"]
            about = f"{line['pool']['district']}, {texts.count('place', line['capacity'])}"
            mark = tag(texts.count("vacant", free), "good").html if free else ""
            lines.append(
                f'<li>{escape(pools.name(pool))}<small class="hv-soft">{escape(about)}</small>{mark}</li>'
            )
    return Markup(f"<ul>{''.join(lines)}</ul>") if lines else None


def _who(desk: Desk, found: Mapping[str, Any]) -> None:
    """Who may come: the rules that speak of each form, and those that hold everywhere."""
    texts = desk.texts
    section(texts("map.who"), texts("map.who_lead"))
    for form in found["forms"]:
        if form["rules"]:
            with st.expander(texts.form(form["form"]["form"])):
                _rules(desk, form["rules"])
    for part in ("everywhere", "by_house"):
        with st.expander(texts(f"map.{part}")):
            _rules(desk, found[part])


def _rules(desk: Desk, rules: Sequence[Mapping[str, Any]]) -> None:
    language = desk.texts.language
    lines = "".join(
        f"<li>{escape(rule[f'text_{language}'])}"
        + (
            f'<small class="hv-soft">{escape(rule[f"note_{language}"])}</small>'
            if rule[f"note_{language}"]
            else ""
        )
        + "</li>"
        for rule in rules
    )
    st.html(f"<ul>{lines}</ul>")
