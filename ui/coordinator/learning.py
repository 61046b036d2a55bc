"""How a fact was learnt, and of which day it is: asked with every change."""

from typing import Any

import streamlit as st

from models.changes import LearntFrom
from ui.coordinator.fields import day, one_of
from ui.frame.desk import Desk


def learnt(desk: Desk, key: str) -> dict[str, Any]:
    """The source and the day, as they are sent."""
    source, dated = st.columns(2)
    with source:
        learnt_from = one_of(desk, "edit.learnt_from", "learnt_from", tuple(LearntFrom), f"{key}-learnt")
    with dated:
        on = day(desk, "edit.dated", f"{key}-dated")
    return {"learnt_from": learnt_from, "dated": on}
