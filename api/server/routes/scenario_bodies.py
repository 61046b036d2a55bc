"""What is sent and answered about scenarios, their runs and capacity plans."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, model_validator

from api.usecases.scenario_runs.stacking import Written
from models.days import Day

Name = Annotated[str, Field(min_length=1, max_length=200)]
Weeks = Annotated[int, Field(ge=1, le=520)]
LEAST = 4
"""A week, or a single course of events, would all but count the real city."""
Seed = Annotated[int, Field(ge=0, le=999_999_999)]


class WrittenIn(BaseModel):
    """A scenario of one's own: its TOML text, or the same keys as JSON."""

    toml: Annotated[str, Field(max_length=200_000)] | None = None
    content: dict[str, Any] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> "WrittenIn":
        if (self.toml is None) == (self.content is None):
            raise ValueError("give toml or content")
        return self

    def written(self) -> Written:
        """As it was written."""
        return Written(self.toml, self.content)


class ScenarioLine(BaseModel):
    """A scenario of the library in the reader's language."""

    name: str
    title: str
    text: str
    changes: int


class ChangeOut(BaseModel):
    """A change: when, what, and the same as a sentence."""

    kind: str
    from_week: int
    until_week: int | None
    settings: dict[str, Any]
    sentence: str


class ScenarioOut(ScenarioLine):
    """A scenario with its changes in words, and the rules that it touches as they then read."""

    told: list[ChangeOut]
    rules: list[str]


class CheckIn(WrittenIn):
    """A scenario to look at; with weeks, also whether its changes come within them."""

    weeks: Weeks | None = None


class FaultOut(BaseModel):
    """Something wrong (`error`) or worth a look (`warning`): number of the change, its key, the remedy."""

    severity: str
    change: int
    key: str
    value: str
    kind: str
    message: str
    remedy: str


class CheckOut(BaseModel):
    """Whether a scenario can be used, what is wrong, and its changes in words as far as it can be read."""

    sound: bool
    faults: list[FaultOut]
    scenario: ScenarioOut | None


class NewRun(BaseModel):
    """Scenarios to run beside today's city.

    `stacks` names scenarios of the library and of `own`; those in one list apply together. `policy` lays
    another way of sharing places out on top of every stack. `moves` are those of every week's placements.
    A run is of four weeks and four replications or more, and its figures of people are told in steps of five.
    """

    own: list[WrittenIn] = Field(default_factory=list, max_length=10)
    stacks: list[Annotated[list[Name], Field(max_length=20)]] = Field(default_factory=list, max_length=20)
    policy: Literal["optimum", "first_come", "priority_greedy", "scarcity_priced"] | None = None
    weeks: Annotated[int, Field(ge=LEAST, le=520)] = 260
    replications: Annotated[int, Field(ge=LEAST, le=1000)] = 20
    seed: Seed = 1
    moves: Literal["none", "unlimited"] | Annotated[int, Field(ge=1, le=1000)] = "none"
    uncertain: bool = False
    as_of: Day | None = None


class RunLine(BaseModel):
    """A scenario run that has been finished."""

    experiment_id: int
    created_at: datetime
    as_of: date
    scenarios: list[str]
    weeks: int
    replications: int
    seed: int
    moves: str
    uncertain: bool


class SummaryOut(BaseModel):
    """A scenario in sentences: the first, the others, and for whom it gets better or worse."""

    name: str
    headline: str
    points: list[str]
    sides: list[str]


class RunOut(RunLine):
    """A finished run: figures over the horizon with 95 % intervals, groups, months, and sentences.

    People are told in steps of five, nights in steps of 35; a figure too small for that is null, with `shown`
    (such as `<5`) beside it.

    `figures` are those of `summary`, the baseline's first; `results` hold all measures, differences from the
    baseline and groups of every scenario; `rates` count the numbers it rests on by basis.
    """

    seconds: float
    inputs: str
    policy: str
    assumptions: str
    edition: str
    months: list[str]
    figures: list[dict[str, Any]]
    summary: list[SummaryOut]
    results: list[dict[str, Any]]
    rates: dict[str, int]


class NewCapacityPlan(BaseModel):
    """A target such as `women_gap_structural<=0`; with four replications or more, it is simulated too."""

    target: Annotated[str, Field(min_length=1, max_length=100)] = "women_gap_structural<=0"
    weeks: Annotated[int, Field(ge=LEAST, le=520)] = 156
    replications: Literal[0] | Annotated[int, Field(ge=LEAST, le=1000)] = 0
    seed: Seed = 1


class CapacityLine(BaseModel):
    """A capacity plan that has been worked out."""

    job_id: str
    made_at: datetime
    target: str
    status: str
    cost_sek_per_year: int | None


class CapacityOut(CapacityLine):
    """A capacity plan: what to build, what it costs, how many are short; people in steps of five."""

    plan: dict[str, Any]
