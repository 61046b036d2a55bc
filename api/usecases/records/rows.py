"""Rows as a person writes them on a page: read and checked by the same rules as rows of a file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.usecases.city_view import CityView
from models.dataset import Dataset
from models.exchange.cells import Wrong, read_cell
from models.exchange.city import City
from models.exchange.columns import sheets
from models.exchange.faults import Fault
from models.exchange.rows import Row
from models.exchange.validate import validate
from models.households import Household, Member
from models.keys import key_of

Given = Mapping[str, str | int | list[str] | None]
"""Facts by column: a text as a file would have it, a number, a list, or nothing for unknown."""

Key = Mapping[str, str]


def written_row(
    sheet: str, key: Key, given: Given, new: bool, closed: Collection[str] = (), number: int = 0
) -> tuple[Row, list[Fault]]:
    """A row and the faults of its cells.

    Parameters
    ----------
    key
        Columns that name the row.
    new
        Whether the row is not there yet, so that everything required must be given.
    closed
        Columns that are not changed in this way.
    number
        Which of several rows it is, from 1; 0 for one alone.
    """
    columns = sheets()[sheet].columns
    cells = {name: text_of(value) for name, value in {**given, **key}.items()}
    row = Row(sheet, "", number, cells, {name: name for name in cells})
    faults = []
    for name, text in cells.items():
        if name not in columns or (name in closed and name not in key):
            nearest = ", ".join(one for one in columns if one not in closed and one not in key)
            faults.append(Fault("", number, name, "unknown column", "", {"column": name, "nearest": nearest}))
            continue
        value = read_cell(columns[name], text)
        if isinstance(value, Wrong):
            row.bad.add(name)
            faults.append(row.fault(name, value.kind, **value.details))
        else:
            row.values[name] = value
    missing = [one.name for one in columns.values() if new and one.required and one.name not in cells]
    faults += [Fault("", number, name, "required", "", {"column": name}) for name in missing]
    if not row.bad & key.keys() and not (new and set(missing) & key.keys()):
        row.key = key_of(sheet, row.values)
    return row, faults


def faults_between(rows: Mapping[str, list[Row]], stored: Dataset, as_of: date) -> list[Fault]:
    """Every fault between rows, and between them and what is stored."""
    return [fault for _, fault in validate(City(dict(rows), set(), stored, as_of))]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a case is checked against: the day, the case in this transaction, pools and schools."""

    as_of: date
    dataset: Dataset

    @property
    def household(self) -> Household:
        """The case."""
        return self.dataset.households[0]

    def member(self, member_id: str) -> Member | None:
        """A member of the household."""
        return next((one for one in self.dataset.members if one.member_id == member_id), None)


def surroundings(
    view: CityView, household: Household | None = None, members: Sequence[Member] = ()
) -> Surroundings:
    """A case, fresh from the database, among the pools and schools of a view."""
    stored = Dataset(
        households=() if household is None else (household,),
        members=tuple(members),
        pools=view.dataset.pools,
        schools=view.dataset.schools,
    )
    return Surroundings(view.assessment.instance.as_of, stored)


def changed_columns(row: Row, present: Any) -> dict[str, Any]:
    """What a row changes in what is stored."""
    return {name: value for name, value in row.values.items() if value != getattr(present, name)}


def text_of(value: str | int | list[str] | None) -> str:
    """A value as a cell of a file."""
    if isinstance(value, list):
        return "|".join(value)
    return "" if value is None else str(value)
