"""Sentences that `models` says in English, in the reader's language."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from api.texts import Language


def translated(sentence: str, language: Language) -> str:
    """An English sentence about a database or a file in a language; one that is not known stays as it is."""
    if language == "en":
        return sentence
    for pattern, swedish in _swedish():
        found = pattern.fullmatch(sentence)
        if found is not None:
            return swedish.format_map(found.groupdict())
    return sentence


@cache
def _swedish() -> tuple[tuple[re.Pattern[str], str], ...]:
    text = (files("api.texts") / "problems.toml").read_text(encoding="utf-8")
    entries = tomllib.loads(text)["sentence"]
    return tuple((_pattern(entry["en"]), entry["sv"]) for entry in entries)


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    pieces = [f"(?P<{part}>.+)" if i % 2 else re.escape(part) for i, part in enumerate(parts)]
    return re.compile("".join(pieces), re.DOTALL)
