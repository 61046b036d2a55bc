"""One place: its rules and figures, who could have it, and what each choice changes for all."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.coordinator.effects import effect_or_cannot
from ui.desk_client import part
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, facts_html, header, note
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Column, opening, table_html, tag
from ui.frame.turning import asked_for, go_to
from ui.texts import Texts

PARTS = ("candidates", "recommended", "facts")


def show(desk: Desk) -> None:
    """Show the place that the address names."""
    texts, pool_id = desk.texts, asked_for("id")
    if pool_id is None:
        header(texts("page.place"))
        empty(texts("pool.choose"))
        return
    line = opened(desk, f"/pools/{part(pool_id)}")
    header(line["pool"]["name"], _lead(texts, line), texts("pool.above"))
    parts = PARTS if desk.may("case.read") else PARTS[2:]
    chosen = st.segmented_control(
        texts("household.parts"),
        parts,
        default=parts[0],
        required=True,
        format_func=lambda name: texts(f"pool.{name}"),
        key="place-part",
        label_visibility="collapsed",
    )
    {"candidates": _candidates, "recommended": _recommended, "facts": _facts}[chosen or "facts"](desk, line)


def _lead(texts: Texts, line: Mapping[str, Any]) -> str:
    pool = line["pool"]
    return f"{texts.form(pool['form'])}, {pool['district']}. {texts.count('vacant', line['vacant'])}."


def _candidates(desk: Desk, line: Mapping[str, Any]) -> None:
    texts, pools, path = desk.texts, Pools(desk), f"/pools/{part(line['pool']['pool_id'])}/candidates"

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("pool.none"))
            return
        columns = [
            Column(texts("pool.household")),
            Column(texts("pool.tier")),
            Column(texts("pool.points"), number=True),
            Column(texts("pool.suits")),
            Column(texts("pool.now")),
            Column(texts("pool.unit")),
        ]
        lines = [
            [
                opening(row["household_id"], row["household_id"]),
                texts.number(row["tier"]),
                texts.number(row["points"]),
                tag(
                    texts(f"pool.eligible_{row['eligible']}"), "good" if row["eligible"] == "yes" else "waits"
                ),
                pools.name(row["current_pool_id"]) if row["current_pool_id"] else None,
                row["responsible_unit"] or texts("word.unknown"),
            ]
            for row in rows
        ]
        found = clicked(
            table_html(columns, lines, texts("pool.caption", n=texts.number(total))), "candidates"
        )
        if found is not None:
            go_to("household", id=found)

    note(texts("pool.candidates_lead"))
    paged(desk, f"candidates-{line['pool']['pool_id']}", path, shown)


def _recommended(desk: Desk, line: Mapping[str, Any]) -> None:
    texts = desk.texts
    told = opened(desk, f"/pools/{part(line['pool']['pool_id'])}/recommendations")
    if not told["options"]:
        empty(texts("pool.none"))
        return
    note(texts("pool.recommended_lead"))
    columns = [
        Column(texts("pool.household")),
        Column(texts("pool.tier")),
        Column(texts("pool.points"), number=True),
        Column(texts("pool.changes")),
    ]
    rows = [
        [
            texts("word.another_household")
            if one["another"]
            else opening(one["household"], one["household"]),
            texts.number(one["tier"]),
            texts.number(one["points"]),
            effect_or_cannot(desk, one["effect"], one["household"]),
        ]
        for one in told["options"]
    ]
    caption = texts(
        "recommended.lead", tried=texts.number(told["tried"]), eligible=texts.number(told["eligible"])
    )
    found = clicked(table_html(columns, rows, caption), "place-recommended")
    if found is not None:
        go_to("household", id=found)


def _facts(desk: Desk, line: Mapping[str, Any]) -> None:
    texts, pool = desk.texts, line["pool"]
    counted = {name: texts.number(line[name]) for name in ("capacity", "occupied", "held")}
    stay, cost = pool["max_stay_months"], pool["monthly_cost_sek"]
    pairs = [
        (texts("pool.form"), texts.form(pool["form"])),
        (texts("pool.district"), pool["district"]),
        (texts("pool.places"), texts("pool.places_told", **counted)),
        (texts("pool.vacant"), texts.number(line["vacant"])),
        (texts("vacancies.admits"), texts.word("admits", pool["admits"])),
        (texts("pool.ages"), _ages(texts, pool["min_age"], pool["max_age"])),
        (texts("vacancies.drug_policy"), texts.word("drug_policy", pool["drug_policy"])),
        (texts("vacancies.staffing"), texts.word("support", pool["staffing"])),
        (texts("pool.children"), texts.word("answer", pool["children"])),
        (texts("pool.pets"), texts.word("answer", pool["pets"])),
        (texts("pool.mobility"), texts.word("mobility", pool["mobility"])),
        (texts("pool.persons"), texts.number(pool["max_persons"])),
        (texts("pool.stay"), texts("pool.no_limit") if stay is None else texts.count("month", stay)),
        (
            texts("pool.cost"),
            texts("pool.sek_month", n=texts.number(cost)) if cost is not None else texts.number(None),
        ),
        (texts("pool.opens"), texts.day(pool["opens_on"])),
        (texts("pool.closes"), texts.day(pool["closes_on"])),
    ]
    st.html(facts_html(pairs))


def _ages(texts: Texts, low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return texts("pool.ages_any")
    if high is None:
        return texts("pool.ages_from", low=low)
    return texts("pool.ages_to", high=high) if low is None else texts("pool.ages_between", low=low, high=high)
