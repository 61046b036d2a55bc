"""Which stored households files may touch: they learn nothing of others', and do nothing to them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.dataset import Dataset
from models.exchange.faults import Fault
from models.exchange.rows import Folder, Found, Row
from models.households import Household
from models.keys import key_of
from models.store.datasets import stored_values

COLUMNS = {
    "households": ("household_id",),
    "members": ("household_id",),
    "stays": ("household_id",),
    "declines": ("household_id",),
    "conflicts": ("household_id_a", "household_id_b"),
}
"""Columns that name a household, by sheet."""

UNITS_OWN = ("responsible_unit", "sharing_basis", "sharing_basis_on")
"""What the unit that holds a case decides alone: whose it is, and who else may see it."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What the one who sends files in may do to households that are stored already.

    Attributes
    ----------
    sees
        Whether that person may see a household, and so change it.
    holds
        Whether it is of the person's own unit.
    """

    sees: Callable[[Household], bool]
    holds: Callable[[Household], bool]


def out_of_reach(reach: Reach, folder: Folder, stored: Dataset) -> list[Found]:
    """A neutral fault for each row that names a household out of reach, and those rows taken from the folder.

    They go before anything is checked or counted against what is stored: no other fault can tell of them.
    """
    beyond = {row.household_id for row in stored.households if not reach.sees(row)}
    found: list[Found] = []
    for sheet, columns in COLUMNS.items():
        kept = []
        for row in folder.rows.get(sheet, []):
            column = next((name for name in columns if row.values.get(name) in beyond), None)
            if column is None:
                kept.append(row)
            else:
                found.append((row, row.fault(column, "not to be changed here")))
        if sheet in folder.rows:
            folder.rows[sheet] = kept
    taken = {row for row, _ in found if row is not None}
    folder.found[:] = [(row, fault) for row, fault in folder.found if row not in taken]
    return [*found, *_held_by_others(reach, folder, stored)]


def _held_by_others(reach: Reach, folder: Folder, stored: Dataset) -> Iterator[tuple[Row, Fault]]:
    """A household of another unit that would be given to another, or be shared on another ground."""
    present = {row.household_id: row for row in stored.households}
    for row in folder.rows.get("households", []):
        before = present.get(row.values.get("household_id", ""))
        if before is None or reach.holds(before):
            continue
        for column in UNITS_OWN:
            if column in row.values and row.values[column] != getattr(before, column):
                yield row, row.fault(column, "for its unit to decide")


def households_of(stored: Dataset, written: Dataset) -> tuple[str, ...]:
    """Ids of the households that a dataset adds to or changes, with all that hangs on them."""
    changed: set[str] = set()
    for sheet, columns in COLUMNS.items():
        before = {key_of(sheet, vars(row)): stored_values(sheet, row) for row in getattr(stored, sheet)}
        for row in getattr(written, sheet):
            if before.get(key_of(sheet, vars(row))) != stored_values(sheet, row):
                changed.update(getattr(row, column) for column in columns)
    return tuple(sorted(changed))
