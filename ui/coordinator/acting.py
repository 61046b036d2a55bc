"""Doing one thing to a case: once, on the version that was seen, and without losing what was typed."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.desk_client import Refused
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.once import done, once_key
from ui.frame.opened import let_go
from ui.frame.saying import say_next

CHANGED = (409, 412)
TYPED = "typed"


def typed(name: str) -> str:
    """What a form's fields are kept under: as long as it is not done, and new ones after that."""
    turn = st.session_state.get(TYPED, {}).get(name, 0)
    return f"{name}-{turn}" if turn else name


def post(
    desk: Desk,
    name: str,
    path: str,
    body: Any,
    said: str,
    version: str | None = None,
    then: Callable[[], None] | None = None,
) -> None:
    """Do something by a POST, once however often the button is pressed."""

    def act() -> None:
        desk.client.post(path, body, once_key(name), version)
        done(name)

    do(desk, name, act, said, then)


def do(
    desk: Desk, name: str, act: Callable[[], object], said: str, then: Callable[[], None] | None = None
) -> None:
    """Do something and say so on the page that comes next; a refusal is told where the person stands.

    When somebody else was first, what stands there now is read anew; what was typed stays. Sentences that
    `act` answers with, as a tuple, are said after `said`. `then` leads to another page.
    """
    with told(desk):
        try:
            more = act()
        except Refused as refused:
            if refused.status in CHANGED:
                let_go()
            raise
        turns = st.session_state.setdefault(TYPED, {})
        turns[name] = turns.get(name, 0) + 1
        let_go()
        say_next(said, *(more if isinstance(more, tuple) else ()))
        if then is not None:
            then()
        st.rerun()
