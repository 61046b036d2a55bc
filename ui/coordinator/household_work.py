"""What is done for a household: the next step, parking, confirming, a pin or block, a choice of one's own.

Each is a form that keeps what was typed until it is done.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import streamlit as st

from models.next_steps import StepCode
from models.offers import DepartureReason
from models.pins import PinKind
from models.waiting import ParkReason
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.once import done, once_key
from ui.frame.opened import let_go, opened
from ui.frame.pools import Pools
from ui.frame.saying import say_next
from ui.texts import as_day

Case = Mapping[str, Any]
Body = dict[str, Any]
WIDE = 760
AHEAD = timedelta(days=14)
LONG_AHEAD = timedelta(days=60)


def show(desk: Desk, pools: Pools, case: Case) -> None:
    """Let the person choose what to do, and do it."""
    texts, household_id = desk.texts, case["household_id"]
    acts: dict[str, Callable[[Desk, Pools, Case], Body]] = {
        "next_step": _next_step,
        "parking": _parking,
        "confirm": _confirm,
        "own_offer": _own_offer,
    }
    if desk.may("pin.write"):
        acts["pin"] = _pin
    act = st.segmented_control(
        texts("work.what"),
        tuple(acts),
        default="next_step",
        required=True,
        format_func=lambda name: texts(f"work.{name}"),
        key="household-act",
        label_visibility="collapsed",
    )
    name = act or "next_step"
    with st.form(f"{name}-{household_id}", width=WIDE):
        st.write(texts(f"work.{name}_about"))
        body = acts[name](desk, pools, case)
        sent = st.form_submit_button(texts(f"work.{name}_do"), type="primary")
    if sent:
        with told(desk):
            _send(desk, name, household_id, body)


def _send(desk: Desk, act: str, household_id: str, body: Body) -> None:
    paths = {
        "next_step": "/next-steps",
        "parking": f"/households/{household_id}/parking",
        "confirm": f"/households/{household_id}/confirmation",
        "own_offer": "/offers",
        "pin": "/pins",
    }
    name = f"{act}:{household_id}"
    desk.client.post(paths[act], body, once_key(name))
    done(name)
    let_go()
    say_next(desk.texts(f"work.{act}_done"))
    st.rerun()


def _next_step(desk: Desk, pools: Pools, case: Case) -> Body:  # noqa: ARG001
    texts, who = desk.texts, case["household_id"]
    what = _one_of(desk, "next_step", [str(code) for code in StepCode], f"step-what-{who}", "work.step_what")
    due = _day(desk, "work.due_on", f"step-due-{who}", AHEAD)
    text = _words(desk, texts("work.step_text"), f"step-text-{who}")
    return {"household_id": who, "what": what, "due_on": due, "text": text}


def _parking(desk: Desk, pools: Pools, case: Case) -> Body:  # noqa: ARG001
    who = case["household_id"]
    until = _day(desk, "work.until", f"park-until-{who}", LONG_AHEAD)
    reason = _one_of(desk, "park_reason", [str(code) for code in ParkReason], f"park-reason-{who}")
    return {
        "until": until,
        "reason": reason,
        "note": _words(desk, desk.texts("offer.note"), f"park-note-{who}"),
    }


def _confirm(desk: Desk, pools: Pools, case: Case) -> Body:  # noqa: ARG001
    return {}


def _own_offer(desk: Desk, pools: Pools, case: Case) -> Body:
    who = case["household_id"]
    pool = _pool(desk, pools, case, f"own-pool-{who}")
    departure = _one_of(desk, "departure", [str(code) for code in DepartureReason], f"own-reason-{who}")
    return {"household_id": who, "pool_id": pool, "departure": departure}


def _pin(desk: Desk, pools: Pools, case: Case) -> Body:
    texts, who = desk.texts, case["household_id"]
    kind = st.radio(
        texts("work.pin_kind"),
        [str(code) for code in PinKind],
        format_func=lambda code: texts.word("pin_kind", code),
        horizontal=True,
        key=f"pin-kind-{who}",
        persist_state="session",
    )
    pool = _pool(desk, pools, case, f"pin-pool-{who}")
    reason = _one_of(desk, "departure", [str(code) for code in DepartureReason], f"pin-reason-{who}")
    expires = _day(desk, "work.until", f"pin-until-{who}", LONG_AHEAD)
    note = _words(desk, texts("offer.note"), f"pin-note-{who}")
    return {
        "household_id": who,
        "pool_id": pool,
        "kind": kind,
        "reason": reason,
        "expires_on": expires,
        "note": note,
    }


def _pool(desk: Desk, pools: Pools, case: Case, key: str) -> str:
    """A place that suits, by name; those that certainly do first."""
    told_ = opened(desk, f"/households/{case['household_id']}/explanation")["pools"]
    fits = sorted(
        (p for p in told_ if p["eligible"] != "no"), key=lambda p: (p["eligible"] != "yes", -p["fit"])
    )
    chosen = st.selectbox(
        desk.texts("work.pool"),
        [entry["pool"] for entry in fits],
        format_func=lambda pool: f"{pools.name(pool)} ({pools.about(pool)})",
        key=key,
        persist_state="session",
    )
    return str(chosen or "")


def _one_of(desk: Desk, kind: str, codes: list[str], key: str, label: str = "offer.reason") -> str | None:
    return st.selectbox(
        desk.texts(label),
        codes,
        index=None,
        placeholder=desk.texts("work.choose"),
        format_func=lambda code: desk.texts.word(kind, code),
        key=key,
        persist_state="session",
    )


def _day(desk: Desk, label: str, key: str, ahead: timedelta) -> str:
    today = as_day(opened(desk, "/boendekarta")["as_of"]) or date.min
    day = st.date_input(
        desk.texts(label), today + ahead, format="YYYY-MM-DD", key=key, persist_state="session"
    )
    return str(day)


def _words(desk: Desk, label: str, key: str) -> str | None:  # noqa: ARG001
    return st.text_area(label, height=90, max_chars=4000, key=key, persist_state="session") or None
