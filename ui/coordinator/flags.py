"""What must not go on unseen: a few nights again and again, months in a shelter, families in a hotel."""

from collections.abc import Sequence
from typing import Any

from ui.coordinator.leading import to_household
from ui.frame.choosing import choose
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty
from ui.frame.paging import paged
from ui.frame.tables import Cell, Column, Markup, Meaning, opening, table_html, tag, two_lines

KINDS: dict[str, Meaning] = {"short_nights": "marked", "long_in_shelter": "waits", "family_in_hotel": "stops"}
HOTEL = "family_in_hotel"


def show(desk: Desk) -> None:
    """Show the flags, those that have gone on longest first."""
    texts = desk.texts
    kind = choose(
        desk, texts("flags.kind"), tuple(KINDS), lambda code: texts.word("flag", code), "flags-kind"
    )

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("flags.none"))
            return
        columns = [
            Column(texts(f"flags.{name}")) for name in ("household", "what", "since", "count", "about")
        ]
        html = table_html(columns, [_line(desk, row) for row in rows], texts.count("flag", total))
        pressed = clicked(html, "flags")
        if pressed is not None:
            household, _, part = pressed.partition("|")
            to_household(household, part or None, "hotel" if part else None)

    paged(desk, "flags", "/flags", shown, kind=kind)


def _line(desk: Desk, row: dict[str, Any]) -> list[Cell]:
    texts, hotel = desk.texts, row["kind"] == HOTEL
    count = row["count"]
    unit = "short_stay" if row["kind"] == "short_nights" else "night"
    return [
        opening(row["household_id"], f"{row['household_id']}|{'casework' if hotel else ''}"),
        tag(texts.word("flag", row["kind"]), KINDS[row["kind"]]),
        texts.short_day(row["since"]),
        texts.number(None) if count is None else texts.count(unit, count),
        _hotel(desk, row) if hotel else None,
    ]


def _hotel(desk: Desk, row: dict[str, Any]) -> Markup:
    texts, missing = desk.texts, row["checks_missing"]
    plan = (
        tag(texts("flags.plan_out"), "good") if row["plan_out"] else tag(texts("flags.no_plan_out"), "stops")
    )
    return two_lines(
        plan, texts.count("check_missing", len(missing)) if missing else texts("flags.all_checked")
    )
