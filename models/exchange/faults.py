"""Faults of a dataset folder: where, what is wrong, and how to mend it, in both languages."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

# YYYYMMDD-NNNN or YYMMDD-NNNN with dash, plus or nothing; days 61-91 are those of coordination numbers.
# Digits around it would make it some other, longer number.
_personal_number = re.compile(
    r"(?<![0-9])(?:[0-9]{2})?[0-9]{2}(?:0[1-9]|1[0-2])"
    r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])[-+‐‑‒–−]?[0-9]{4}(?![0-9])"
)
MASK = "********-****"
LONGEST_SHOWN = 60


class ExchangeProblem(Exception):
    """A folder or file that cannot be read or written as a whole, said in one sentence with the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in one cell, row or file.

    Attributes
    ----------
    file
        File name, or `workbook.xlsx/sheet`.
    row
        Row in the file with the header as row 1; 0 when the file itself is at fault.
    column
        English name of the column, the heading itself where it names none, or an empty text.
    value
        The cell as given, cut short, personal identity numbers masked.
    kind
        One of the kinds of messages.toml.
    """

    file: str
    row: int
    column: str
    kind: str
    value: str = ""
    details: dict[str, str] = field(default_factory=dict, compare=False)

    def message(self, language: str) -> str:
        """What is wrong, in `sv` or `en`."""
        return self._text(language)

    def remedy(self, language: str) -> str:
        """How to mend it, in `sv` or `en`."""
        return self._text(f"remedy_{language}")

    def as_json(self) -> dict[str, Any]:
        """The fault for programs."""
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "kind": self.kind,
            "message_sv": self.message("sv"),
            "message_en": self.message("en"),
            "remedy_sv": self.remedy("sv"),
            "remedy_en": self.remedy("en"),
        }

    def _text(self, part: str) -> str:
        words = {"column": self.column, "row": str(self.row), **self.details, "value": self.value}
        return messages()[self.kind][part].format_map(words)


@cache
def messages() -> dict[str, dict[str, str]]:
    """Texts of every kind of fault: sv, en, remedy_sv, remedy_en."""
    return tomllib.loads((files("models") / "exchange" / "messages.toml").read_text(encoding="utf-8"))


def holds_personal_number(text: str) -> bool:
    """Whether a personal identity number stands anywhere in a text."""
    return len(text) >= 10 and _personal_number.search(_ordinary_digits(text)) is not None


def without_numbers(text: str) -> str:
    """A text with its personal identity numbers masked."""
    return _personal_number.sub(MASK, _ordinary_digits(text)) if holds_personal_number(text) else text


def masked(text: str) -> str:
    """A text as it may be shown: personal identity numbers masked, the rest cut short."""
    text = without_numbers(text)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _ordinary_digits(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)
