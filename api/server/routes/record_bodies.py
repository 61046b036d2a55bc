"""What is sent and answered about records kept by hand."""

from typing import Annotated

from pydantic import BaseModel, Field, StrictInt, StrictStr

from api.usecases.desk.duplicates import Likeness
from models.changes import LearntFrom
from models.codes import SharingBasis, Situation
from models.days import Day

Text = Annotated[StrictStr, Field(max_length=10_000)]
Value = Text | StrictInt | Annotated[list[Text], Field(max_length=200)] | None
Facts = Annotated[
    dict[str, Value],
    Field(
        max_length=60,
        description="By column, as in a file: codes, dates as 2026-01-31, lists; nothing for unknown.",
        examples=[{"wants_women_only": "yes"}],
    ),
]
Id = Annotated[str, Field(min_length=1, max_length=200)]


class FactsIn(BaseModel):
    """Facts that change; `dated` is the day they are of, and must be given for sensitive ones."""

    facts: Facts
    learnt_from: LearntFrom
    dated: Day | None = None


class MemberIn(FactsIn):
    """A new member."""

    member_id: Id


class NewMember(BaseModel):
    """A member of a new household."""

    member_id: Id
    facts: Facts


class NewHousehold(FactsIn):
    """A household that a unit begins to help; the reference is that of the case system, never a person's."""

    household_id: Id
    members: Annotated[list[NewMember], Field(min_length=1, max_length=50)]


class TwinOut(BaseModel):
    """A household that may be the same people as a new case, with every reason."""

    household_id: str
    reasons: list[Likeness]


class CaseCheck(BaseModel):
    """A new case before it is begun: nothing is at fault, and these may be the same people."""

    likely: list[TwinOut]


class SharingIn(BaseModel):
    """On what ground a case may be seen outside its unit, and since when."""

    basis: SharingBasis
    on: Day


class ClosingIn(BaseModel):
    """Where the household is when its case is closed."""

    situation: Situation
    on: Day


class HouseholdRef(BaseModel):
    """Which household it was."""

    household_id: str


class MemberRef(HouseholdRef):
    """Which member of which household it was."""

    member_id: str


class PoolChangeIn(BaseModel):
    """Features of a pool that change, as in a file."""

    features: Facts


class PlaceRef(BaseModel):
    """How many places a pool has now."""

    pool_id: str
    capacity: int
