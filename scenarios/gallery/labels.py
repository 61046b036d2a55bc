"""What tables and charts say, in the reader's language."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("sv", "en")


@cache
def labels(language: str) -> Mapping[str, str]:
    """Every label of a language, by dotted key."""
    text = (files("scenarios") / "gallery" / "labels.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text)[language], ""))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
