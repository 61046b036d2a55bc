"""Every sentence of the command line and the web API, in Swedish and English: one key, one in each."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")


class Texts:
    """The sentences of one language, by dotted key."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = sentences(language)

    def __call__(self, key: str, **words: object) -> str:
        """The sentence with its words filled in.

        Raises
        ------
        KeyError
            If there is no such sentence, or it wants a word that is not given.
        """
        return self._texts[key].format_map(words) if words else self._texts[key]

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key."""
        return key in self._texts


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """All sentences of a language, by dotted key."""
    texts: dict[str, str] = {}
    for part in ("", "web.", "counts.", "desk.", "record.", "planner."):
        name = f"{part}{language}.toml"
        texts |= _flat(tomllib.loads((files("api.texts") / name).read_text(encoding="utf-8")), "")
    return texts


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value).strip("\n")
