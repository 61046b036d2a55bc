"""Where the person stands, so that a way back leads there."""

from urllib.parse import quote, urlencode, urlsplit

import streamlit as st


def this_address() -> str:
    """The page and what it was asked for: `/household?id=A-1`."""
    asked = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
    path = urlsplit(st.context.url or "/").path or "/"
    return path + (f"?{urlencode(asked)}" if asked else "")


def this_page() -> str:
    """The same, as a part of another address."""
    return quote(this_address(), safe="/")
