"""The step to take with an offer, as a form: to put it, a yes, a no, taking it back, moving in.

Every form keeps what was typed until the step is taken, also when the API refuses it or the session runs out.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from models.codes import Situation
from models.offers import DeclineReason, DepartureReason, EndReason
from ui.coordinator.answers import DECIDERS, has_children
from ui.coordinator.fields import a_line, one_of
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.lasting import city_day
from ui.frame.once import done, once_key
from ui.frame.opened import let_go
from ui.frame.page import note
from ui.frame.saying import say_next

WIDE = 760
"""Pixels: a line is no longer than it can be read."""

Offer = Mapping[str, Any]
Body = dict[str, Any]

STEPS: Mapping[str, tuple[str, ...]] = {
    "proposed": ("put", "withdraw"),
    "offered": ("accept", "decline", "withdraw"),
    "accepted": ("move", "decline", "withdraw"),
    "moved_in": ("end",),
    "declined": ("contact", "reconsider", "say_why"),
}
"""Steps that may be taken in each state, the likeliest first."""

PATHS = {
    "put": "offering",
    "accept": "acceptance",
    "decline": "decline",
    "withdraw": "withdrawal",
    "move": "moving-in",
    "end": "end",
    "contact": "contact",
    "reconsider": "reconsideration",
    "say_why": "reason",
}


def take_a_step(desk: Desk, offer: Offer, version: str | None) -> None:
    """Let the person choose a step and take it."""
    texts, state = desk.texts, offer["state"]
    steps = STEPS.get(state, ())
    if not steps:
        note(texts("offer.finished", state=texts.word("offer_state", state)))
        return
    step = st.segmented_control(
        texts("offer.what_now"),
        steps,
        default=steps[0],
        required=True,
        format_func=lambda name: texts(f"offer.{name}"),
        key=f"step-{offer['offer_id']}-{state}",
        label_visibility="collapsed",
    )
    forms: Mapping[str, Callable[[Desk, Offer], Body]] = {
        "put": _put,
        "accept": _accept,
        "decline": _decline,
        "withdraw": _withdraw,
        "move": _move,
        "end": _end,
        "contact": _contact,
        "reconsider": _reconsider,
        "say_why": _say_why,
    }
    with st.form(f"{step}-{offer['offer_id']}", width=WIDE):
        st.write(texts(f"offer.{step}_about"))
        body = forms[step](desk, offer)
        sent = st.form_submit_button(texts(f"offer.{step}_do"), type="primary")
    if sent:
        with told(desk):
            _send(desk, offer, step, body, version)


def _send(desk: Desk, offer: Offer, step: str, body: Body, version: str | None) -> None:
    name = f"{step}:{offer['offer_id']}"
    try:
        answer = desk.client.post(f"/offers/{offer['offer_id']}/{PATHS[step]}", body, once_key(name), version)
    finally:
        # What stands there now is read anew in any case: somebody else may have been first.
        let_go()
    done(name)
    say_next(desk.texts(f"offer.{step}_done"), *_fell(desk, answer))
    st.rerun()


def _fell(desk: Desk, answer: Mapping[str, Any]) -> list[str]:
    texts, mine = desk.texts, answer.get("fallen") or []
    others = int(answer.get("fallen_of_others") or 0)
    told_ = (
        [texts("offer.fell", n=texts.count("household", len(mine)), who=texts.listed(mine))] if mine else []
    )
    return told_ + ([texts("offer.fell_others", n=texts.number(others))] if others else [])


def _put(desk: Desk, offer: Offer) -> Body:
    return {"answer_by": _day(desk, offer, "answer_by", "put")}


def _accept(desk: Desk, offer: Offer) -> Body:
    body: Body = {"assessment": _text(desk, offer, "assessment")}
    if has_children(desk, offer["household_id"]):
        st.write(desk.texts("offer.child_lead"))
        for name in ("child_best_interests", "child_view", "child_view_missing"):
            body[name] = _text(desk, offer, name) or None
    return body


def _decline(desk: Desk, offer: Offer) -> Body:
    texts = desk.texts
    by = st.radio(
        texts("offer.declined_by"),
        DECIDERS,
        format_func=lambda code: texts.word("declined_by", code),
        horizontal=True,
        key=f"by-{offer['offer_id']}",
        persist_state="session",
    )
    reason = st.selectbox(
        texts("offer.reason"),
        [str(code) for code in DeclineReason],
        index=None,
        placeholder=texts("offer.reason_choose"),
        format_func=lambda code: texts.word("decline_reason", code),
        key=f"reason-{offer['offer_id']}",
        help=texts("offer.reason_later"),
        persist_state="session",
    )
    note_ = _text(desk, offer, "note")
    on, whom = st.columns(2)
    with on:
        contact = _day(desk, offer, "next_contact_on", "decline")
    with whom:
        contact_by = st.text_input(
            texts("offer.next_contact_by"),
            max_chars=200,
            key=f"contact-{offer['offer_id']}",
            persist_state="session",
        )
    return {
        "declined_by": by,
        "reason": reason,
        "note": note_ or None,
        "next_contact_on": contact,
        "next_contact_by": contact_by or None,
    }


def _withdraw(desk: Desk, offer: Offer) -> Body:
    if offer["state"] == "proposed":
        return {"note": _text(desk, offer, "note") or None}
    key = f"back-why-{offer['offer_id']}"
    why = one_of(desk, "offer.reason", "departure", tuple(DepartureReason), key)
    return {"reason": why, "note": _text(desk, offer, "note") or None}


def _move(desk: Desk, offer: Offer) -> Body:
    day = st.date_input(
        desk.texts("offer.ended_on" if offer["state"] == "moved_in" else "offer.on"),
        city_day(desk),
        format="YYYY-MM-DD",
        key=f"on-{offer['offer_id']}",
        persist_state="session",
    )
    return {"on": str(day)}


def _end(desk: Desk, offer: Offer) -> Body:
    where = one_of(
        desk, "offer.end_situation", "situation", tuple(Situation), f"end-where-{offer['offer_id']}"
    )
    why = one_of(desk, "offer.end_reason", "end_reason", tuple(EndReason), f"end-why-{offer['offer_id']}")
    return {**_move(desk, offer), "situation": where, "reason": why}


def _contact(desk: Desk, offer: Offer) -> Body:
    return {
        "next_contact_on": _day(desk, offer, "next_contact_on", "contact"),
        "next_contact_by": a_line(desk, "offer.next_contact_by", f"contact-by-{offer['offer_id']}"),
    }


def _reconsider(desk: Desk, offer: Offer) -> Body:  # noqa: ARG001
    return {}


def _say_why(desk: Desk, offer: Offer) -> Body:
    key = f"why-{offer['offer_id']}"
    return {"reason": one_of(desk, "requests.why_no", "decline_reason", tuple(DeclineReason), key)}


def _text(desk: Desk, offer: Offer, name: str) -> str:
    return str(
        st.text_area(
            desk.texts(f"offer.{name}"),
            height=90,
            max_chars=4000,
            key=f"{name}-{offer['offer_id']}",
            persist_state="session",
        )
        or ""
    )


def _day(desk: Desk, offer: Offer, name: str, step: str) -> str | None:
    day = st.date_input(
        desk.texts(f"offer.{name}_ask"),
        None,
        format="YYYY-MM-DD",
        key=f"{name}-{step}-{offer['offer_id']}",
        persist_state="session",
    )
    return None if day is None else str(day)
