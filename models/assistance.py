"""Decisions on assistance: the form of housing a household is granted, from a day to a day."""

from datetime import date, datetime, timedelta

from sqlmodel import Field, SQLModel, UTCDateTime

from models.days import months_later
from models.encryption import ClosedText


class AssistanceDecision(SQLModel):
    """Housing granted as assistance.

    Attributes
    ----------
    form
        Id of the form of housing.
    from_on, to_on
        First and last day of the decision; no last day for one until further notice.
    decided_on, carried_out_on
        Day of the decision, and of its being carried out: the household has moved in.
    ended_on
        Day on which it was ended or lapsed before its time.
    """

    assistance_id: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    form: str = Field(min_length=1)
    from_on: date
    to_on: date | None = None
    decided_on: date
    carried_out_on: date | None = None
    ended_on: date | None = None
    note: str | None = Field(default=None, sa_type=ClosedText)
    made_by: str = Field(min_length=1)
    made_at: datetime = Field(sa_type=UTCDateTime)
    version: int = Field(default=1, ge=1)


SHORT_MONTHS = 1
LATE_MONTHS = 3


def is_short(decision: AssistanceDecision) -> bool:
    """Whether a decision holds for a month or less: 1 to 31 January, or 15 January to 14 February."""
    if decision.to_on is None:
        return False
    return decision.to_on <= months_later(decision.from_on, SHORT_MONTHS) - timedelta(days=1)


def is_late(decision: AssistanceDecision, day: date) -> bool:
    """Whether a decision is not carried out although three months have passed since it was made."""
    if decision.carried_out_on is not None and decision.carried_out_on <= day:
        return False
    if decision.ended_on is not None and decision.ended_on <= day:
        return False
    return day > months_later(decision.decided_on, LATE_MONTHS)
