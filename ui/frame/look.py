"""The look of the desks, sent along with every page."""

from pathlib import Path

import streamlit as st

STYLE = Path(__file__).with_name("style.css")
MARK = str(Path(__file__).parents[1] / "door" / "mark.svg")


def dress() -> None:
    """Give the page its style."""
    st.html(STYLE)
