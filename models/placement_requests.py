"""Requests to a provider about a place: what was asked, with only what it needs, and what it answered."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code
from models.encryption import ClosedText
from models.offers import DeclineReason


class RequestState(StrEnum):
    """Where a request stands."""

    SENT = "sent"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class ProvidersAnswer(StrEnum):
    """What a provider said."""

    YES = "yes"
    NO = "no"


class PlacementRequest(SQLModel):
    """A request to a provider.

    Attributes
    ----------
    reference
        What the provider calls it: made for this request, and for nothing else.
    offer_id
        The offer that it belongs to, when there is one.
    content
        The facts sent, as JSON; encrypted at rest.
    reason, reason_due_on
        Of a no: why, and by when the reason must be given.
    """

    request_id: str = Field(min_length=1)
    reference: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    pool_id: str = Field(min_length=1)
    offer_id: str | None = None
    state: RequestState = Field(default=RequestState.SENT, sa_type=Code(RequestState))
    content: str = Field(sa_type=ClosedText)
    sent_by: str = Field(min_length=1)
    sent_at: datetime = Field(sa_type=UTCDateTime)
    answer: ProvidersAnswer | None = Field(default=None, sa_type=Code(ProvidersAnswer))
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reason: DeclineReason | None = Field(default=None, sa_type=Code(DeclineReason))
    reason_due_on: date | None = None
    note: str | None = Field(default=None, sa_type=ClosedText)
    version: int = Field(default=1, ge=1)
