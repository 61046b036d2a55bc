"""Tables of casework: plans for leaving, assistance, requests to providers, follow-ups, check lists."""

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.assistance import AssistanceDecision
from models.discharges import DischargePlan
from models.follow_ups import FollowUp
from models.hotel_children import ChildChecklist
from models.placement_requests import PlacementRequest
from models.tables.base import checks_of


class DischargePlanRecord(DischargePlan, table=True):
    """A plan for leaving an institution at rest."""

    __tablename__ = "discharge_plan"
    __table_args__ = (
        *checks_of(DischargePlan),
        CheckConstraint("leaves_on >= admitted_on", name="leaves_after_admission"),
    )

    plan_id: str = Field(primary_key=True, min_length=1)
    household_id: str = Field(min_length=1, foreign_key="household.household_id", index=True)


class AssistanceRecord(AssistanceDecision, table=True):
    """A decision on assistance at rest."""

    __tablename__ = "assistance_decision"
    __table_args__ = (
        *checks_of(AssistanceDecision),
        CheckConstraint("to_on >= from_on", name="ends_after_it_begins"),
    )

    assistance_id: str = Field(primary_key=True, min_length=1)
    household_id: str = Field(min_length=1, foreign_key="household.household_id", index=True)


class PlacementRequestRecord(PlacementRequest, table=True):
    """A request to a provider at rest."""

    __tablename__ = "placement_request"
    __table_args__ = (
        *checks_of(PlacementRequest),
        CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answered_with_an_answer"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_some_time"),
        CheckConstraint("reason IS NULL OR answer = 'no'", name="reason_of_a_no"),
    )

    request_id: str = Field(primary_key=True, min_length=1)
    reference: str = Field(unique=True, min_length=1)
    household_id: str = Field(min_length=1, foreign_key="household.household_id", index=True)
    pool_id: str = Field(min_length=1, foreign_key="pool.pool_id", index=True)
    offer_id: str | None = Field(default=None, foreign_key="offer.offer_id", index=True)


class FollowUpRecord(FollowUp, table=True):
    """A follow-up at rest: each of a moving in stands once."""

    __tablename__ = "follow_up"
    __table_args__ = (
        *checks_of(FollowUp),
        CheckConstraint("(outcome IS NULL) = (done_at IS NULL)", name="done_with_an_outcome"),
    )

    follow_up_id: str = Field(primary_key=True, min_length=1)
    household_id: str = Field(min_length=1, foreign_key="household.household_id", index=True)
    pool_id: str = Field(min_length=1, foreign_key="pool.pool_id", index=True)
    offer_id: str | None = Field(default=None, foreign_key="offer.offer_id", index=True)


class ChildChecklistRecord(ChildChecklist, table=True):
    """A check list at rest: one for each family."""

    __tablename__ = "child_checklist"
    __table_args__ = checks_of(ChildChecklist)

    household_id: str = Field(primary_key=True, min_length=1, foreign_key="household.household_id")
