"""Faults of a scenario: where, what is wrong, and how to mend it, in both languages."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from models.exchange import faults as rows
from models.exchange.faults import masked, without_numbers
from scenarios.whatif.scenario import Scenario

Severity = Literal["error", "warning"]

WARNINGS = frozenset(
    {"no changes", "after the horizon", "outside the year", "opens after the horizon"}
    | {"unknown district", "unknown unit", "no such quota"}
)
"""Kinds that leave a scenario usable, though perhaps not as its writer meant."""


@dataclass(frozen=True, slots=True)
class ScenarioFault:
    """One thing wrong in a scenario.

    Attributes
    ----------
    file
        File, or the scenario's name when it came from no file.
    change
        Number of the `[[change]]` entry from 1; 0 when the scenario itself is at fault.
    key
        Key of the entry, or an empty text.
    value
        What stands there, cut short, personal identity numbers masked.
    kind
        One of the kinds of messages.toml, or of the messages of dataset files for the row of a pool.
    details
        What the message names; an entry `sv` or `en` is for that language alone.
    """

    file: str
    change: int
    key: str
    kind: str
    value: str = ""
    details: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def severity(self) -> Severity:
        """`error`: the scenario cannot be used. `warning`: someone should look."""
        return "warning" if self.kind in WARNINGS else "error"

    def message(self, language: str) -> str:
        """What is wrong, in `sv` or `en`."""
        return self._text(language, language)

    def remedy(self, language: str) -> str:
        """How to mend it, in `sv` or `en`."""
        return self._text(f"remedy_{language}", language)

    def as_json(self) -> dict[str, Any]:
        """The fault for programs."""
        return {
            "severity": self.severity,
            "file": self.file,
            "change": self.change,
            "key": self.key,
            "value": self.value,
            "kind": self.kind,
            **{f"message_{language}": self.message(language) for language in ("sv", "en")},
            **{f"remedy_{language}": self.remedy(language) for language in ("sv", "en")},
        }

    def _text(self, part: str, language: str) -> str:
        words = {"key": self.key, "column": self.key, **self.details, "value": self.value}
        # Words that differ between the languages are given as `word.sv` and `word.en`.
        words |= {name[:-3]: word for name, word in words.items() if name.endswith(f".{language}")}
        known = messages() if self.kind in messages() else rows.messages()
        return known[self.kind][part].format_map(words)


class ScenarioProblem(Exception):
    """Scenarios that cannot be used.

    Attributes
    ----------
    faults
        Every fault found in them, by file and entry.
    read
        The scenarios as far as they could be read, those of one stack together, so that what is sound in them
        can be held against a city as well.
    """

    def __init__(self, faults: Iterable[ScenarioFault], read: Iterable[tuple[Scenario, ...]] = ()) -> None:
        self.faults = in_order(faults)
        self.read = tuple(read)
        lines = (f"{f.file}: {f.key}: {f.message('en')} {f.remedy('en')}" for f in self.faults)
        super().__init__("; ".join(lines))


def in_order(faults: Iterable[ScenarioFault]) -> tuple[ScenarioFault, ...]:
    """Faults by file, as the files come, and in a file by entry."""
    found = tuple(faults)
    files = list(dict.fromkeys(fault.file for fault in found))
    return tuple(sorted(found, key=lambda fault: (files.index(fault.file), fault.change)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a scenario something stands; makes the faults found there."""

    file: str
    change: int = 0

    def fault(self, key: str, kind: str, value: object = "", **details: str) -> ScenarioFault:
        """A fault at a key of the entry."""
        shown = {name: without_numbers(text) for name, text in details.items()}
        return ScenarioFault(self.file, self.change, masked(key), kind, masked(str(value)), shown)

    def unknown(self, key: str, value: object, known: Iterable[object]) -> ScenarioFault:
        """A value that is not among the known ones."""
        return self.fault(key, "unknown value", value, **nearest(value, known))


def nearest(value: object, known: Iterable[object]) -> dict[str, str]:
    """Details that help with a value that is not known: the one most like it, and all there are."""
    names = sorted(str(name) for name in known)
    near = get_close_matches(str(value), names, n=1)
    words = {"near": near[0] if near else "", "known": ", ".join(names) or "–"}
    hint = messages()["hint near" if near else "hint"]
    return {f"hint.{language}": hint[language].format_map(words) for language in ("sv", "en")}


@cache
def messages() -> dict[str, dict[str, str]]:
    """Texts of every kind of fault of a scenario: sv, en, remedy_sv, remedy_en."""
    text = (files("scenarios") / "whatif" / "messages.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
