"""Assumptions as data: what each number is, where it comes from, and how sure it is."""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

Basis = Literal["source", "calibrated", "assumed"]
TEXTS = ("unit", "basis", "source")
OPTIONAL_TEXTS = ("text_sv", "text_en")
OPTIONAL_NUMBERS = ("low", "high")


class AssumptionsProblem(Exception):
    """Assumptions that cannot be used; `faults` names every entry, what is wrong and the remedy."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Entry:
    """One assumed number.

    Attributes
    ----------
    basis
        `source`: a document gives it; `calibrated`: estimated from stays; `assumed`: neither.
    low, high
        95 % interval where it is estimated; what is plausible where it is assumed; None if not known.
    """

    value: float
    unit: str
    basis: Basis
    source: str
    low: float | None = None
    high: float | None = None
    text_sv: str = ""
    text_en: str = ""


@dataclass(frozen=True)
class Assumptions:
    """All entries by dotted key."""

    entries: Mapping[str, Entry]

    @cached_property
    def digest(self) -> str:
        """Hash of all values, so that a run can name what it assumed; texts do not matter."""
        values = {key: entry.value for key, entry in self.entries.items()}
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]

    def value(self, key: str) -> float:
        """The number under a dotted key.

        Raises
        ------
        AssumptionsProblem
            When there is none.
        """
        try:
            return self.entries[key].value
        except KeyError:
            raise AssumptionsProblem([f"{key}: is not among the assumptions; add the entry"]) from None

    def table(self, prefix: str) -> dict[str, float]:
        """The numbers right under a dotted prefix, by the last part of their keys."""
        start = f"{prefix}."
        return {
            key[len(start) :]: entry.value
            for key, entry in self.entries.items()
            if key.startswith(start) and "." not in key[len(start) :]
        }

    def replaced(self, values: Mapping[str, float]) -> "Assumptions":
        """The same assumptions with some values changed, and said to be assumed.

        Raises
        ------
        AssumptionsProblem
            When a key is not among them.
        """
        unknown = [
            f"{key}: is not among the assumptions; look at the key"
            for key in values
            if key not in self.entries
        ]
        if unknown:
            raise AssumptionsProblem(unknown)
        changed = {
            key: Entry(float(value), old.unit, "assumed", "assumed", text_sv=old.text_sv, text_en=old.text_en)
            for key, value in values.items()
            for old in (self.entries[key],)
        }
        return Assumptions({**self.entries, **changed})


def load_assumptions(path: Path | None = None) -> Assumptions:
    """The assumptions that come with the product; entries of a file, if one is given, take their place.

    Raises
    ------
    AssumptionsProblem
        When the file cannot be read, or an entry is faulty or not known; all faults at once.
    """
    ours = _entries((files("scenarios") / "assumptions" / "assumptions.toml").read_text("utf-8"))
    if path is None:
        return Assumptions(ours)
    try:
        theirs = _entries(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as problem:
        raise AssumptionsProblem([f"{path}: is no text in UTF-8; save it as plain text"]) from problem
    except OSError as problem:
        raise AssumptionsProblem(
            [f"{path}: cannot be read ({problem.strerror}); look at the path"]
        ) from problem
    unknown = sorted(theirs.keys() - ours.keys())
    if unknown:
        raise AssumptionsProblem(
            [f"{key}: no assumption has that key; look at the spelling" for key in unknown]
        )
    return Assumptions({**ours, **theirs})


def _entries(text: str) -> dict[str, Entry]:
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise AssumptionsProblem([f"is not valid TOML ({problem}); mend the line named"]) from problem
    leaves = dict(_leaves(tree, ""))
    faults = [fault for key, leaf in leaves.items() for fault in _faults(key, leaf)]
    if faults:
        raise AssumptionsProblem(faults)
    return {key: Entry(**{**leaf, "value": float(leaf["value"])}) for key, leaf in leaves.items()}


def _leaves(node: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for name, child in node.items():
        key = f"{prefix}{name}"
        if isinstance(child, dict) and "value" not in child:
            yield from _leaves(child, f"{key}.")
        else:
            yield key, child


def _faults(key: str, leaf: Any) -> Iterator[str]:
    if not isinstance(leaf, dict):
        yield f"{key}: is no entry; write {{ value = …, unit = …, basis = …, source = … }}"
        return
    known = {"value", *TEXTS, *OPTIONAL_TEXTS, *OPTIONAL_NUMBERS}
    for name in sorted(leaf.keys() - known):
        yield f"{key}: {name} is not known; use {', '.join(sorted(known))}"
    for name in TEXTS:
        if not isinstance(leaf.get(name), str) or not leaf[name]:
            yield f"{key}: lacks {name}; add it"
    for name in ("value", *OPTIONAL_NUMBERS):
        number = leaf.get(name, 0)
        if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number < float("inf"):
            yield f"{key}: {name} must be a number from 0 up"
    if leaf.get("basis") not in get_args(Basis) and "basis" in leaf:
        yield f"{key}: basis {leaf['basis']} is not known; use {', '.join(get_args(Basis))}"
