"""Checks how conditions are referred to: every name known, no circles, and none left unused."""

from collections.abc import Iterator, Mapping
from typing import Any

from optimiser.policy.check.finding import Finding, error, unknown
from optimiser.policy.check.written import Written

PARAMETERS = ("condition", "fail_when", "unknown_when")
KEYS = ("applies_when", "excluded_when", "condition", "household", "unless")
REFERRING = ("rules", "candidates", "tiers", "points", "fit")


def check_references(written: Written) -> Iterator[Finding]:
    """Names that no condition has, conditions that refer to themselves, and conditions nobody uses."""
    conditions = written.entries["conditions"]
    parts = {entry.name: _parts(entry.content) for entry in conditions}
    start: list[str] = []
    for part in (*REFERRING, "conditions"):
        for entry in written.entries[part]:
            named = parts[entry.name] if part == "conditions" else _named(entry.content)
            start += named if part != "conditions" else ()
            for name in named:
                if name not in parts:
                    sv, en = "ett villkor i conditions.toml", "a condition in conditions.toml"
                    yield unknown(entry.where, sv, en, name, parts)
    used = _reachable(start, parts)
    for entry in conditions:
        if entry.name in _reachable(parts[entry.name], parts):
            sv, en = "Villkoret hänvisar till sig självt.", "The condition refers to itself."
            yield error(entry.where, sv, en, "Bryt cirkeln.", "Break the circle.")
        if entry.name not in used:
            sv = "Ingen regel, grupp, poäng eller passning använder villkoret."
            en = "No rule, tier, points or fit uses the condition."
            yield error(entry.where, sv, en, "Ta bort det, eller använd det.", "Take it away, or use it.")


def _named(content: Mapping[str, Any]) -> list[str]:
    parameters = content.get("parameters", {})
    named = [parameters[key] for key in PARAMETERS if key in parameters]
    return named + [content[key] for key in KEYS if key in content]


def _parts(content: Mapping[str, Any]) -> list[str]:
    return [*content.get("all", ()), *content.get("any", ()), *([content["not"]] if "not" in content else ())]


def _reachable(start: list[str], parts: Mapping[str, list[str]]) -> set[str]:
    """The conditions named, and all that they are composed of."""
    seen: set[str] = set()
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += parts.get(name, ())
    return seen
