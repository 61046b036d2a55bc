"""What is sent and answered about offers."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from models.codes import DeclinedBy, Situation
from models.offers import DeclineReason, DepartureReason, EndReason, Offer

Text = Annotated[str, Field(max_length=4000)]
Id = Annotated[str, Field(min_length=1, max_length=200)]


class StepOut(BaseModel):
    """A step of a chain; `another` for a household that the person may not see."""

    step: int
    household_id: str | None
    another: bool
    pool_id: str | None
    from_pool_id: str | None
    state: str


class OfferOut(BaseModel):
    """An offer, and the chain it belongs to."""

    offer: Offer
    chain: list[StepOut]


class AnsweredOut(OfferOut):
    """An offer after a step, and the households whose offers fell with it; those of others are counted."""

    fallen: list[str]
    fallen_of_others: int


class NewOffer(BaseModel):
    """A place of a person's own choice, with the reason for departing from the plan.

    Where a fact that decides it is unknown, `unknown_accepted` names it: the person goes on all the same.
    """

    household_id: Id
    pool_id: Id
    departure: DepartureReason
    unknown_accepted: Annotated[list[Id], Field(max_length=50)] = []
    answer_by: date | None = None


class Putting(BaseModel):
    """By when an answer is wanted."""

    answer_by: date | None = None


class AcceptanceIn(BaseModel):
    """The decider's own assessment; the texts about the child where there is one."""

    assessment: Annotated[str, Field(min_length=1, max_length=4000)]
    child_best_interests: Text | None = None
    child_view: Text | None = None
    child_view_missing: Text | None = None


class NoIn(BaseModel):
    """A no: whose it is and why; a provider has two days for the reason."""

    declined_by: DeclinedBy
    reason: DeclineReason | None = None
    note: Text | None = None
    next_contact_on: date | None = None
    next_contact_by: Annotated[str, Field(max_length=200)] | None = None


class WithdrawalIn(BaseModel):
    """Why an offer is taken back; the reason is needed once the household has been told of it."""

    reason: DepartureReason | None = None
    note: Text | None = None


class MovingIn(BaseModel):
    """The day of moving in."""

    on: date


class EndIn(BaseModel):
    """How a stay ended, and where the household is now."""

    on: date
    situation: Situation
    reason: EndReason
