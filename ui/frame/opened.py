"""What a page has open: read once, until the person leaves the page or changes something.

A page is run anew for every click. What was opened stays as it was seen, with its version: whoever decides,
decides on what stood there, and a case that is open counts as read once.
"""

from typing import Any

import streamlit as st

from ui.frame.desk import Desk

KEPT = "opened"
PLACE = "opened_on"


def enter(page: str) -> None:
    """Begin on a page; what another had open is let go."""
    here = (page, tuple(sorted((name, str(value)) for name, value in st.query_params.items())))
    if st.session_state.get(PLACE) != here:
        st.session_state[PLACE] = here
        let_go()


def let_go() -> None:
    """Read everything anew: something has changed."""
    st.session_state[KEPT] = {}


def opened(desk: Desk, path: str, **query: Any) -> Any:
    """What the API shows under a path."""
    kept = st.session_state.setdefault(KEPT, {})
    key = (path, str(sorted(query.items())), desk.texts.language)
    if key not in kept:
        kept[key] = desk.client.get(path, **query)
    return kept[key]


def opened_version(desk: Desk, path: str) -> tuple[Any, str | None]:
    """What the API shows under a path, and the version that is seen."""
    kept = st.session_state.setdefault(KEPT, {})
    key = (path, "version")
    if key not in kept:
        kept[key] = desk.client.versioned(path)
    found: tuple[Any, str | None] = kept[key]
    return found


def all_opened(desk: Desk, path: str, **query: Any) -> list[dict[str, Any]]:
    """A whole list."""
    kept = st.session_state.setdefault(KEPT, {})
    key = (path, str(sorted(query.items())), "all")
    if key not in kept:
        kept[key] = list(desk.client.all_of(path, **query))
    found: list[dict[str, Any]] = kept[key]
    return found
