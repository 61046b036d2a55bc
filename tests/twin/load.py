"""A minimal reader of an English sample folder: comma-separated UTF-8, one file for each table."""

import csv
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import SQLModel

from models.dataset import Dataset
from models.households import Conflict, Decline, Household, Member
from models.stock import Pool, Quota, School, Stay, TravelTime

Row = TypeVar("Row", bound=SQLModel)
LISTS = (
    "preferred_districts",
    "avoid_districts",
    "safe_districts",
    "preferred_forms",
    "declined_forms",
)


def rows(folder: Path, name: str, kind: type[Row]) -> tuple[Row, ...]:
    """The rows of one file as row objects; a blank cell is left out, a missing file has no rows."""
    path = folder / f"{name}.csv"
    if not path.exists():
        return ()
    found = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for line in csv.DictReader(stream):
            values: dict[str, Any] = {column: cell for column, cell in line.items() if cell}
            for column in LISTS:
                if column in values:
                    values[column] = tuple(values[column].split("|"))
            if kind is Quota:
                values["form"] = tuple(values["form"].split("|"))
            found.append(kind.model_validate(values))
    return tuple(found)


def load(folder: Path) -> Dataset:
    """The sample city in a folder."""
    return Dataset(
        households=rows(folder, "households", Household),
        members=rows(folder, "members", Member),
        pools=rows(folder, "pools", Pool),
        schools=rows(folder, "schools", School),
        travel_times=rows(folder, "travel_times", TravelTime),
        conflicts=rows(folder, "conflicts", Conflict),
        quotas=rows(folder, "quotas", Quota),
        stays=rows(folder, "stays", Stay),
        declines=rows(folder, "declines", Decline),
    )
