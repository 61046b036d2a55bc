"""What people are told, in Swedish and English: sentences by dotted key, from TOML files."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any, Literal

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")


class Sentences:
    """The sentences of one language, by dotted key."""

    def __init__(self, language: Language, sentences: Mapping[str, str]) -> None:
        self.language = language
        self._sentences = sentences

    def __call__(self, key: str, **words: object) -> str:
        """The sentence with its words filled in.

        Raises
        ------
        KeyError
            If there is no such sentence, or it wants a word that is not given.
        """
        return self._sentences[key].format_map(words) if words else self._sentences[key]

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        return key in self._sentences


def sentences_in(file: Traversable) -> dict[str, str]:
    """Every sentence of a TOML file, by dotted key."""
    return by_key(tomllib.loads(file.read_text(encoding="utf-8")))


def by_key(table: Mapping[str, Any]) -> dict[str, str]:
    """Every text of a table and the tables in it, by dotted key."""
    return dict(_texts(table, ""))


def _texts(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _texts(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value).strip("\n")
