"""What one plan changes against another, for whom and why."""

from collections.abc import Mapping
from typing import Any

from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import note
from ui.frame.pools import Pools
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Column, opening, table_html
from ui.frame.turning import go_to


def show_changes(desk: Desk, found: Mapping[str, Any]) -> None:
    """Show whose proposal differs, from what to what, and why."""
    texts, pools = desk.texts, Pools(desk)
    changed = found["changed"]
    told = texts("changes.lead", kept=texts.number(found["kept"]), changed=texts.number(len(changed)))
    others = found["changed_of_others"]
    if others:
        told += " " + texts("changes.others", n=texts.count("other_household", others))
    note(told, "marked" if changed or others else "neutral")
    if not changed:
        return
    columns = [Column(texts(f"changes.{name}")) for name in ("household", "before", "after", "why")]
    rows = [
        [
            opening(one["household"], one["household"]),
            pools.name(one["before"]) if one["before"] else texts("changes.nothing"),
            pools.name(one["after"]) if one["after"] else texts("changes.nothing"),
            " ".join(_why(desk, pools, reason) for reason in one["reasons"]),
        ]
        for one in changed
    ]
    household = clicked(table_html(columns, rows, texts("changes.caption")), "plan-changes")
    if household is not None:
        go_to("household", id=household)


def _why(desk: Desk, pools: Pools, reason: Mapping[str, Any]) -> str:
    texts, words = desk.texts, RuleWords(desk.texts)
    key = f"changes.kind_{reason['kind']}"
    if not texts.has(key):
        return texts("changes.kind_others")
    who = texts("word.another_household") if reason["another"] else str(reason["id"])
    return texts(
        key,
        who=who,
        fact=words.fact(str(reason["id"])),
        before=words.value(str(reason["id"]), reason["before"] or None),
        after=words.value(str(reason["id"]), reason["after"] or None),
        place=pools.name(str(reason["id"])),
    )
