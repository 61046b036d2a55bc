"""What to ask first: unknown facts by what their answers would open."""

from collections.abc import Sequence
from typing import Any

from ui.coordinator.effects import effect_in_words
from ui.coordinator.moves import NONE
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty, header, note
from ui.frame.paging import paged
from ui.frame.pools import Pools
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Column, opening, table_html, two_lines
from ui.frame.turning import go_to


def show(desk: Desk) -> None:
    """Show the page of its own."""
    header(desk.texts("asking.title"), desk.texts("asking.lead"))
    questions(desk)


def questions(desk: Desk) -> None:
    """Show the questions, the most worthwhile first."""
    texts, words = desk.texts, RuleWords(desk.texts)
    note(texts(f"counted.{NONE}"))
    pools = Pools(desk)

    def shown(rows: Sequence[dict[str, Any]], total: int) -> None:
        if not total:
            empty(texts("asking.none"))
            return
        columns = [
            Column(texts(f"asking.{name}")) for name in ("household", "fact", "answer", "gets", "for_all")
        ]
        lines = [
            [
                opening(row["household"], row["household"])
                if row["household"]
                else texts("asking.about_place"),
                words.fact(row["fact"]),
                words.answer(row["fact"], row["answer"]),
                two_lines(pools.name(row["household_gets"]), pools.about(row["household_gets"]))
                if row["household_gets"]
                else None,
                effect_in_words(texts, row["effect"], row["household"]),
            ]
            for row in rows
        ]
        found = clicked(table_html(columns, lines, texts.count("question", total)), "asking-table")
        if found is not None:
            go_to("household", id=found)

    paged(desk, "asking", "/asking", shown, moves=NONE)
