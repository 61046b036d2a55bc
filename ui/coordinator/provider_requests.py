"""Requests to providers about a place, with only what it needs; their answers, and the reason of a no."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from models.offers import DeclineReason
from models.placement_requests import ProvidersAnswer, RequestState
from ui.coordinator.acting import do, post, typed
from ui.coordinator.fields import WIDE, day, one_of, words
from ui.coordinator.household_work import a_pool, suiting
from ui.coordinator.leading import to_household
from ui.coordinator.open_offers import UNDER_WAY
from ui.frame.choosing import choose
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.once import done, once_key
from ui.frame.opened import opened
from ui.frame.page import empty, facts_html, section
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.tables import Cell, Column, Meaning, opening, table_html, tag, two_lines
from ui.texts import Texts

Row = Mapping[str, Any]
PATH = "/placement-requests"
CHOSEN = "request-open"
COLUMNS = ("reference", "place", "sent", "state", "reason")
TOLD = {"support_need": "support", "substance_use": "substance_use", "mental_health": "mental_health"}
MEANINGS: Mapping[str, Meaning] = {"yes": "good", "no": "stops", "sent": "waits", "withdrawn": "neutral"}


def all_of_them(desk: Desk) -> None:
    """Show the requests, newest first."""
    texts, pools = desk.texts, Pools(desk)
    states = [str(code) for code in RequestState]
    state = choose(
        desk,
        texts("requests.state"),
        states,
        lambda code: texts.word("request_state", code),
        "requests-state",
    )

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("requests.none"))
            return
        columns = [Column(texts("requests.household")), *_columns(desk)]
        lines = [
            [
                opening(row["request"]["household_id"], row["request"]["household_id"]),
                *_line(desk, pools, row),
            ]
            for row in rows
        ]
        who = clicked(table_html(columns, lines, texts.count("request", total)), "requests")
        if who is not None:
            to_household(who, "casework", "requests")

    paged(desk, "requests", PATH, shown, state=state)


def of_household(desk: Desk, pools: Pools, case: Row) -> None:
    """Show a household's requests, take down answers, and let a provider be asked."""
    texts, household_id = desk.texts, case["household_id"]
    found = opened(desk, PATH, household=household_id)["items"]
    if found:
        columns = [*_columns(desk), Column(texts("requests.do"))]
        lines = [
            [*_line(desk, pools, row), opening(texts("requests.open"), row["request"]["request_id"])]
            for row in found
        ]
        pressed = clicked(
            table_html(columns, lines, texts.count("request", len(found))), f"requests-{household_id}"
        )
        if pressed is not None:
            st.session_state[CHOSEN] = pressed
        chosen = st.session_state.get(CHOSEN)
        one = next((row for row in found if row["request"]["request_id"] == chosen), None)
        if one is not None:
            _one(desk, pools, one)
    if desk.may("offer.decide"):
        _new(desk, pools, case)


def _columns(desk: Desk) -> list[Column]:
    return [Column(desk.texts(f"requests.{name}")) for name in COLUMNS]


def _line(desk: Desk, pools: Pools, row: Row) -> list[Cell]:
    texts, request = desk.texts, row["request"]
    state = request["answer"] or request["state"]
    due = request["reason_due_on"]
    reason = texts.word("decline_reason", request["reason"]) if request["reason"] else None
    return [
        request["reference"],
        two_lines(pools.name(request["pool_id"]), pools.about(request["pool_id"])),
        texts.moment(request["sent_at"]),
        tag(texts.word("request_state", state), MEANINGS[state]),
        tag(texts("requests.reason_due", day=texts.short_day(due)), "waits") if due else reason,
    ]


def _one(desk: Desk, pools: Pools, row: Row) -> None:
    texts, request = desk.texts, row["request"]
    section(
        texts("requests.one", reference=request["reference"], place=pools.name(request["pool_id"])),
        texts("requests.told"),
    )
    st.html(
        facts_html([(texts.word("told", name), _told(texts, name, v)) for name, v in row["told"].items()])
    )
    if not desk.may("offer.decide"):
        return
    if request["state"] == RequestState.SENT:
        _answer(desk, request)
    elif request["answer"] == ProvidersAnswer.NO and request["reason"] is None:
        _reason(desk, request)


def _told(texts: Texts, name: str, value: Any) -> str:
    if value is None:
        return texts("word.none_given")
    if isinstance(value, bool):
        return texts.word("answer", "yes" if value else "no")
    if isinstance(value, list):
        return texts.listed([texts.word("sex", one) for one in value])
    if isinstance(value, int):
        return texts.number(value)
    return texts.day(value) if name == "wished_from" else texts.word(TOLD.get(name, name), value)


def _answer(desk: Desk, request: Row) -> None:
    texts, name = desk.texts, f"answer:{request['request_id']}"
    path = f"{PATH}/{request['request_id']}"
    with st.form(name, width=WIDE):
        st.write(texts("requests.answer_about"))
        key = typed(name)
        answer = one_of(desk, "requests.answer", "request_state", tuple(ProvidersAnswer), f"{key}-answer")
        reason = one_of(desk, "requests.why_no", "decline_reason", tuple(DeclineReason), f"{key}-reason")
        note = words(desk, "offer.note", f"{key}-note")
        sent = st.form_submit_button(texts("requests.answer_do"), type="primary")
    if sent:
        body = {"answer": answer, "reason": reason, "note": note}
        _note(desk, name, f"{path}/answer", body)
    if st.button(texts("requests.withdraw"), key=f"back-{request['request_id']}"):
        post(desk, f"back:{request['request_id']}", f"{path}/withdrawal", None, texts("requests.withdrawn"))


def _note(desk: Desk, name: str, path: str, body: Row) -> None:
    def act() -> tuple[str, ...]:
        answer = desk.client.post(path, body, once_key(name))
        done(name)
        return (desk.texts("requests.still_promised"),) if answer.get("accepted_offer") else ()

    do(desk, name, act, desk.texts("requests.answered"))


def _reason(desk: Desk, request: Row) -> None:
    texts, name = desk.texts, f"reason:{request['request_id']}"
    with st.form(name, width=WIDE):
        reason = one_of(desk, "requests.why_no", "decline_reason", tuple(DeclineReason), typed(name))
        sent = st.form_submit_button(texts("requests.reason_do"), type="primary")
    if sent:
        path = f"{PATH}/{request['request_id']}/reason"
        post(desk, name, path, {"reason": reason}, texts("requests.reason_given"))


def _new(desk: Desk, pools: Pools, case: Row) -> None:
    texts, name = desk.texts, f"request:{case['household_id']}"
    if not suiting(desk, case):
        empty(texts("work.no_place_suits"))
        return
    with st.form(name, width=WIDE):
        st.write(texts("requests.about"))
        key = typed(name)
        pool = a_pool(desk, pools, case, f"{key}-pool")
        wished = day(desk, "requests.wished_from", f"{key}-from")
        sent = st.form_submit_button(texts("requests.send"), type="primary")
    if sent:
        body = {
            "household_id": case["household_id"],
            "pool_id": pool,
            "offer_id": _offer_of(desk, case["household_id"], pool),
            "wished_from": wished,
        }
        post(desk, name, PATH, body, texts("requests.is_sent"))


def _offer_of(desk: Desk, household_id: str, pool: str) -> str | None:
    """The offer of this place that is under way: a provider's no is a no to it too."""
    found = opened(desk, "/offers", household=household_id, state=list(UNDER_WAY))["items"]
    return next((offer["offer_id"] for offer in found if offer["pool_id"] == pool), None)
