"""Tables of what the city's data rests on: where facts come from, rows set aside, settings."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field, SQLModel

from models.tables.base import one_of


class FactSource(SQLModel, table=True):
    """Where and when a fact about a household was learnt.

    An unchanged fact keeps its first date and source, a changed one takes the new; a fact that was
    known and no longer is keeps a row, so that it shows when it became unknown.
    """

    __tablename__ = "fact_source"

    household_id: str = Field(primary_key=True, foreign_key="household.household_id", ondelete="CASCADE")
    fact: str = Field(primary_key=True)
    dated: date
    source: str


class QuarantinedRow(SQLModel, table=True):
    """A row of a file that was set aside, with the reason; one record per reason.

    `entity_kind` and `entity_id` name what was set aside with it (a household with its members, a
    pool, a single row). `row_values` holds the row as it stood, personal identity numbers masked.
    """

    __tablename__ = "quarantine"
    __table_args__ = (
        one_of(
            "entity_kind",
            "household",
            "pool",
            "school",
            "travel_time",
            "conflict",
            "quota",
            "stay",
            "decline",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    entity_kind: str = Field(index=True)
    entity_id: str = Field(index=True)
    file: str
    row: int
    column: str
    value: str = Field(sa_type=Text)
    kind: str
    message_sv: str = Field(sa_type=Text)
    message_en: str = Field(sa_type=Text)
    remedy_sv: str = Field(sa_type=Text)
    remedy_en: str = Field(sa_type=Text)
    row_values: dict[str, Any] = Field(sa_type=JSON)
    dated: date


class Setting(SQLModel, table=True):
    """A value the database keeps for itself: its own as-of date, the city's name."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
