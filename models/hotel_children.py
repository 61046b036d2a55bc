"""Families in a hotel: what must be seen to for the children, and the plan out."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UTCDateTime

from models.encryption import ClosedText


class ChildCheck(StrEnum):
    """What is looked at for a child who lives in a hotel."""

    SCHOOL_CONTINUES = "school_continues"
    WAY_TO_SCHOOL = "way_to_school"
    CHILD_HEARD = "child_heard"
    OWN_BED = "own_bed"
    COOKING = "cooking"
    PLAY_AND_HOMEWORK = "play_and_homework"
    HEALTH_CARE = "health_care"
    SAFE_FROM_VIOLENCE = "safe_from_violence"
    TOGETHER_WITH_SIBLINGS = "together_with_siblings"


class ChildChecklist(SQLModel):
    """The check list of a family in a hotel.

    Attributes
    ----------
    answers
        `yes`, `no` or `unknown` for each check; what is left out is unknown.
    plan_out
        How the family gets out of the hotel; encrypted at rest.
    plan_out_on
        The day by which.
    """

    household_id: str = Field(min_length=1)
    answers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    plan_out: str | None = Field(default=None, sa_type=ClosedText)
    plan_out_on: date | None = None
    changed_by: str = Field(min_length=1)
    changed_at: datetime = Field(sa_type=UTCDateTime)
    version: int = Field(default=1, ge=1)
