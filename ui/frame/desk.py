"""The person at the desk: who, in which language, and the way to the API."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from ui.desk_client import DeskClient, Me
from ui.door.sessions import COOKIE, LANGUAGE_COOKIE, Session
from ui.frame.address import this_page
from ui.frame.look import dress
from ui.here import here
from ui.texts import Texts, language_named, texts_in

NUMBER = "session_number"
"""Where the number of the session is kept from one run to the next: the cookie is sent once, at the start."""

LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Desk:
    """One run of a page, for one person."""

    texts: Texts
    session: Session

    @property
    def client(self) -> DeskClient:
        """The way to the API."""
        return self.session.client

    @property
    def me(self) -> Me:
        """Who it is."""
        return self.session.me

    def may(self, permission: str) -> bool:
        """Whether the role has a permission; the API decides in any case."""
        return self.me.may(permission)


def desk_here() -> Desk | None:
    """The person's desk; None for a stranger, who is shown the door."""
    state, cookies = st.session_state, st.context.cookies
    texts = texts_in(language_named(state.get(LANGUAGE) or cookies.get(LANGUAGE_COOKIE)))
    # Whoever signed out and in again in another window goes on here: what is typed is still there.
    number = here().sessions.latest(state.get(NUMBER)) or cookies.get(COOKIE)
    session = here().sessions.find(number)
    if session is None:
        _show_the_door(texts, bool(state.get(NUMBER)))
        return None
    state[NUMBER] = number
    session.client.language = texts.language
    return Desk(texts, session)


def _show_the_door(texts: Texts, was_in: bool) -> None:
    """Show the way in; beside a page that was open, because leaving that loses what is typed."""
    st.set_page_config(page_title=texts("door.product"), layout="wide")
    dress()
    door, beside = f"/sign-in?next={this_page()}", "_blank" if was_in else "_self"
    about = texts("door.over_beside" if was_in else "door.over")
    st.html(
        f'<div class="hv-header"><h1>{escape(texts("door.title"))}</h1>'
        f"<p>{escape(about)}</p>"
        f'<p><a href="{door}" target="{beside}">{escape(texts("door.enter"))}</a></p></div>'
    )
    if was_in:
        st.button(texts("door.go_on"), type="primary", key="go_on")
