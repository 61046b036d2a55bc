"""What a page says when something does not go: kindly, with what to do, and without losing what was typed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import streamlit as st

from ui.desk_client import Away, Refused, SignedOut
from ui.frame.desk import Desk
from ui.texts import Texts


@contextmanager
def told(desk: Desk) -> Iterator[None]:
    """Show what the API refuses, that it is away, or that the session is over, in place of a fault."""
    try:
        yield
    except Refused as refused:
        show_refusal(desk.texts, refused)
    except Away:
        show_away(desk.texts)
    except SignedOut:
        from ui.frame.signing import sign_in_again

        sign_in_again(desk)


def show_refusal(texts: Texts, refused: Refused) -> None:
    """Say why not, and what somebody else changed meanwhile."""
    sentence = refused.detail or texts("frame.refused")
    changes = changes_told(texts, refused)
    if refused.status in (409, 412):
        st.warning(" ".join((sentence, *changes)))
        # What was typed stays beside it until the person has seen enough.
        if refused.changed and "together" not in refused.changed:
            st.button(texts("frame.see_new"), key="see_new")
    else:
        st.error(" ".join((sentence, *changes, *_faults(texts, refused))))


def changes_told(texts: Texts, refused: Refused) -> list[str]:
    """What changed meanwhile, as sentences."""
    offer = refused.changed.get("offer")
    now = offer if isinstance(offer, Mapping) else refused.changed
    state, step = now.get("state"), refused.changed.get("step")
    told_: list[str] = []
    if state is not None and step is not None:
        told_.append(texts("frame.step_is_now", step=step, state=texts.word("offer_state", state)))
    elif isinstance(state, str):
        told_.append(texts("frame.is_now", state=texts.word("offer_state", state)))
    if "waiting_for" in refused.changed:
        told_.append(texts.count("waiting_for", int(refused.changed["waiting_for"])))
    return told_


def show_away(texts: Texts) -> None:
    """Say that the API is away, and offer to try again."""
    st.error(texts("frame.away"))
    st.button(texts("frame.try_again"), key="try_again")


def _faults(texts: Texts, refused: Refused) -> list[str]:
    said = [
        texts("frame.missing", field=texts.word("field", _field(fault)))
        if fault.get("what") == "required"
        else f"{texts.word('field', _field(fault))}: {fault[f'message_{texts.language}']} "
        f"{fault[f'remedy_{texts.language}']}"
        for fault in refused.errors
        if f"message_{texts.language}" in fault
    ]
    if said:
        return said
    fields = [_field(fault) for fault in refused.errors]
    return (
        [texts("frame.look_at", fields=", ".join(texts.word("field", name) for name in fields))]
        if fields
        else []
    )


def _field(fault: Mapping[str, Any]) -> str:
    return str(fault.get("where", "")).rsplit(".", 1)[-1]
