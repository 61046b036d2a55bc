"""How the facts of a household have changed: what, when, by whom and how it was learnt."""

from collections.abc import Mapping
from typing import Any

from ui.desk_client import part
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import empty
from ui.frame.pools import Pools
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Cell, Column, table

MOST = 100


def show(desk: Desk, pools: Pools, case: Mapping[str, Any]) -> None:
    """Show the changes, the latest first."""
    texts, words = desk.texts, RuleWords(desk.texts)
    found = opened(desk, f"/households/{part(case['household_id'])}/history", limit=MOST)
    if not found["items"]:
        empty(texts("history.none"))
        return
    columns = [Column(texts(f"history.{name}")) for name in ("when", "what", "before", "after", "how")]
    rows: list[list[Cell]] = []
    for change in found["items"]:
        name = str(change["fact"])
        values = [
            pools.name(v) if name == "current_pool_id" and v else words.value(name, v)
            for v in _values(change)
        ]
        rows.append(
            [
                texts.moment(change["at"]),
                texts.word("field", name),
                *values,
                texts.word("learnt_from", change["learnt_from"]),
            ]
        )
    table(columns, rows, texts("history.caption", n=texts.number(found["total"])))


def _values(change: Mapping[str, Any]) -> tuple[Any, Any]:
    return change["before"], change["after"]
