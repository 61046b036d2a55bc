"""Who stands before a household in the places it could have had, and what would bring it to one."""

from collections.abc import Mapping
from typing import Any

from ui.coordinator.effects import effect_in_words
from ui.coordinator.moves import explained, how_counted
from ui.coordinator.open_offers import offered
from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.page import empty, note
from ui.frame.pools import Pools
from ui.frame.rule_words import RuleWords
from ui.frame.tables import Column, opening, table, table_html, two_lines
from ui.frame.turning import go_to

Case = Mapping[str, Any]
MOST = 40
"""Households shown; the foremost stand first."""


def show_ahead(desk: Desk, pools: Pools, case: Case) -> None:
    """Show who has, or is proposed, a place that the household could have had."""
    texts = desk.texts
    ahead = explained(desk, case)["ahead"]
    if not ahead:
        empty(texts("ahead.none"))
        return
    note(f"{texts('ahead.lead')} {how_counted(desk, case)}")
    columns = [
        Column(texts("ahead.household")),
        Column(texts("ahead.tier")),
        Column(texts("ahead.points"), number=True),
        Column(texts("ahead.place")),
        Column(texts("ahead.how")),
    ]
    foremost = sorted(ahead, key=lambda one: (one["lives_there"], one["tier"], -(one["points"] or 0)))[:MOST]
    rows = [
        [
            texts("word.another_household")
            if one["another"]
            else opening(one["household"], one["household"]),
            texts.number(one["tier"]),
            texts.number(one["points"]),
            two_lines(pools.name(one["pool"]), pools.about(one["pool"])),
            texts("ahead.lives_there" if one["lives_there"] else "ahead.proposed"),
        ]
        for one in foremost
    ]
    caption = texts("ahead.caption", shown=texts.number(len(rows)), total=texts.number(len(ahead)))
    found = clicked(table_html(columns, rows, caption), "ahead")
    if found is not None:
        go_to("household", id=found)


def show_help(desk: Desk, pools: Pools, case: Case) -> None:
    """Show single changes that would bring the household to a place, each tried by solving again."""
    texts = desk.texts
    told = explained(desk, case, help_=True)
    if told["proposal"]:
        # The plan in force may have longer chains than what is answered here.
        stands = told["proposal"] in offered(desk, case)
        place = pools.name(told["proposal"])
        if stands:
            note(texts("helps.has_proposal", place=place), "good")
        else:
            note(f"{how_counted(desk, case)} {texts('helps.would_be_proposed', place=place)}", "waits")
        return
    if not told["would_help"]:
        empty(texts("helps.nothing"))
        return
    note(f"{texts('helps.lead')} {how_counted(desk, case)}")
    columns = [Column(texts(f"helps.{name}")) for name in ("change", "gets", "for_all")]
    rows = [
        [
            _change(desk, pools, told, remedy["change"]),
            pools.name(remedy["effect"]["household_gets"]),
            effect_in_words(texts, {"goals": _goals(remedy["effect"])}),
        ]
        for remedy in told["would_help"]
    ]
    table(columns, rows, texts("helps.caption"))


def _change(desk: Desk, pools: Pools, told: Case, change: Mapping[str, Any]) -> str:
    texts, words = desk.texts, RuleWords(desk.texts)
    if change["kind"] == "place":
        return texts("helps.place_more", place=pools.name(change["id"]))
    if change["kind"] == "fact":
        fact, value = words.fact(change["id"]), words.answer(change["id"], change["to"])
        return texts("helps.fact_known", fact=fact, value=value)
    verdicts = (verdict for pool in told["pools"] for verdict in pool["verdicts"])
    rule = next((words.rule(v) for v in verdicts if v["rule"] == change["id"]), str(change["id"]))
    return texts("helps.exception", rule=rule.rstrip("."))


def _goals(effect: Mapping[str, Any]) -> dict[str, int]:
    return {name: value for name, value in effect.items() if isinstance(value, int)}
