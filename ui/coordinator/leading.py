"""Leading from a list to the part of a household's page where the thing is done."""

import streamlit as st

from ui.frame.turning import go_to

PART, WORK, KIND = "household-part", "household-act", "household-kind"


def to_household(household_id: str, part: str | None = None, act: str | None = None) -> None:
    """Open a household, on a part of its page and the act or kind of casework there, where one is named."""
    if part is not None:
        st.session_state[PART] = part
    if act is not None:
        st.session_state[WORK if part == "work" else KIND] = act
    go_to("household", id=household_id)
