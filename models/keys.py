"""What tells two rows of a dataset apart, and which column points to a row of another sheet."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import SQLModel

from models.codes import DeclinedBy
from models.households import Conflict, Decline, Household, Member
from models.stock import Pool, Quota, School, Stay, TravelTime

type_of_row: dict[str, type[SQLModel]] = {
    "schools": School,
    "pools": Pool,
    "households": Household,
    "members": Member,
    "travel_times": TravelTime,
    "conflicts": Conflict,
    "quotas": Quota,
    "stays": Stay,
    "declines": Decline,
}
"""Row class by sheet, parents before children: rows can be written in this order."""

key_columns: dict[str, tuple[str, ...]] = {
    "schools": ("school_id",),
    "pools": ("pool_id",),
    "households": ("household_id",),
    "members": ("household_id", "member_id"),
    "travel_times": ("district", "school_id"),
    "conflicts": ("household_id_a", "household_id_b"),
    "quotas": ("year", "form", "responsible_unit"),
    "stays": ("household_id", "pool_id", "started_on"),
    "declines": ("household_id", "pool_id", "declined_on", "by"),
}
"""Columns that together make a row the one it is."""

parent_of: dict[str, dict[str, str]] = {
    "households": {"current_pool_id": "pools"},
    "members": {"household_id": "households", "school_id": "schools"},
    "travel_times": {"school_id": "schools"},
    "conflicts": {"household_id_a": "households", "household_id_b": "households"},
    "stays": {"household_id": "households", "pool_id": "pools"},
    "declines": {"household_id": "households", "pool_id": "pools"},
}
"""Sheet that the ids of a column belong to."""

Key = tuple[Any, ...]


def key_of(sheet: str, values: Mapping[str, Any]) -> Key:
    """Key of a row: equal keys mean the same row, whatever else the rows say.

    A conflict is the same in both directions, a quota in any order of its forms, and a decline
    without `by` counts as the household's.

    Raises
    ------
    KeyError
        If `values` lacks a column of the key that may not be blank.
    """
    if sheet == "conflicts":
        return tuple(sorted((values["household_id_a"], values["household_id_b"])))
    if sheet == "quotas":
        return values["year"], forms_key(values["form"]), values.get("responsible_unit") or ""
    if sheet == "declines":
        by = values.get("by") or DeclinedBy.HOUSEHOLD
        return values["household_id"], values["pool_id"], values["declined_on"], str(by)
    return tuple(values[column] for column in key_columns[sheet])


def forms_key(forms: tuple[str, ...]) -> str:
    """The forms of a quota as one text in which their order does not matter."""
    return "|".join(sorted(forms))
