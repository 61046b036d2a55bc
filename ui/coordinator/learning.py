"""How a fact was learnt, and of which day it is: asked with every change."""

from datetime import timedelta
from typing import Any

import streamlit as st

from models.changes import LearntFrom
from ui.coordinator.fault_lines import SOUND, FaultLines
from ui.coordinator.fields import day, one_of
from ui.frame.desk import Desk


def learnt(
    desk: Desk, key: str, ahead: timedelta | None = None, faults: FaultLines = SOUND
) -> dict[str, Any]:
    """The source and the day, as they are sent; the day begins so many days from today, or blank."""
    source, dated = st.columns(2)
    with source:
        learnt_from = one_of(desk, "edit.learnt_from", "learnt_from", tuple(LearntFrom), f"{key}-learnt")
        faults.show("learnt_from")
    with dated:
        on = day(desk, "edit.dated", f"{key}-dated", ahead)
        faults.show("dated")
    return {"learnt_from": learnt_from, "dated": on}
