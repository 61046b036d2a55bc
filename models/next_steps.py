"""Next steps: what is to be done for a household, by whom, and by when."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code
from models.encryption import ClosedText


class StepCode(StrEnum):
    """What is to be done, in a word."""

    CONTACT_HOUSEHOLD = "contact_household"
    MEET = "meet"
    ASK_FOR_FACTS = "ask_for_facts"
    PUT_OFFER = "put_offer"
    SEND_REQUEST = "send_request"
    CONTACT_PROVIDER = "contact_provider"
    CALL_SIP = "call_sip"
    DECIDE = "decide"
    RENEW_DECISION = "renew_decision"
    PLAN_WAY_ON = "plan_way_on"
    FOLLOW_UP = "follow_up"
    OTHER = "other"


class NextStep(SQLModel):
    """Something to do for a household.

    `text` says more and is encrypted at rest; `owner` is the user who does it; `version` counts changes.
    """

    step_id: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    what: StepCode = Field(sa_type=Code(StepCode))
    text: str | None = Field(default=None, sa_type=ClosedText)
    owner: str = Field(min_length=1)
    due_on: date
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    made_by: str = Field(min_length=1)
    made_at: datetime = Field(sa_type=UTCDateTime)
    version: int = Field(default=1, ge=1)
