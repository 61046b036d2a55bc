"""Checks the texts that people read: there in both languages, and naming only numbers that exist."""

from collections.abc import Iterator
from string import Formatter

from optimiser.policy.check.finding import Finding, error
from optimiser.policy.check.numbers import is_dated
from optimiser.policy.check.written import Entry, Written

TEXTS = {
    "rules": ("text_sv", "text_en"),
    "sources": ("title_sv", "title_en"),
    "conditions": ("sv", "en"),
    "situations": ("sv", "en"),
    "tiers": ("sv", "en"),
    "points": ("sv", "en"),
    "fit": ("sv", "en"),
    "other_help": ("sv", "en"),
}


def check_texts(written: Written) -> Iterator[Finding]:
    """Texts that are missing, and placeholders that nothing fills."""
    for part, keys in TEXTS.items():
        for entry in written.entries[part]:
            fillers = _fillers(part, entry)
            for key in keys:
                text = entry.content.get(key)
                if not isinstance(text, str) or not text.strip():
                    yield error(
                        entry.where,
                        f"Texten {key} saknas.",
                        f"The text {key} is missing.",
                        f"Skriv {key} på {'svenska' if key.endswith('sv') else 'engelska'}.",
                        f"Write {key} in {'Swedish' if key.endswith('sv') else 'English'}.",
                    )
                else:
                    yield from _placeholders(entry, key, text, fillers)


def _fillers(part: str, entry: Entry) -> frozenset[str]:
    content = entry.content
    if part == "rules":
        return frozenset(content.get("parameters", {}))
    dated = frozenset(key for key, value in content.items() if is_dated(value))
    return (frozenset({"value"}) if dated else frozenset()) if part == "conditions" else dated


def _placeholders(entry: Entry, key: str, text: str, fillers: frozenset[str]) -> Iterator[Finding]:
    try:
        named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        named = {"{"}
    for name in sorted(named - fillers):
        yield error(
            entry.where,
            f"Texten {key} hänvisar till {{{name}}}, som inte finns.",
            f"The text {key} refers to {{{name}}}, which does not exist.",
            f"Använd {', '.join(sorted(fillers)) or 'ingen klammer'}.",
            f"Use {', '.join(sorted(fillers)) or 'no braces'}.",
        )
