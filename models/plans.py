"""Plans: runs that people work from."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel, UTCDateTime

from models.columns import Code


class PlanState(StrEnum):
    """A draft is looked at, a published plan is worked from, until another takes its place."""

    DRAFT = "draft"
    PUBLISHED = "published"
    REPLACED = "replaced"


class Plan(SQLModel):
    """A run as a plan: who made it, and who published it when."""

    run_id: int
    state: PlanState = Field(default=PlanState.DRAFT, sa_type=Code(PlanState))
    made_by: str = Field(min_length=1)
    made_at: datetime = Field(sa_type=UTCDateTime)
    published_by: str | None = None
    published_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
