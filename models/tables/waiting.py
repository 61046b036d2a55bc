"""Tables of waiting: parkings, confirmations, dismissed pairs, next steps."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.next_steps import NextStep
from models.tables.base import checks_of
from models.waiting import Confirmation, DismissedPair, Parking


class ParkingRecord(Parking, table=True):
    """A parking at rest."""

    __tablename__ = "parking"
    __table_args__ = (
        *checks_of(Parking),
        CheckConstraint("(ended_by IS NULL) = (ended_at IS NULL)", name="ended_by_somebody"),
    )

    parking_id: str = Field(primary_key=True, min_length=1)
    household_id: str = Field(min_length=1, foreign_key="household.household_id", index=True)


class ConfirmationRecord(Confirmation, table=True):
    """A confirmation at rest: the latest of each household."""

    __tablename__ = "confirmation"
    __table_args__ = checks_of(Confirmation)

    household_id: str = Field(primary_key=True, min_length=1, foreign_key="household.household_id")


class DismissedPairRecord(DismissedPair, table=True):
    """A dismissed pair at rest."""

    __tablename__ = "dismissed_pair"
    __table_args__ = checks_of(DismissedPair)

    household_id_a: str = Field(primary_key=True, min_length=1, foreign_key="household.household_id")
    household_id_b: str = Field(
        primary_key=True, min_length=1, foreign_key="household.household_id", index=True
    )


class NextStepRecord(NextStep, table=True):
    """A next step at rest."""

    __tablename__ = "next_step"
    __table_args__ = checks_of(NextStep)

    step_id: str = Field(primary_key=True, min_length=1)
    household_id: str = Field(min_length=1, foreign_key="household.household_id", index=True)
    owner: str = Field(min_length=1, foreign_key="user_account.user_id", index=True)
    due_on: date = Field(index=True)
