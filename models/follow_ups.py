"""Follow-ups: how it goes 1, 3, 6 and 12 months after a household moved in."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code
from models.encryption import ClosedText

MONTHS = (1, 3, 6, 12)


class FollowUpOutcome(StrEnum):
    """How it went: the household stays, has moved on to something else, or has lost the home."""

    STAYS = "stays"
    MOVED = "moved"
    LOST = "lost"


class FollowUp(SQLModel):
    """A look back at a moving in; `note` is encrypted at rest."""

    follow_up_id: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    pool_id: str = Field(min_length=1)
    offer_id: str | None = None
    moved_in_on: date
    months: int = Field(ge=1, le=12)
    due_on: date
    outcome: FollowUpOutcome | None = Field(default=None, sa_type=Code(FollowUpOutcome))
    note: str | None = Field(default=None, sa_type=ClosedText)
    done_by: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
