"""What tables and charts say, in the reader's language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from models.sentences import LANGUAGES, by_key

__all__ = ["LANGUAGES", "labels"]


@cache
def labels(language: str) -> Mapping[str, str]:
    """Every label of a language, by dotted key."""
    text = (files("scenarios") / "gallery" / "labels.toml").read_text(encoding="utf-8")
    return by_key(tomllib.loads(text)[language])
