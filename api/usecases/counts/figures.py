"""Figures of a day: counts by key, how they add up, and which of them are about people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SMALL = range(1, 5)
"""Counts of people that are not told: 1 to 4."""


class Shown(StrEnum):
    """How a count is shown: as it is, as `<5`, or not at all because it would give another one away."""

    EXACT = "exact"
    SMALL = "small"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Sum:
    """A count that is the sum of others, as everyone can see or work out."""

    whole: str
    parts: tuple[str, ...]


@dataclass(slots=True)
class Figures:
    """All counts of a day.

    Attributes
    ----------
    values
        Every count, exact; never negative.
    sums
        How they hang together: nothing about them that a reader knows is left out.
    people
        Counts of people, households, decisions on them: small ones are hidden.
    known
        Counts that anyone knows, as the places of a house: they are never withheld.
    unseen
        Remainders that no table shows but a subtraction would: hidden when small like all others.
    headline
        Counts that are withheld only when nothing else will do.
    """

    values: dict[str, int] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    unseen: set[str] = field(default_factory=set)
    headline: set[str] = field(default_factory=set)

    def count(self, key: str, value: int, *, people: bool = True, headline: bool = False) -> str:
        """Add a count; its key."""
        self._put(key, value)
        if people:
            self.people.add(key)
        if headline:
            self.headline.add(key)
        return key

    def public(self, key: str, value: int) -> str:
        """Add a count that anyone knows; its key."""
        self._put(key, value)
        self.known.add(key)
        return key

    def add_up(self, whole: str, *parts: str) -> None:
        """Say that counts add up to another.

        Raises
        ------
        ValueError
            When they do not.
        """
        if self.values[whole] != sum(self.values[part] for part in parts):
            raise ValueError(f"{whole} is not the sum of {', '.join(parts)}")
        one = Sum(whole, tuple(parts))
        if one not in self.sums:
            self.sums.append(one)

    def same(self, whole: str, *parts: str) -> None:
        """Say that counts add up to another where they do: two ways to count what is mostly the same."""
        if parts and self.values[whole] == sum(self.values[part] for part in parts):
            self.add_up(whole, *parts)

    def within(self, whole: str, *parts: str, people: bool = True) -> None:
        """Say that counts are parts of another: what remains is a count too, though never shown."""
        rest = f"{whole} - {' - '.join(parts)}"
        self._put(rest, self.values[whole] - sum(self.values[part] for part in parts))
        self.unseen.add(rest)
        if people:
            self.people.add(rest)
        self.add_up(whole, *parts, rest)

    def is_small(self, key: str) -> bool:
        """Whether a count is one that may not be told."""
        return key in self.people and self.values[key] in SMALL

    def stored(self) -> dict[str, Any]:
        """As it is kept."""
        return {
            "values": self.values,
            "sums": [[one.whole, *one.parts] for one in self.sums],
            **{name: sorted(getattr(self, name)) for name in ("people", "known", "unseen", "headline")},
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Figures":
        """From what was kept."""
        sums = [Sum(whole, tuple(parts)) for whole, *parts in kept["sums"]]
        sets = {name: set(kept[name]) for name in ("people", "known", "unseen", "headline")}
        return cls(dict(kept["values"]), sums, **sets)

    def _put(self, key: str, value: int) -> None:
        if value < 0:
            raise ValueError(f"{key} is {value}: a count is never negative")
        if self.values.setdefault(key, value) != value:
            raise ValueError(f"{key} is both {self.values[key]} and {value}")
