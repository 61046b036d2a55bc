"""Tonight's bed: from a case reference to the emergency places that stand empty, and what to ring about."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from models.offers import DepartureReason
from ui.coordinator.acting import post, typed
from ui.coordinator.fields import WIDE, a_line, one_of, unknown_accepted
from ui.coordinator.new_case import to_new_case
from ui.desk_client import part
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty, header, note, section
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Cell, Column, opening, table, table_html, tag, two_lines
from ui.frame.turning import asked_for, go_to

MOST = 20
FOUND = "tonight-found"
Bed = Mapping[str, Any]


def show(desk: Desk) -> None:
    """Ask for whom, and show the shortlist."""
    texts, household_id = desk.texts, asked_for("id")
    header(texts("tonight.title"), texts("tonight.lead"))
    _ask(desk)
    if household_id is not None:
        _shortlist(desk, household_id)


def _ask(desk: Desk) -> None:
    texts = desk.texts
    with st.form("tonight", width=WIDE, border=False):
        field, button = st.columns([3, 1], vertical_alignment="bottom")
        with field:
            reference = a_line(desk, "tonight.reference", "tonight-reference", 100)
        with button:
            sent = st.form_submit_button(texts("tonight.find"), type="primary")
    if sent and reference is not None:
        found = desk.client.listed("/households", MOST, reference=reference).items
        named = [row for row in found if row["household_id"].casefold() == reference.casefold()]
        ids = [row["household_id"] for row in named or found]
        if len(ids) == 1:
            _go(ids[0])
        st.session_state[FOUND] = ids
    _found(desk)


def _found(desk: Desk) -> None:
    texts, ids = desk.texts, st.session_state.get(FOUND)
    if ids is None:
        return
    if not ids:
        empty(texts("tonight.nobody"))
        to_new_case(desk, "tonight-new")
        return
    rows = [[opening(household_id, household_id)] for household_id in ids]
    columns = [Column(texts("households.household"))]
    chosen = clicked(table_html(columns, rows, texts.count("household", len(ids))), "tonight-found-table")
    if chosen is not None:
        _go(chosen)


def _go(household_id: str) -> None:
    st.session_state.pop(FOUND, None)
    go_to("tonight", id=household_id)


def _shortlist(desk: Desk, household_id: str) -> None:
    texts = desk.texts
    told = opened(desk, f"/households/{part(household_id)}/tonight")
    section(texts("tonight.for", household=household_id))
    if st.button(texts("tonight.to_household"), key="tonight-household"):
        go_to("household", id=household_id)
    if told["danger"]:
        note(texts("tonight.danger"), "stops")
        return
    beds = told["beds"]
    if not beds:
        empty(texts("tonight.none"))
        return
    columns = [
        Column(texts("tonight.place")),
        Column(texts("tonight.vacant"), number=True),
        Column(texts("tonight.sure")),
        Column(texts("tonight.ring")),
        Column(texts("tonight.near")),
    ]
    table(columns, [_line(desk, bed) for bed in beds], texts.count("bed", len(beds)))
    free = [bed for bed in beds if not bed["held"]]
    if free and desk.may("offer.decide"):
        _offer(desk, household_id, free)


def _line(desk: Desk, bed: Bed) -> list[Cell]:
    texts, words = desk.texts, RuleWords(desk.texts)
    minutes = sorted(bed["minutes_to_school"].values())
    near = texts.count("minute_to_school", minutes[-1]) if minutes else ""
    wished = tag(texts("tonight.wished"), "good") if bed["wished_district"] else None
    return [
        two_lines(bed["name"], f"{texts.form(bed['form'])}, {bed['district']}"),
        "" if bed["held"] else texts.number(bed["vacant"]),
        _whether(desk, bed),
        texts.listed([words.fact(fact) for fact in bed["needs"]]),
        two_lines(wished, near) if wished else near,
    ]


def _whether(desk: Desk, bed: Bed) -> Cell:
    if bed["held"]:
        return desk.texts("recommended.ask")
    sure = bed["sure"]
    return tag(desk.texts("tonight.suits" if sure else "tonight.perhaps"), "good" if sure else "waits")


def _offer(desk: Desk, household_id: str, beds: Sequence[Bed]) -> None:
    texts, name = desk.texts, f"tonight:{household_id}"
    section(texts("tonight.offer"), texts("tonight.offer_lead"))
    by_id = {bed["pool_id"]: bed for bed in beds}
    with st.form(name, width=WIDE):
        pool = one_of(
            desk,
            "tonight.place",
            "pool",
            tuple(by_id),
            f"{typed(name)}-pool",
            said=lambda code: f"{by_id[code]['name']}, {by_id[code]['district']}",
            first=beds[0]["pool_id"],
        )
        why = one_of(
            desk,
            "offer.reason",
            "departure",
            tuple(DepartureReason),
            f"{typed(name)}-why",
            first=DepartureReason.URGENT_NEED,
        )
        needs = (fact for bed in beds for fact in bed["needs"])
        accepted = unknown_accepted(desk, needs, f"{typed(name)}-unknown")
        sent = st.form_submit_button(texts("tonight.offer_do"), type="primary")
    if sent:
        pair = {"household_id": household_id, "pool_id": pool}
        body = {**pair, "departure": why, "unknown_accepted": accepted}
        post(desk, name, "/offers", body, texts("work.own_offer_done"))
