"""Which pages a role has, and the bar that leads to them."""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from ui.frame.bar import account
from ui.frame.desk import Desk
from ui.frame.faults import told
from ui.frame.look import MARK, dress
from ui.frame.opened import enter
from ui.frame.page import header
from ui.frame.saying import say_now
from ui.frame.turning import PAGES
from ui.frame.view import View

HOME = {"caseworker": "coordinator"}
"""Roles whose own desk is called by another's name."""

FRONT = "front"
"""What the front page is called inside Streamlit, so that its own name is an address of its own."""


def views(role: str = "") -> Sequence[View]:
    """Every page there is, in the order of the bar: the role's own desk first."""
    return tuple(view for desk in desks(role).values() for view in desk)


def desks(role: str = "") -> Mapping[str, Sequence[View]]:
    """The pages of every desk by its name, the role's own first."""
    from ui.coordinator import VIEWS as COORDINATOR
    from ui.manager import VIEWS as MANAGER
    from ui.planner import VIEWS as PLANNER
    from ui.shared_pages import VIEWS as SHARED

    known = {"planner": PLANNER, "manager": MANAGER, "coordinator": COORDINATOR, "shared": SHARED}
    own = HOME.get(role, role)
    return {name: known[name] for name in sorted(known, key=lambda name: name != own)}


def show_desk(desk: Desk) -> None:
    """Show the bar and the page that was asked for."""
    st.set_page_config(page_title=desk.texts("door.product"), page_icon=MARK, layout="wide")
    dress()
    st.logo(MARK, size="medium")
    pages = pages_of(desk)
    if not pages:
        account(desk)
        st.info(desk.texts("frame.no_desk_yet", role=desk.texts.word("role", desk.me.role)))
        return
    chosen = st.navigation([*pages.values(), *by_address(desk, pages)], position="top")
    st.session_state[PAGES] = pages
    account(desk)
    chosen.run()


def pages_of(desk: Desk) -> dict[str, "st.Page"]:
    """The pages of the person's role, by key; the first is the front page."""
    mine = [view for view in views(desk.me.role) if desk.may(view.needs)]
    return {
        view.key: st.Page(
            partial(_shown, view, desk),
            title=desk.texts(f"page.{view.key}"),
            url_path=FRONT if at == 0 else view.key,
            default=at == 0,
            visibility="visible" if view.listed else "hidden",
        )
        for at, view in enumerate(mine)
    }


def by_address(desk: Desk, pages: Mapping[str, "st.Page"]) -> list["st.Page"]:
    """Addresses that lead to no page of the bar: the front page by its own name, and other roles' pages."""
    front = next(iter(pages))
    shown = {front: partial(_to_front, pages[front])} | {
        view.key: partial(_not_theirs, desk, pages[front]) for view in views() if view.key not in pages
    }
    return [
        st.Page(show, title=desk.texts(f"page.{key}"), url_path=key, visibility="hidden")
        for key, show in shown.items()
    ]


def _to_front(front: "st.Page") -> None:
    st.switch_page(front, query_params=st.query_params.to_dict())


def _not_theirs(desk: Desk, front: "st.Page") -> None:
    texts = desk.texts
    role = texts.word("role", desk.me.role).lower()
    header(texts("frame.not_theirs"), texts("frame.not_theirs_why", role=role))
    st.page_link(front, label=texts("frame.to_front"))


def _shown(view: View, desk: Desk) -> None:
    enter(view.key)
    say_now()
    with told(desk):
        view.show(desk)
