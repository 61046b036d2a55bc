"""Who is signed in, the other language, and the way out."""

from html import escape
from urllib.parse import urlsplit

import streamlit as st

from ui.frame.desk import Desk
from ui.texts import LANGUAGES


def account(desk: Desk) -> None:
    """Show who is signed in, with a switch of language and a way out."""
    texts = desk.texts
    other = next(language for language in LANGUAGES if language != texts.language)
    here = urlsplit(st.context.url or "/")
    following = escape(here.path + (f"?{here.query}" if here.query else ""), quote=True)
    who = f"{texts.word('role', desk.me.role)}" + (f", {desk.me.unit}" if desk.me.unit else "")
    st.html(f"<style>:root {{ --hv-more: '{escape(texts('frame.more'))}'; }}</style>")
    st.html(
        f'<div class="hv-account"><span>{escape(who)}</span>'
        f'<a href="/language/{other}?next={following}" target="_self" lang="{other}" hreflang="{other}">'
        f"{escape(texts('door.other_language'))}</a>"
        f'<a href="/sign-out" target="_self">{escape(texts("door.leave"))}</a></div>'
    )
