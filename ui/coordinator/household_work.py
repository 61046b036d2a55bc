"""What is done for a household: the next step, parking, confirming, a pin or block, a choice of one's own.

Each is a form that keeps what was typed until it is done.
"""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from models.next_steps import StepCode
from models.offers import DepartureReason
from models.pins import PinKind
from models.waiting import ParkReason
from ui.coordinator.acting import do, post, typed
from ui.coordinator.fields import (
    AHEAD,
    LONG_AHEAD,
    WIDE,
    a_line,
    day,
    one_of,
    part_of,
    unknown_accepted,
    words,
)
from ui.coordinator.leading import WORK
from ui.coordinator.moves import explained
from ui.coordinator.pin_clash import pin, show_clash
from ui.coordinator.pins import pins_of
from ui.coordinator.steps import steps_of
from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.page import empty, note
from ui.frame.pools import Pools

Case = Mapping[str, Any]
Body = dict[str, Any]

OF_A_PLACE = ("own_offer", "pin")
"""What is done about a place, so that there has to be one that suits."""


def show(desk: Desk, pools: Pools, case: Case) -> None:
    """Let the person choose what to do, and do it."""
    texts, household_id = desk.texts, case["household_id"]
    acts: dict[str, Callable[[Desk, Pools, Case, str], Body]] = {
        "next_step": _next_step,
        "parking": _parking,
        "confirm": _confirm,
        "own_offer": _own_offer,
    }
    if desk.may("pin.write"):
        acts["pin"] = _pin
    name = part_of(desk, tuple(acts), "work.", WORK)
    if name == "next_step":
        steps_of(desk, household_id)
    elif name == "pin":
        pins_of(desk, pools, household_id)
    elif name == "parking" and _parked(desk, case):
        return
    if name in OF_A_PLACE and not suiting(desk, case):
        empty(texts("work.no_place_suits"))
        return
    with st.form(f"{name}-{household_id}", width=WIDE):
        st.write(texts(f"work.{name}_about"))
        once = f"{name}:{household_id}"
        body = acts[name](desk, pools, case, typed(once))
        sent = st.form_submit_button(texts(f"work.{name}_do"), type="primary")
    if sent and name == "pin":
        pin(desk, once, body, texts("work.pin_done"))
    elif sent:
        post(desk, once, _paths(household_id)[name], body, texts(f"work.{name}_done"))
    if name == "pin":
        show_clash(desk, pools, household_id, once)


def _paths(household_id: str) -> Mapping[str, str]:
    return {
        "next_step": "/next-steps",
        "parking": f"/households/{part(household_id)}/parking",
        "confirm": f"/households/{part(household_id)}/confirmation",
        "own_offer": "/offers",
    }


def _next_step(desk: Desk, pools: Pools, case: Case, key: str) -> Body:  # noqa: ARG001
    what = one_of(desk, "work.step_what", "next_step", tuple(StepCode), f"{key}-what")
    left, right = st.columns(2)
    with left:
        due = day(desk, "work.due_on", f"{key}-due", AHEAD)
    with right:
        owner = a_line(desk, "work.owner", f"{key}-owner")
    text = words(desk, "work.step_text", f"{key}-text")
    return {
        "household_id": case["household_id"],
        "what": what,
        "due_on": due,
        "text": text,
        "owner": owner,
    }


def _parking(desk: Desk, pools: Pools, case: Case, key: str) -> Body:  # noqa: ARG001
    return {
        "until": day(desk, "work.until", f"{key}-until", LONG_AHEAD),
        "reason": one_of(desk, "offer.reason", "park_reason", tuple(ParkReason), f"{key}-reason"),
        "note": words(desk, "offer.note", f"{key}-note"),
    }


def _parked(desk: Desk, case: Case) -> bool:
    """Show that a household is parked, and let that be ended."""
    texts = desk.texts
    until = case["household"]["unavailable_until"]
    if until is None:
        return False
    note(texts("work.is_parked", day=texts.day(until)), "marked")
    if st.button(texts("work.unpark"), key="unpark"):
        unpark(desk, case["household_id"])
    return True


def unpark(desk: Desk, household_id: str) -> None:
    """End a parking before its day."""
    path = f"/households/{part(household_id)}/parking"
    do(desk, f"unpark:{household_id}", lambda: desk.client.delete(path), desk.texts("work.unparked"))


def _confirm(desk: Desk, pools: Pools, case: Case, key: str) -> Body:  # noqa: ARG001
    return {}


def _own_offer(desk: Desk, pools: Pools, case: Case, key: str) -> Body:
    needs = (fact for entry in explained(desk, case)["pools"] for fact in entry["needs"])
    return {
        "household_id": case["household_id"],
        "pool_id": a_pool(desk, pools, case, f"{key}-pool"),
        "departure": one_of(desk, "offer.reason", "departure", tuple(DepartureReason), f"{key}-reason"),
        "unknown_accepted": unknown_accepted(desk, needs, f"{key}-unknown"),
    }


def _pin(desk: Desk, pools: Pools, case: Case, key: str) -> Body:
    texts = desk.texts
    kind = st.radio(
        texts("work.pin_kind"),
        [str(code) for code in PinKind],
        format_func=lambda code: texts.word("pin_kind", code),
        horizontal=True,
        key=f"{key}-kind",
        persist_state="session",
    )
    return {
        "household_id": case["household_id"],
        "pool_id": a_pool(desk, pools, case, f"{key}-pool"),
        "kind": kind,
        "reason": one_of(desk, "offer.reason", "departure", tuple(DepartureReason), f"{key}-reason"),
        "expires_on": day(desk, "work.until", f"{key}-until", LONG_AHEAD),
        "note": words(desk, "offer.note", f"{key}-note"),
    }


def suiting(desk: Desk, case: Case) -> list[Case]:
    """Places that may suit: those that certainly do first, and among them those with a place free."""
    return sorted(
        (p for p in explained(desk, case)["pools"] if p["eligible"] != "no"),
        key=lambda p: (p["eligible"] != "yes", not p["possible_now"], -p["fit"]),
    )


def a_pool(desk: Desk, pools: Pools, case: Case, key: str) -> str:
    """A place that suits, by name."""
    texts, fits = desk.texts, {entry["pool"]: entry for entry in suiting(desk, case)}

    def said(pool: str) -> str:
        free = texts("places.free" if fits[pool]["possible_now"] else "places.full")
        return f"{pools.name(pool)} ({pools.about(pool)}; {free})"

    chosen = st.selectbox(
        texts("work.pool"),
        list(fits),
        format_func=said,
        key=key,
        persist_state="session",
    )
    return str(chosen or "")
