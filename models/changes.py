"""Changes: who changed which fact of a case or a pool, when, from what to what, and how it was learnt."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code
from models.encryption import ClosedText


class LearntFrom(StrEnum):
    """How a fact was learnt."""

    HOUSEHOLD = "household"
    DOCUMENT = "document"
    AUTHORITY = "authority"
    PROVIDER = "provider"
    STAFF = "staff"
    CORRECTION = "correction"


class FactChange(SQLModel):
    """One fact of a household or a member changed by hand; the values are encrypted at rest.

    Attributes
    ----------
    member_id
        Whose fact it is; None for the household's.
    fact
        Name of the column.
    before, after
        As written in a file; None for nothing.
    dated
        The day that the fact is of.
    """

    change_id: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    member_id: str | None = None
    fact: str = Field(min_length=1)
    before: str | None = Field(default=None, sa_type=ClosedText)
    after: str | None = Field(default=None, sa_type=ClosedText)
    dated: date
    learnt_from: LearntFrom = Field(sa_type=Code(LearntFrom))
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(min_length=1)


class PoolChange(SQLModel):
    """One feature of a pool changed by hand."""

    change_id: str = Field(min_length=1)
    pool_id: str = Field(min_length=1)
    feature: str = Field(min_length=1)
    before: str | None = None
    after: str | None = None
    at: datetime = Field(sa_type=UTCDateTime)
    actor: str = Field(min_length=1)
