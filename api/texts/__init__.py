"""Every sentence of the command line and the web API, in Swedish and English: one key, one in each."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from models.sentences import LANGUAGES, Language, Sentences, sentences_in

__all__ = ["LANGUAGES", "Language", "Texts", "sentences"]


class Texts(Sentences):
    """The sentences of one language, by dotted key."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, sentences(language))


@cache
def sentences(language: Language) -> Mapping[str, str]:
    """All sentences of a language, by dotted key."""
    found: dict[str, str] = {}
    for part in ("", "web.", "counts.", "desk.", "record.", "planner."):
        found |= sentences_in(files("api.texts") / f"{part}{language}.toml")
    return found
