"""Waiting: households parked for a while, cases confirmed as they stand, pairs found to be two."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code
from models.encryption import ClosedText


class ParkReason(StrEnum):
    """Why a household is not to be proposed anything for a while."""

    HOUSEHOLDS_WISH = "households_wish"
    IN_TREATMENT = "in_treatment"
    AWAY = "away"
    AWAITS_DECISION = "awaits_decision"
    OWN_SOLUTION_TRIED = "own_solution_tried"
    NOT_REACHED = "not_reached"
    OTHER = "other"


class Parking(SQLModel):
    """A household parked until a day, on which it may be proposed a place again; its order is untouched.

    `ended_by` says who took it back before its time.
    """

    parking_id: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    reason: ParkReason = Field(sa_type=Code(ParkReason))
    note: str | None = Field(default=None, sa_type=ClosedText)
    until: date
    made_by: str = Field(min_length=1)
    made_at: datetime = Field(sa_type=UTCDateTime)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Confirmation(SQLModel):
    """The last day on which somebody confirmed that the facts of a household still hold."""

    household_id: str = Field(min_length=1)
    confirmed_on: date
    confirmed_by: str = Field(min_length=1)


class DismissedPair(SQLModel):
    """Two households that looked like the same people and are not; the ids in sorted order."""

    household_id_a: str = Field(min_length=1)
    household_id_b: str = Field(min_length=1)
    dismissed_by: str = Field(min_length=1)
    dismissed_at: datetime = Field(sa_type=UTCDateTime)
