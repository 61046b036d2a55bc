"""Choosing one of several, or all: a filter that is kept from page to page."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from ui.frame.desk import Desk


def choose(
    desk: Desk, label: str, options: Sequence[Any], said: Callable[[Any], str], key: str
) -> Any | None:
    """The option chosen; None for all of them."""

    def name(option: Any) -> str:
        return desk.texts("word.all") if option is None else said(option)

    return st.selectbox(label, [None, *options], format_func=name, key=key, persist_state="session")
