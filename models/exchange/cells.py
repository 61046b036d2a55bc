"""One cell: what its text means in its column, or what is wrong with it."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.exchange.columns import LARGEST_NUMBER, LONGEST_CELL, Column
from models.exchange.faults import holds_personal_number

MONEY = "_sek"
"""How columns of money end: their cells may have öre."""

_day = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_number = re.compile(r"([+-]?[0-9]{1,3}(?:\s[0-9]{3})+|[+-]?[0-9]+)(?:[.,]([0-9]{1,2}))?")
"""Thousands may be set apart by a space. Three decimals could as well be thousands, so they are no number."""
_reference = re.compile(r"_id(_[ab])?$")
_unprintable = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Wrong:
    """A cell that cannot be read: the kind of fault and what its message needs."""

    kind: str
    details: dict[str, str] = field(default_factory=dict)


def read_cell(column: Column, text: str) -> Any | Wrong:
    """The value of a cell, what a blank means if it is empty, or what is wrong with it."""
    wrong = refused(text)
    if wrong is not None:
        return wrong
    text = text.strip()
    if text.startswith("'") and looks_like_formula(text):
        # The apostrophe says that it is text; our own exports set it too.
        text = text[1:]
    if not text:
        return Wrong("required") if column.required else column.blank
    if len(text) > column.longest:
        return Wrong("text too long", {"length": str(len(text)), "most": str(column.longest)})
    if not text.isascii():
        # Some systems write å as a and a ring; to a computer those are different names.
        text = unicodedata.normalize("NFC", text)
    return _readers[column.kind](column, text)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a CSV file would take a cell for a formula, after any apostrophes."""
    return text.lstrip("'").startswith(("=", "+", "-", "@"))


def refused(text: str) -> Wrong | None:
    """What no cell of any column may hold."""
    if holds_personal_number(text):
        return Wrong("personal identity number")
    if len(text) > LONGEST_CELL:
        return Wrong("text too long", {"length": str(len(text)), "most": str(LONGEST_CELL)})
    if not text.isprintable() and _unprintable.search(text):
        return Wrong("unreadable character")
    return None


def _text(column: Column, text: str) -> str:
    if text.isprintable() or not _reference.search(column.name):
        return text
    # A line break in a reference is how its cell was typed; a reference stands on one line.
    return " ".join(text.split())


def _texts(_column: Column, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def _code(column: Column, text: str) -> Any | Wrong:
    code = column.meant_by(text)
    if code is None:
        return Wrong("unknown code", {"allowed": ", ".join(column.words)})
    return code if column.codes is None else column.codes(code)


def _codes(column: Column, text: str) -> tuple[str, ...] | Wrong:
    parts = _texts(column, text)
    codes = [column.meant_by(part) for part in parts]
    if None in codes:
        return Wrong("unknown code", {"allowed": ", ".join(column.words)})
    if not codes and column.required:
        return Wrong("required")
    return tuple(dict.fromkeys(code for code in codes if code is not None))


def _fact(column: Column, text: str) -> Any | Wrong:
    code = column.meant_by(text)
    if code is None or column.codes is None:
        return Wrong("not yes, no or unknown")
    # A pool's pets and psychiatric competence are never unknown: there a blank has a meaning of its own.
    return column.blank if code == "unknown" else column.codes(code)


def _date(_column: Column, text: str) -> date | Wrong:
    if _day.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    return Wrong("not a date")


def _whole(column: Column, text: str) -> int | Wrong:
    parts = _number.fullmatch(text)
    if parts is None:
        return Wrong("not a number")
    rest = parts[2] or ""
    if rest.strip("0") and not column.name.endswith(MONEY):
        return Wrong("not a whole number")
    digits = re.sub(r"[^0-9+-]", "", parts[1])
    # Thousands of digits are no number anyone meant, and take long to convert.
    value = int(digits) if len(digits) < 20 else LARGEST_NUMBER + 1
    if rest[:1] >= "5" and value >= 0:
        # Money in whole kronor, an öre from fifty up counted as one more.
        value += 1
    if not column.least <= value <= column.most:
        bounds = f"≥ {column.least}" if column.most == LARGEST_NUMBER else f"{column.least}–{column.most}"
        return Wrong("out of range", {"bounds": bounds})
    return value


_readers = {
    "text": _text,
    "texts": _texts,
    "code": _code,
    "codes": _codes,
    "fact": _fact,
    "date": _date,
    "whole": _whole,
}
