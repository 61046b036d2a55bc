"""The policy files as written, entry by entry, each with the place where it stands."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from optimiser.policy.check.finding import Finding, error
from optimiser.policy.load import PARTS


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule, a condition or an item: its file, its name and what is written there."""

    file: str
    name: str
    content: Mapping[str, Any]

    @property
    def where(self) -> str:
        """File and entry, for people."""
        return f"{self.file}: {self.name}"


@dataclass(frozen=True, slots=True)
class Written:
    """All entries of a policy folder by part, and what could not be read as such."""

    entries: Mapping[str, tuple[Entry, ...]]
    unreadable: tuple[Finding, ...]

    def names(self, part: str) -> frozenset[str]:
        """Names of all entries of a part."""
        return frozenset(entry.name for entry in self.entries[part])

    def everything(self) -> Iterator[Entry]:
        """All entries of all parts."""
        for entries in self.entries.values():
            yield from entries


LISTED = {
    "tiers": ("tier", "number"),
    "points": ("item", "id"),
    "fit": ("item", "id"),
    "other_help": ("help", "id"),
}
"""Parts that are lists of tables: the table's name, and what names an entry."""


def read_written(folder: Traversable) -> Written:
    """Read every file of a policy folder; a file that cannot be read is a finding, not an end."""
    problems: list[Finding] = []
    entries: dict[str, tuple[Entry, ...]] = {}
    for part in PARTS:
        entries[part] = tuple(_entries(part, _content(folder / f"{part}.toml", f"{part}.toml", problems)))
    rules: list[Entry] = []
    files = folder / "rules"
    for file in sorted(files.iterdir(), key=lambda file: file.name) if files.is_dir() else ():
        if file.name.endswith(".toml"):
            name = f"rules/{file.name}"
            rules += [Entry(name, key, content) for key, content in _content(file, name, problems).items()]
    entries["rules"] = tuple(rules)
    every = (entry for part in entries.values() for entry in part)
    misshapen = (finding for entry in every for finding in _misshapen(entry))
    return Written(entries, (*problems, *misshapen))


def _content(file: Traversable, name: str, problems: list[Finding]) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        sv, en = (
            f"Filen kan inte läsas ({problem.strerror}).",
            f"The file cannot be read ({problem.strerror}).",
        )
        problems.append(error(name, sv, en, "Lägg tillbaka filen.", "Put the file back."))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        sv, en = f"Filen är inte giltig TOML ({problem}).", f"The file is not valid TOML ({problem})."
        problems.append(error(name, sv, en, "Rätta raden som nämns.", "Mend the line named."))
    return {}


def _entries(part: str, content: Mapping[str, Any]) -> Iterator[Entry]:
    file = f"{part}.toml"
    if part in LISTED:
        table, naming = LISTED[part]
        for i, entry in enumerate(content.get(table, ()), start=1):
            yield Entry(file, str(entry.get(naming, f"{table} {i}")), entry)
    elif part == "candidates":
        yield Entry(file, "candidates", content)
    else:
        for name, entry in content.items():
            yield Entry(file, name, entry)


TABLES = frozenset({"parameters", "applies_to", "pool", "lives_in"})
LISTS = {"cite": dict, "all": str, "any": str, "in": str}
"""Keys that hold tables, and keys that hold lists with the kind of what is in them."""


def _misshapen(entry: Entry) -> Iterator[Finding]:
    if not isinstance(entry.content, dict):
        sv, en = "Här ska stå en tabell.", "Here must stand a table."
        yield error(
            entry.where, sv, en, f"Skriv [{entry.name}] på en egen rad.", f"Write [{entry.name}] on a line."
        )
        return
    for key, value in entry.content.items():
        if key in TABLES and not isinstance(value, dict):
            sv, en = f"{key} ska vara en tabell.", f"{key} must be a table."
            yield error(
                entry.where, sv, en, "Skriv { … } med namn och värden.", "Write { … } with names and values."
            )
        kind = LISTS.get(key)
        if kind and not (isinstance(value, list) and all(isinstance(part, kind) for part in value)):
            sv, en = f"{key} ska vara en lista.", f"{key} must be a list."
            yield error(
                entry.where, sv, en, "Skriv [ … ] med ett värde eller flera.", "Write [ … ] with values."
            )


def check_names(written: Written) -> Iterator[Finding]:
    """Names that stand twice in a part."""
    for part in written.entries.values():
        first: dict[str, str] = {}
        for entry in part:
            if entry.name in first:
                yield error(
                    entry.where,
                    f"Namnet finns redan i {first[entry.name]}.",
                    f"The name stands already in {first[entry.name]}.",
                    "Behåll den ena.",
                    "Keep one of them.",
                )
            first.setdefault(entry.name, entry.file)
