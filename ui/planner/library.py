"""What if: the library to browse, one's own scenarios, what is to be run beside today's city, and the run."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from ui.frame.clicks import clicked
from ui.frame.desk import Desk
from ui.frame.opened import opened
from ui.frame.page import header, section
from ui.frame.saying import say_next
from ui.frame.tables import opening
from ui.frame.turning import go_to
from ui.planner.drafts import add_alternative, own, start_from
from ui.planner.look import dress
from ui.planner.running import show_running

BASELINE = "baseline"


def show(desk: Desk) -> None:
    """Show what can be asked, and the run."""
    dress()
    texts = desk.texts
    header(texts("whatif.title"), texts("whatif.lead"))
    if desk.may("scenario.run"):
        show_running(desk, titles(desk))
    mine = own()
    if mine:
        section(texts("whatif.own"), texts("whatif.own_lead"))
        _cards(desk, [_own_line(desk, content) for content in mine.values()], "own")
    section(texts("whatif.library"), texts("whatif.library_lead"))
    found: Sequence[Mapping[str, Any]] = opened(desk, "/scenarios")
    _cards(desk, [line for line in found if line["name"] != BASELINE], "library")


def titles(desk: Desk) -> dict[str, str]:
    """Titles of all scenarios that can be run, by name: one's own first."""
    mine = {name: _own_line(desk, content)["title"] for name, content in own().items()}
    return mine | {line["name"]: line["title"] for line in opened(desk, "/scenarios")}


def _own_line(desk: Desk, content: Mapping[str, Any]) -> dict[str, Any]:
    language = desk.texts.language
    return {
        "name": content["name"],
        "title": content[f"title_{language}"],
        "text": content[f"text_{language}"],
        "changes": len(content["change"]),
    }


def _cards(desk: Desk, lines: Sequence[Mapping[str, Any]], kind: str) -> None:
    texts = desk.texts
    html = "".join(_card(desk, line, kind) for line in lines)
    pressed = clicked(f'<div class="hv-cards">{html}</div>', f"whatif-{kind}")
    if pressed is None:
        return
    act, _, name = pressed.partition(":")
    if act == "add":
        add_alternative([name])
        say_next(texts("whatif.added", title=titles(desk).get(name, name)))
        st.rerun()
    elif act == "change" and name in own():
        start_from(own()[name])
        go_to("build")
    elif act == "away":
        own().pop(name, None)
        st.rerun()
    else:
        go_to("scenario", name=name)


def _card(desk: Desk, line: Mapping[str, Any], kind: str) -> str:
    texts = desk.texts
    acts = {"add": "whatif.add"} if desk.may("scenario.run") else {}
    acts |= {"change": "whatif.change", "away": "whatif.away"} if kind == "own" else {"look": "whatif.look"}
    # What stands on each button says which scenario it is about to whoever hears it alone.
    buttons = "".join(
        opening(texts(label), f"{act}:{line['name']}").html.replace(
            "<button ", f'<button aria-label="{escape(texts(label))}: {escape(line["title"])}" ', 1
        )
        for act, label in acts.items()
    )
    return (
        f'<article class="hv-card"><h3>{escape(line["title"])}</h3><p>{escape(line["text"])}</p>'
        f'<div class="hv-acts">{buttons}</div></article>'
    )
