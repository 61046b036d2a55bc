"""Households that may be the same people: looked at by a person, and said to be two where they are."""

from collections.abc import Sequence
from typing import Any

from ui.coordinator.acting import post
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty, note
from ui.frame.paging import paged
from ui.frame.tables import Column, opening, table_html
from ui.frame.turning import go_to

TWO = "two:"


def show(desk: Desk) -> None:
    """Show the pairs, likeliest first."""
    texts = desk.texts

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("duplicates.none"))
            return
        columns = [Column(texts(f"duplicates.{name}")) for name in ("first", "second", "why", "do")]
        lines = [
            [
                *(opening(who, who) for who in row["households"]),
                texts.listed([texts.word("likeness", one["reason"]) for one in row["reasons"]]),
                opening(texts("duplicates.two"), f"{TWO}{row['pair']}"),
            ]
            for row in rows
        ]
        pressed = clicked(table_html(columns, lines, texts.count("likely_pair", total)), "duplicates")
        if pressed is None:
            return
        if pressed.startswith(TWO):
            pair = pressed.removeprefix(TWO)
            post(desk, f"pair:{pair}", f"/duplicates/{pair}/dismissal", None, texts("duplicates.noted"))
        else:
            go_to("household", id=pressed)

    note(texts("duplicates.lead"))
    paged(desk, "duplicates", "/duplicates", shown)
