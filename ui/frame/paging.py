"""Long lists, a page at a time: the API holds the list, the desk the cursors of the pages that were seen."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from ui.desk_client import Listed
from ui.frame.desk import Desk

ROWS = 50


def paged(
    desk: Desk,
    key: str,
    path: str,
    show: Callable[[Sequence[dict[str, Any]], int], None],
    rows: int = ROWS,
    **query: Any,
) -> None:
    """Show a list of the API page by page; another filter begins on the first page.

    Parameters
    ----------
    show
        Shows the items of a page, given how many there are in all.
    """
    asked = sorted((name, str(value)) for name, value in query.items() if value is not None)
    kept = st.session_state.get(f"pages:{key}")
    if kept is None or kept["asked"] != asked:
        kept = st.session_state[f"pages:{key}"] = {"asked": asked, "cursors": [None]}
    cursors: list[str | None] = kept["cursors"]
    found = desk.client.listed(path, rows, cursors[-1], **query)
    show(found.items, found.total)
    if len(cursors) > 1 or found.following is not None:
        _buttons(desk, key, cursors, found, rows)


def _buttons(desk: Desk, key: str, cursors: list[str | None], found: Listed, rows: int) -> None:
    texts, first = desk.texts, (len(cursors) - 1) * rows + 1
    with st.container(horizontal=True, vertical_alignment="center", key=f"paging-{key}"):
        st.button(
            texts("frame.previous"),
            key=f"{key}:previous",
            disabled=len(cursors) < 2,
            on_click=_turn_back,
            args=(cursors,),
        )
        st.button(
            texts("frame.next"),
            key=f"{key}:next",
            disabled=found.following is None,
            on_click=cursors.append,
            args=(found.following,),
        )
        st.html(
            '<p class="hv-soft" role="status">'
            + texts(
                "frame.shown",
                first=texts.number(first),
                last=texts.number(first + len(found.items) - 1),
                total=texts.number(found.total),
            )
            + "</p>"
        )


def _turn_back(cursors: list[str | None]) -> None:
    cursors.pop()
