"""The places: which are free today, and the way to who could have them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from models.codes import Admits, DrugPolicy
from models.forms import forms
from ui.coordinator import district_map
from ui.frame.choosing import choose
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty, header
from ui.frame.paging import paged
from ui.frame.tables import Column, opening, table_html, two_lines
from ui.frame.turning import go_to


def show(desk: Desk) -> None:
    """Show the places, those that are free first asked for."""
    texts = desk.texts
    header(texts("vacancies.title"), texts("vacancies.lead"))
    chosen, only_vacant = _filters(desk)

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("vacancies.none"))
            return
        columns = [
            Column(texts("vacancies.place")),
            Column(texts("vacancies.vacant"), number=True),
            Column(texts("vacancies.held"), number=True),
            Column(texts("vacancies.capacity"), number=True),
            Column(texts("vacancies.admits")),
            Column(texts("vacancies.drug_policy")),
            Column(texts("vacancies.staffing")),
            Column(texts("vacancies.cost"), number=True),
        ]
        html = table_html(columns, [_line(desk, row) for row in rows], texts.count("pool", total))
        found = clicked(html, "vacancies-table")
        if found is not None:
            go_to("place", id=found)

    paged(desk, "vacancies", "/vacancies" if only_vacant else "/pools", shown, **chosen)
    district_map.show(desk)


def _line(desk: Desk, row: dict[str, Any]) -> list[Any]:
    texts, pool = desk.texts, row["pool"]
    about = f"{texts.form(pool['form'])}, {pool['district']}"
    return [
        two_lines(opening(pool["name"], pool["pool_id"]), about),
        texts.number(row["vacant"]),
        texts.number(row["held"]),
        texts.number(row["capacity"]),
        texts.word("admits", pool["admits"]),
        texts.word("drug_policy", pool["drug_policy"]),
        texts.word("support", pool["staffing"]),
        texts.number(pool["monthly_cost_sek"]),
    ]


def _filters(desk: Desk) -> tuple[dict[str, Any], bool]:
    texts = desk.texts
    given: dict[str, tuple[tuple[str, ...], Any]] = {
        "form": (tuple(forms()), texts.form),
        "admits": (tuple(str(code) for code in Admits), lambda code: texts.word("admits", code)),
        "drug_policy": (
            tuple(str(code) for code in DrugPolicy),
            lambda code: texts.word("drug_policy", code),
        ),
    }
    chosen = {}
    for column, (name, (options, said)) in zip(st.columns(len(given)), given.items(), strict=True):
        with column:
            chosen[name] = choose(desk, texts(f"vacancies.{name}"), options, said, f"vacancies-{name}")
    only = st.checkbox(texts("vacancies.only_vacant"), True, key="vacancies-only", persist_state="session")
    return {"form": chosen["form"], "target": chosen["admits"], "drug_policy": chosen["drug_policy"]}, bool(
        only
    )
