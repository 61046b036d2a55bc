"""Pins and blocks: a household and a pool that a person has decided on, for or against."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code
from models.encryption import ClosedText
from models.offers import DepartureReason


class PinKind(StrEnum):
    """Whether every plan proposes the pair, or none may."""

    PIN = "pin"
    BLOCK = "block"


class Pin(SQLModel):
    """A pair decided on: who decided, why, when, and the last day on which it holds.

    `note` is encrypted at rest. One that is taken back keeps its row, so that it shows who did it.
    """

    pin_id: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    pool_id: str = Field(min_length=1)
    kind: PinKind = Field(sa_type=Code(PinKind))
    reason: DepartureReason = Field(sa_type=Code(DepartureReason))
    note: str | None = Field(default=None, sa_type=ClosedText)
    made_by: str = Field(min_length=1)
    made_at: datetime = Field(sa_type=UTCDateTime)
    expires_on: date
    lifted_by: str | None = None
    lifted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
