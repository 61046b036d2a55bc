"""What is sent and answered about plans."""

from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from models.days import Day
from models.plans import PlanState
from optimiser.limits.model import Limits

Id = Annotated[str, Field(min_length=1, max_length=200)]
Amount = Annotated[int, Field(ge=0, le=10**12)]
Share = Annotated[float, Field(ge=0, le=1)]
Chain = Annotated[int, Field(ge=1, le=1000, description="Most proposals of a chain.")]
PAIRS = [{"household": "H00042", "pool": "P003"}]
FINEST = 10_000
"""Shares are taken to a hundredth of a per cent."""


class PairIn(BaseModel):
    """A household and a pool."""

    household: Id
    pool: Id


class LimitsIn(BaseModel):
    """What a run has to keep, all optional: SEK/month, shares from 0 to 1, places."""

    budget: Amount | None = None
    budget_of_unit: dict[Id, Amount] = Field(default_factory=dict, max_length=200)
    women_share: Share | None = None
    women_share_of_unit: dict[Id, Share] = Field(default_factory=dict, max_length=200)
    groups: dict[Id, Amount] = Field(default_factory=dict, max_length=1000)
    pins: list[PairIn] = Field(default_factory=list, max_length=1000, examples=[PAIRS])
    blocks: list[PairIn] = Field(default_factory=list, max_length=1000, examples=[PAIRS])
    reserves: dict[Id, Amount] = Field(default_factory=dict, max_length=1000)
    most: Amount | None = None

    def limits(self) -> Limits:
        """The limits, as the optimiser takes them."""
        return Limits(
            budget=self.budget,
            budget_of_unit=tuple(self.budget_of_unit.items()),
            women_share=None if self.women_share is None else _share(self.women_share),
            women_share_of_unit=tuple((u, _share(value)) for u, value in self.women_share_of_unit.items()),
            groups=tuple(self.groups.items()),
            pins=tuple((pair.household, pair.pool) for pair in self.pins),
            blocks=tuple((pair.household, pair.pool) for pair in self.blocks),
            reserves=tuple(self.reserves.items()),
            most=self.most,
        )


class NewPlan(BaseModel):
    """A plan to make: how far residents may move, what the run has to keep, seconds it may take."""

    as_of: Day | None = None
    moves: Literal["none", "unlimited"] | Chain = 4
    time_limit: Annotated[float, Field(ge=1, le=86_400)] = 600.0
    limits: LimitsIn = Field(default_factory=LimitsIn)
    like: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class PlanLine(BaseModel):
    """A plan as one line of a list; `status` optimal means proven."""

    run_id: int
    state: PlanState
    as_of: date
    moves: str
    status: str
    made_by: str
    made_at: datetime
    published_by: str | None
    published_at: datetime | None


class GoalOut(BaseModel):
    """A goal's value, and what no plan can exceed."""

    name: str
    value: int
    bound: int


class BaselineOut(BaseModel):
    """What a simpler way of placing reaches on the same day."""

    name: str
    proposed: int
    goals: dict[str, int]


class PlanOut(PlanLine):
    """A plan: its goals with their bounds, how it was solved and from what, and simpler ways beside it."""

    goals: list[GoalOut]
    conditional_goals: list[GoalOut]
    proposals: int
    unmatched: int
    engine: str
    engine_reason: str
    seconds: float
    policy: str
    inputs: str
    versions: dict[str, str]
    limits: dict[str, Any]
    baselines: list[BaselineOut]


class PlanStep(BaseModel):
    """A step of a chain; of another household nothing but that it is there."""

    step: int
    another: bool
    household_id: str | None = None
    pool_id: str | None = None
    from_pool_id: str | None = None
    tier: int | None = None
    points: int | None = None
    fit: int | None = None
    monthly_cost_sek: int | None = None
    ask: list[str] = Field(default_factory=list)


class ChainOut(BaseModel):
    """A chain with its steps in the order they are carried out; those of a cycle happen at once."""

    chain: int
    in_cycle: bool
    steps: list[PlanStep]


class UnmatchedOut(BaseModel):
    """A household without a proposal: the cause, what to ask, which rules close most, and other help."""

    household_id: str
    tier: int
    points: int
    cause: str
    missing: list[str]
    blocking: list[str]
    other_help: list[str]


class AnnouncedOut(BaseModel):
    """An offer that publishing made (`new`), took over (`kept`) or withdrew (`withdrawn`)."""

    household_id: str
    offer_id: str
    what: str
    pool_id: str


class PublishedOut(BaseModel):
    """What publishing changed: one's own households, and how many in all."""

    run_id: int
    state: PlanState
    new: int
    kept: int
    withdrawn: int
    mine: list[AnnouncedOut]


class FallenOut(BaseModel):
    """A proposal that no longer holds, and why."""

    household_id: str
    chain: int
    step: int
    why: str
    rules: list[str]


class ValidityOut(BaseModel):
    """Whether a plan still holds as things are now; counts of all, names of one's own."""

    whole: bool
    carried_out: int
    holds: int
    fallen: int
    mine: list[FallenOut]


class ReasonOut(BaseModel):
    """Why a proposal is not as before."""

    kind: str
    id: str
    before: str
    after: str
    another: bool


class ChangedOut(BaseModel):
    """A household whose proposal differs."""

    household: str
    before: str | None
    after: str | None
    reasons: list[ReasonOut]


class SettingOut(BaseModel):
    """Something that the runs were asked or given, where it differs."""

    name: str
    before: str
    after: str


class GoalChange(BaseModel):
    """A goal in both plans."""

    name: str
    before: int
    after: int


class DifferenceOut(BaseModel):
    """How one plan differs from another."""

    before: int
    after: int
    settings: list[SettingOut]
    goals: list[GoalChange]
    kept: int
    changed: list[ChangedOut]
    changed_of_others: int


def _share(value: float) -> Fraction:
    return Fraction(round(value * FINEST), FINEST)
