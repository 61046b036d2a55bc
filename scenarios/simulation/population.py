"""Everybody who has come to the city so far, as arrays that grow by arrivals; nobody is ever taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.hashing import id_hashes
from optimiser.instance import HOUSEHOLD_DATES, MISSING, NONE

Rows = NDArray[np.int64]
"""Positions in the population, sorted, shape (k,)."""


class State(IntEnum):
    """Where a household is: in exactly one of these each week, from the week it comes."""

    WAITING = 0
    PLACED = 1
    HOUSED = 2
    LEFT = 3


OWN_COLUMNS: Mapping[str, Any] = {
    "state": np.int8,
    "number": np.int64,
    "hash": np.uint64,
    "segment": np.int8,
    "tier": np.int8,
    "came": np.int32,
    "since": np.int32,
    "moved_in": np.int32,
    "last_level": np.int8,
    "held_pool": np.int32,
    "held_order": np.int64,
    "held_week": np.int32,
    "due_week": np.int32,
}
"""Columns beyond those of an instance's households.

state
    One of State.
number
    What a household's luck hangs on, and what follows it through every scenario: drawn from its id.
hash
    The hash of its id, which breaks ties between plans.
segment
    Index into `scenarios.segments.SEGMENTS` when its latest wait (or stay, at the start) began.
tier
    Tier as last assessed; 0 when never.
came, since, moved_in
    Days: of arrival (0 for who was there at the start), when the latest wait began, when it moved into the
    pool where it lives (MISSING for none or not known).
last_level
    Level of the form it lived in last, that of its home if it has one; NONE when it never lived in one.
held_pool, held_order, held_week, due_week
    The pool where a place is kept for it (NONE for none), a number that grows from promise to promise, the
    week of the promise, and the week from which it may move in.
"""


@dataclass(slots=True)
class Population:
    """All households that have come, one row each, in the order in which they came.

    Attributes
    ----------
    ids
        Ids of the households; those at the start first, sorted.
    columns
        Every column of `Instance.households`, with dates as days from the as-of date of the whole
        simulation (day 0) instead of the week's own, and those of OWN_COLUMNS; each of shape (n, ...).
        Values are changed in place; `append` replaces the arrays.
    """

    ids: list[str]
    columns: dict[str, NDArray[Any]]
    _buffers: dict[str, NDArray[Any]]

    @classmethod
    def of(cls, ids: Sequence[str], columns: Mapping[str, NDArray[Any]]) -> "Population":
        """A population of its first households."""
        own = {name: np.asarray(column) for name, column in columns.items()}
        return cls([*ids], own, dict(own))

    def copy(self) -> "Population":
        """The same households, to be changed apart from these."""
        return Population.of(self.ids, {name: column.copy() for name, column in self.columns.items()})

    @property
    def n(self) -> int:
        """Number of households that have come."""
        return len(self.ids)

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column, all rows."""
        return self.columns[name]

    def rows(self, state: State) -> Rows:
        """Rows of the households in a state."""
        return np.flatnonzero(self.columns["state"] == state)

    def append(self, ids: Sequence[str], columns: Mapping[str, NDArray[Any]]) -> Rows:
        """Let households come; their rows."""
        start, end = self.n, self.n + len(ids)
        self.ids += ids
        for name, new in columns.items():
            buffer = self._buffers[name]
            if len(buffer) < end:
                grown = np.empty((max(end, 2 * len(buffer)), *buffer.shape[1:]), dtype=buffer.dtype)
                grown[:start] = buffer[:start]
                self._buffers[name] = buffer = grown
            buffer[start:end] = new
            self.columns[name] = buffer[:end]
        return np.arange(start, end)


def numbers_of(ids: Sequence[str]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Hash of every id and the number that a household's luck hangs on, both (k,)."""
    hashes = id_hashes(tuple(ids))
    return hashes, (hashes >> np.uint64(1)).astype(np.int64)


def seen_from(day: int, name: str, column: NDArray[Any]) -> NDArray[Any]:
    """A column as an instance of that day holds it: dates count from the day."""
    if name in HOUSEHOLD_DATES:
        return np.where(column == MISSING, MISSING, column - np.int32(day))
    return column


def blank_own_columns(k: int) -> dict[str, NDArray[Any]]:
    """OWN_COLUMNS of k households about whom nothing of it is known yet."""
    blank = {"moved_in": MISSING, "last_level": NONE, "held_pool": NONE}
    return {name: np.full(k, blank.get(name, 0), dtype=kind) for name, kind in OWN_COLUMNS.items()}
