"""What the planner's pages look like beside what all pages share."""

from pathlib import Path

import streamlit as st

STYLE = Path(__file__).with_name("planner.css")


def dress() -> None:
    """Give the page its style."""
    st.html(STYLE)
