"""What hardly changes in a working day: kept for some minutes, so that no page waits for it."""

from collections.abc import Callable
from datetime import date
from time import monotonic
from typing import Any

import streamlit as st

from ui.frame.desk import Desk
from ui.texts import as_day

KEPT = "lasting"
SECONDS = 300.0
"""How long it is kept; names, forms and the day as of which the city stands."""


def lasting(name: str, read: Callable[[], Any]) -> Any:
    """What was read under a name a little while ago; else it is read now."""
    kept = st.session_state.setdefault(KEPT, {})
    if name not in kept or monotonic() - kept[name][0] > SECONDS:
        kept[name] = (monotonic(), read())
    return kept[name][1]


def read_anew() -> None:
    """Let all of it go: files were taken in."""
    st.session_state.pop(KEPT, None)


def city_day(desk: Desk) -> date:
    """The day as of which the city stands."""
    return as_day(lasting("day", lambda: desk.client.get("/boendekarta")["as_of"])) or date.min
