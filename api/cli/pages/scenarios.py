"""The library of scenarios, and what one of them changes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from api.cli.page import Column, Page
from api.cli.pages.scenario_changes import ChangeWords
from api.cli.voice import Voice
from optimiser.policy.load import load_policy_data
from scenarios.whatif.policy_changes import changed_policy
from scenarios.whatif.scenario import Change, Scenario


def show_list(page: Page, voice: Voice, found: Sequence[Scenario]) -> None:
    """Names and titles."""
    texts = voice.texts
    page.title(texts("scenario.library"))
    columns = [Column(texts("scenario.name")), Column(texts("scenario.title"))]
    page.table(columns, [[scenario.name, title_of(voice, scenario)] for scenario in found])
    page.line()
    page.line(texts("scenario.read_on"))


def show_scenario(page: Page, voice: Voice, scenario: Scenario, today: date) -> None:
    """Title and text, every change in plain words, and how changed rules read then."""
    texts, words = voice.texts, ChangeWords(voice)
    page.title(title_of(voice, scenario))
    page.line(scenario.text_sv if voice.language == "sv" else scenario.text_en)
    page.section(texts("scenario.changes"))
    for change in scenario.changes:
        page.point(words.sentence(change))
    if not scenario.changes:
        page.point(texts("scenario.nothing"))
    rules = rule_texts(voice, scenario.changes, today)
    if rules:
        page.section(texts("scenario.rules"))
        for text in rules:
            page.point(text)


def rule_texts(voice: Voice, changes: Sequence[Change], today: date) -> list[str]:
    """The rules that some changes touch, as they read once all of them hold."""
    touched = [change for change in changes if change.kind == "rule"]
    policy = changed_policy(load_policy_data(), touched).on(today)
    names = dict.fromkeys(change.settings["rule"] for change in touched if "rule" in change.settings)
    rules = [policy.rule(name) for name in names if name in policy.rule_at]
    return [
        (rule.text_sv if voice.language == "sv" else rule.text_en).format_map(rule.parameters)
        for rule in rules
    ]


def title_of(voice: Voice, scenario: Scenario) -> str:
    """A scenario's title in the reader's language."""
    return scenario.title_sv if voice.language == "sv" else scenario.title_en


def listed_as_json(found: Sequence[Scenario]) -> list[dict[str, Any]]:
    """The library for programs."""
    return [_head(scenario) for scenario in found]


def scenario_as_json(voice: Voice, scenario: Scenario) -> dict[str, Any]:
    """A scenario for programs: its changes as written, each with its sentence."""
    words = ChangeWords(voice)
    return {
        **_head(scenario),
        "changes": [
            {
                "kind": change.kind,
                "from_week": change.from_week,
                "until_week": change.until_week,
                "settings": {key: _plain(value) for key, value in change.settings.items()},
                "text": words.sentence(change),
            }
            for change in scenario.changes
        ],
    }


def _head(scenario: Scenario) -> dict[str, Any]:
    keys = ("name", "title_sv", "title_en", "text_sv", "text_en")
    return {key: getattr(scenario, key) for key in keys}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
