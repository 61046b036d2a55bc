"""The city as it would be after an import: what is stored, with the rows of a folder laid over it."""

import re
from datetime import date
from functools import cached_property
from typing import Any

from models.dataset import Dataset
from models.exchange.columns import sheets
from models.exchange.rows import Row
from models.keys import Key, key_of, parent_of

Order = tuple[tuple[int, int, str], ...]
Gap = tuple[Order | None, Order | None]
"""Where the id of a row belongs in sorted order: after the first and before the second, None = open."""


class City:
    """Stored rows and new ones together.

    Parameters
    ----------
    rows
        New rows by sheet.
    lost
        Sheets whose ids could not be read, so that nothing is said of ids that point to them.
    stored
        What the database holds.
    as_of
        The day that the rows are of.
    """

    def __init__(self, rows: dict[str, list[Row]], lost: set[str], stored: Dataset, as_of: date) -> None:
        self.rows = rows
        self.lost = lost
        self.stored = stored
        self.as_of = as_of

    def of(self, sheet: str) -> list[Row]:
        """New rows of a sheet."""
        return self.rows.get(sheet, [])

    @cached_property
    def stored_by_key(self) -> dict[str, dict[Key, Any]]:
        """Stored rows by sheet and key."""
        return {
            sheet: {key_of(sheet, vars(row)): row for row in getattr(self.stored, sheet)}
            for sheet in sheets()
        }

    @cached_property
    def ids(self) -> dict[str, set[str]]:
        """Ids of households, pools and schools that exist, faulty or not."""
        known = {}
        for sheet in ("households", "pools", "schools"):
            known[sheet] = {key[0] for key in self.stored_by_key[sheet]}
            known[sheet].update(row.key[0] for row in self.of(sheet) if row.key)
        return known

    def value(self, row: Row, column: str) -> Any:
        """What a column will hold: the new value, else the stored one, else what a blank means.

        None if the new value cannot be read.
        """
        if column in row.values or column in row.bad:
            return row.values.get(column)
        stored = self.stored_by_key[row.sheet].get(row.key) if row.key else None
        return getattr(stored, column) if stored is not None else sheets()[row.sheet].columns[column].blank

    def is_unknown(self, row: Row, column: str) -> bool:
        """Whether an id points to a row that is nowhere."""
        value, parent = row.values.get(column), parent_of[row.sheet][column]
        return value is not None and parent not in self.lost and value not in self.ids[parent]

    def may_be_a_faulty_row(self, sheet: str, wanted: str) -> bool:
        """Whether an id that is nowhere may be that of a row whose own id is faulty.

        Such a row stands where its true id belongs: between the ids around it.
        """
        return _fits(in_order(wanted), self._gaps[sheet])

    def may_own_a_stray_member(self, household_id: str) -> bool:
        """Whether a member with a faulty household id may be this household's, by where its row stands."""
        return _fits(in_order(household_id), self._stray_members)

    @cached_property
    def _gaps(self) -> dict[str, list[Gap]]:
        return {
            sheet: gaps([None if row.key is None or row.repeats else row.key[0] for row in self.of(sheet)])
            for sheet in self.ids
        }

    @cached_property
    def _stray_members(self) -> list[Gap]:
        return gaps(
            [
                None if self.is_unknown(row, "household_id") else row.values.get("household_id")
                for row in self.of("members")
            ]
        )


def gaps(ids: list[str | None]) -> list[Gap]:
    """For every id that is missing, the ids before and after it."""
    found: list[Gap] = []
    before: Order | None = None
    open_gaps = 0
    for identity in [*ids, ""]:
        if identity is None:
            open_gaps += 1
            continue
        after = in_order(identity) if identity else None
        found.extend([(before, after)] * min(open_gaps, 1))
        before, open_gaps = after, 0
    return found


def in_order(text: str) -> Order:
    """An id for comparison, with numbers by size: H9 before H10."""
    parts = re.split(r"([0-9]+)", text)
    return tuple((i % 2, int(part) if i % 2 else 0, "" if i % 2 else part) for i, part in enumerate(parts))


def _fits(order: Order, among: list[Gap]) -> bool:
    return any((low is None or low <= order) and (high is None or order <= high) for low, high in among)
