"""The address of a page, to be sent to somebody else."""

from html import escape
from urllib.parse import urlsplit

import streamlit as st

from ui.frame.desk import Desk


def link(desk: Desk, page: str, about: str) -> None:  # noqa: ARG001
    """Show the address of the page with what it asks for, ready to be copied."""
    here = urlsplit(st.context.url or "/")
    query = "&".join(f"{name}={st.query_params[name]}" for name in st.query_params)
    st.html(f'<p class="hv-soft">{escape(about)}</p>')
    st.code(f"{here.scheme}://{here.netloc}/{page}?{query}", language=None, wrap_lines=True)
