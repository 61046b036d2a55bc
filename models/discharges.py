"""Plans for leaving hospital, treatment or prison, made from the day of admission."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UTCDateTime

from models.codes import Situation
from models.columns import Code
from models.encryption import ClosedText


class Institution(StrEnum):
    """Where somebody leaves from."""

    HOSPITAL = "hospital"
    TREATMENT = "treatment"
    PRISON = "prison"


SITUATIONS: dict[Institution, Situation] = {
    Institution.HOSPITAL: Situation.HOSPITAL,
    Institution.TREATMENT: Situation.TREATMENT_INSTITUTION,
    Institution.PRISON: Situation.PRISON,
}
"""Situation of a household for as long as it is there."""


class DischargeStepCode(StrEnum):
    """A step of a plan."""

    CONSENT = "consent"
    SIP_CALLED = "sip_called"
    SIP_HELD = "sip_held"
    HOUSING_ASSESSED = "housing_assessed"
    PLACE_SOUGHT = "place_sought"
    SUPPORT_AGREED = "support_agreed"
    MEDICINE_AND_CARE = "medicine_and_care"
    PAPERS_AND_MONEY = "papers_and_money"
    MET_AT_THE_GATE = "met_at_the_gate"
    CONTACT_AFTER = "contact_after"


class DischargePlan(SQLModel):
    """What is planned from admission until a household leaves an institution, and lives somewhere.

    Attributes
    ----------
    admitted_on, leaves_on
        The day of admission, and the day of discharge or release as far as it is known.
    sip_on
        Day of the meeting about the coordinated individual plan (SIP).
    steps
        `{"code", "due_on", "done_on"}` in the order of their days.
    note
        Encrypted at rest.
    closed_at
        When the plan was carried out or became needless.
    """

    plan_id: str = Field(min_length=1)
    household_id: str = Field(min_length=1)
    institution: Institution = Field(sa_type=Code(Institution))
    admitted_on: date
    leaves_on: date | None = None
    sip_on: date | None = None
    steps: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    note: str | None = Field(default=None, sa_type=ClosedText)
    made_by: str = Field(min_length=1)
    made_at: datetime = Field(sa_type=UTCDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = Field(default=1, ge=1)
