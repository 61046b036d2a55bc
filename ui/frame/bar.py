"""Who is signed in, the other language, and the way out."""

from html import escape

import streamlit as st

from ui.frame.address import this_page
from ui.frame.desk import Desk
from ui.texts import LANGUAGES


def account(desk: Desk) -> None:
    """Show who is signed in, with a switch of language and a way out."""
    texts = desk.texts
    other = next(language for language in LANGUAGES if language != texts.language)
    following = this_page()
    who = f"{texts.word('role', desk.me.role)}" + (f", {desk.me.unit}" if desk.me.unit else "")
    said = f"--hv-more: '{escape(texts('frame.more'))}'; --hv-loading: '{escape(texts('frame.loading'))}';"
    st.html(f"<style>:root {{ {said} }}</style>")
    st.html(
        f'<div class="hv-account"><span>{escape(who)}</span>'
        f'<a href="/language/{other}?next={following}" target="_self" lang="{other}" hreflang="{other}">'
        f"{escape(texts('door.other_language'))}</a>"
        f'<a href="/sign-out" target="_self">{escape(texts("door.leave"))}</a></div>'
    )
