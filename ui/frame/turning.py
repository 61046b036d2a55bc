"""Going from page to page: where one stands is in the address, so that it can be shared and reloaded."""

import streamlit as st

PAGES = "pages"


def go_to(key: str, **query: str) -> None:
    """Go to another page; one that the role does not have is no place to go."""
    pages = st.session_state.get(PAGES) or {}
    if key in pages:
        st.switch_page(pages[key], query_params=query)


def asked_for(name: str) -> str | None:
    """What the address asks for under a name."""
    value = st.query_params.get(name)
    return None if value is None else str(value)
