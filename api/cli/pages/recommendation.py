"""Ranked options in plain words: which, what each changes for all, and who would lose a place."""

from typing import Any

from api.cli.page import Page
from api.cli.pages.proposals import place_name
from api.cli.voice import Voice
from api.usecases.recommending import Recommended


def show_recommendation(page: Page, voice: Voice, found: Recommended) -> None:
    """Best for the whole first."""
    texts, answer = voice.texts, found.answer
    places = {pool.pool_id: place_name(voice, pool) for pool in found.dataset.pools}
    if "household" in answer:
        page.title(texts("recommend.places", household=answer["household"]))
    else:
        page.title(texts("recommend.households", place=places[answer["pool"]]))
    counts = {name: voice.figures.number(answer[name]) for name in ("tried", "eligible", "impossible")}
    page.line(texts("recommend.tried", **counts))
    for option in answer["options"]:
        if "household" in answer:
            page.point(places[option["pool"]])
        else:
            points = voice.figures.number(option["points"])
            page.point(
                texts("recommend.who", household=option["household"], tier=option["tier"], points=points)
            )
        page.point(_change(voice, option), depth=2)
        if option["lose"]:
            page.point(texts("recommend.lose", households=", ".join(option["lose"])), depth=2)
        if option["gain"]:
            page.point(texts("recommend.gain", households=", ".join(option["gain"])), depth=2)


def _change(voice: Voice, option: dict[str, Any]) -> str:
    """Every goal that changes, in the order of the goals."""
    changes = [
        f"{voice.texts(f'goal.{goal}')} {value:+d}".replace("-", "\N{MINUS SIGN}")
        for goal, value in option["effect"].items()
        if value
    ]
    return ", ".join(changes) if changes else voice.texts("recommend.nothing")
