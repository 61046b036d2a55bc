"""What was just done, said on the page that comes next."""

import streamlit as st

SAID = "said"


def say_next(*sentences: str) -> None:
    """Say something on the next run of a page."""
    st.session_state[SAID] = [sentence for sentence in sentences if sentence]


def say_now() -> None:
    """Say what is to be said, once."""
    for sentence in st.session_state.pop(SAID, []):
        st.success(sentence)
