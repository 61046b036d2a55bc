"""Signing in again where the session ran out: in front of the page, which keeps what was typed."""

from html import escape

import streamlit as st

from ui.desk_client import Away, Refused
from ui.frame.address import this_page
from ui.frame.desk import Desk
from ui.here import here


def sign_in_again(desk: Desk) -> None:
    """Ask for the password once more; the page goes on where it was."""
    texts = desk.texts

    @st.dialog(texts("frame.session_over"), dismissible=False)
    def ask() -> None:
        if desk.session.by_city:
            _to_the_city(desk)
            return
        st.write(texts("frame.session_over_about"))
        known = next((user for user in here().demo if user.username == desk.session.username), None)
        if known is not None:
            if st.button(texts("door.enter"), type="primary", key="enter_again"):
                _enter(desk, known.password)
            return
        with st.form("sign_in_again", border=False):
            st.text_input(texts("door.username"), desk.session.username, disabled=True)
            password = st.text_input(texts("door.password"), type="password", key="password_again")
            sent = st.form_submit_button(texts("door.enter"), type="primary")
        if sent:
            _enter(desk, password)

    ask()


def _to_the_city(desk: Desk) -> None:
    """Whoever came by the city's login has no password here: the way leads there, in a window beside."""
    following = this_page()
    st.write(desk.texts("frame.session_over_city"))
    st.html(
        f'<p><a href="/sign-in/city?next={following}" target="_blank">'
        f"{escape(desk.texts('door.city_login'))}</a></p>"
    )
    if st.button(desk.texts("door.go_on"), type="primary", key="go_on"):
        st.rerun()


def _enter(desk: Desk, password: str) -> None:
    try:
        desk.client.sign_in(desk.session.username, password)
    except Refused as refused:
        st.error(refused.detail)
    except Away:
        st.error(desk.texts("frame.away"))
    else:
        desk.session.begin_again()
        st.rerun()
