"""Doing something once: a key that stays the same until it is done, however often the button is pressed."""

import streamlit as st

from ui.desk_client import new_key


def once_key(name: str) -> str:
    """The key under which a thing is being done."""
    return str(st.session_state.setdefault(f"once:{name}", new_key()))


def done(name: str) -> None:
    """It is done: the next time is another time."""
    st.session_state.pop(f"once:{name}", None)
