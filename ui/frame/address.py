"""Where the person stands, so that a way back leads there."""

from urllib.parse import quote, urlsplit

import streamlit as st


def this_page() -> str:
    """The page and what it was asked for, as a part of another address."""
    here_ = urlsplit(st.context.url or "/")
    return quote(here_.path + (f"?{here_.query}" if here_.query else ""), safe="/")
