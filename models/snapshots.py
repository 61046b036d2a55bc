"""Snapshots: the city's figures as they were on a day, and how they were shown."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UTCDateTime


class Snapshot(SQLModel):
    """The figures of a day; exact as they are kept, with small counts hidden as they are shown.

    Attributes
    ----------
    number
        1 for the first of the day; another only when someone asks for the day's figures again.
    revision
        Of the city's data that it was counted from.
    versions
        Hash of the policy, version of the product.
    figures
        Every count, how they add up, and which are about people.
    tables
        How the counts are laid out in tables.
    pattern
        Counts that are not shown as they are, by how they are shown: `small` or `withheld`.
    waiting
        What the next snapshot goes on from, emptied as soon as there is one: case references of those who
        waited, by section of the gap, to tell who came and went, and the proof that small counts are hidden.
    """

    day: date
    number: int = Field(default=1, ge=1)
    made_at: datetime = Field(sa_type=UTCDateTime)
    made_by: str = Field(min_length=1)
    revision: int = Field(ge=0)
    versions: dict[str, Any] = Field(sa_type=JSON)
    figures: dict[str, Any] = Field(sa_type=JSON)
    tables: list[dict[str, Any]] = Field(sa_type=JSON)
    pattern: dict[str, str] = Field(sa_type=JSON)
    waiting: dict[str, Any] = Field(sa_type=JSON)
