"""Sheets and columns of a dataset folder: names in both languages, what a cell may hold, Swedish words.

The columns follow from the row classes, so a column is named once; words.toml adds the Swedish.
"""

import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_origin

from annotated_types import Ge, Le

from models.codes import Fact
from models.forms import forms
from models.keys import key_columns, parent_of, type_of_row

SHEET_ORDER = (
    "households",
    "members",
    "pools",
    "schools",
    "travel_times",
    "conflicts",
    "quotas",
    "stays",
    "declines",
)
"""The order in which reports name the sheets."""

LONGEST_KEY = 200
LONGEST_CELL = 10_000
LARGEST_NUMBER = 2_147_483_647
"""The greatest number that a column of both databases holds."""
MOST_PLACES = 10_000
"""Places of one pool, each a row of its own: more is a slip of the hand, and would fill the database."""


def plain(text: str) -> str:
    """A heading or coded value without case, accents, spaces and punctuation, for comparison only."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if character.isalnum())


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Attributes
    ----------
    kind
        `text`, `whole`, `date`, `fact` (yes, no, unknown), `code`, or `texts` and `codes` for lists.
    words
        Canonical value to Swedish form, for facts and codes.
    longest
        Most characters of a cell.
    blank
        What an empty cell means.
    """

    name: str
    alias: str
    kind: str
    required: bool
    blank: Any
    longest: int
    words: dict[str, str] = field(default_factory=dict)
    codes: type[StrEnum] | None = None
    least: int = 0
    most: int = LARGEST_NUMBER
    parent: str | None = None

    def meant_by(self, text: str) -> str | None:
        """The canonical value that a word stands for in either language, None if it stands for none."""
        return _meanings(tuple(self.words.items())).get(plain(text))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file or sheet of a dataset folder."""

    name: str
    alias: str
    row_class: Any
    columns: dict[str, Column]

    def named(self, heading: str) -> Column | None:
        """The column that a heading names in either language."""
        return _headings(self.name).get(plain(heading))


@cache
def sheets() -> dict[str, Sheet]:
    """All sheets by English name, in the order of `SHEET_ORDER`."""
    return {name: _sheet(name) for name in SHEET_ORDER}


@cache
def _vocabulary() -> dict[str, Any]:
    return tomllib.loads((files("models") / "exchange" / "words.toml").read_text(encoding="utf-8"))


@cache
def _headings(sheet: str) -> dict[str, Column]:
    columns = sheets()[sheet].columns.values()
    return {plain(text): column for column in columns for text in (column.name, column.alias)}


@cache
def _meanings(words: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {plain(text): code for code, alias in words for text in (code, alias)}


@cache
def sheet_named(name: str) -> str | None:
    """The sheet that a file name (without ending) or sheet name stands for in either language."""
    wanted = plain(name)
    for sheet in sheets().values():
        if wanted in (plain(sheet.name), plain(sheet.alias)):
            return sheet.name
    return None


def _sheet(name: str) -> Sheet:
    row_class = type_of_row[name]
    columns = {column: _column(name, column, about) for column, about in row_class.model_fields.items()}
    return Sheet(name, _vocabulary()["sheets"][name], row_class, columns)


def _column(sheet: str, name: str, about: Any) -> Column:
    kind, codes = _kind(about.annotation)
    words: dict[str, str] = {}
    if name in ("form", "preferred_forms", "declined_forms"):
        kind = "code" if kind == "text" else "codes"
        words = {form.form_id: form.sv for form in forms().values()}
    elif codes is not None:
        words = dict(_vocabulary()["codes"][codes.__name__])
    if (sheet, name) == ("pools", "mobility"):
        del words["unknown"]
    parent = parent_of.get(sheet, {}).get(name)
    in_key = name in key_columns[sheet] or parent is not None or name in ("responsible_unit", "facility_id")
    return Column(
        name=name,
        alias=_vocabulary()["headers"][name],
        kind=kind,
        required=about.is_required(),
        blank=None if about.is_required() else about.default,
        longest=LONGEST_KEY if in_key or name == "district" else LONGEST_CELL,
        words=words,
        codes=codes,
        least=next((int(str(bound.ge)) for bound in about.metadata if isinstance(bound, Ge)), 0),
        most=_most(sheet, name, about),
        parent=parent,
    )


def _most(sheet: str, name: str, about: Any) -> int:
    if (sheet, name) == ("pools", "capacity"):
        return MOST_PLACES
    return next((int(str(bound.le)) for bound in about.metadata if isinstance(bound, Le)), LARGEST_NUMBER)


def _kind(annotation: Any) -> tuple[str, type[StrEnum] | None]:
    if get_origin(annotation) is tuple:
        return "texts", None
    for kind in get_args(annotation) or (annotation,):
        if issubclass(kind, Fact):
            return "fact", kind
        if issubclass(kind, StrEnum):
            return "code", kind
        if issubclass(kind, date):
            return "date", None
        if issubclass(kind, int):
            return "whole", None
        if issubclass(kind, str):
            return "text", None
    raise TypeError(f"A column may not be of type {annotation}.")
