"""What is answered about one case or one vacancy: why, what would help, which places, how long."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, Field


class Some(BaseModel):
    """Some households: those the person may see, and how many others."""

    households: list[str]
    others: int


class EffectOut(BaseModel):
    """What changes for the whole: each goal, and for whom; cost in SEK/month, positive is dearer."""

    goals: dict[str, int]
    gain: Some
    lose: Some
    elsewhere: Some


class HouseholdTold(BaseModel):
    """A household as it may be told; `another` for one that the person may not see."""

    household: str | None
    another: bool
    tier: int
    points: int | None


class VerdictOut(BaseModel):
    """One rule on one pool: what was seen, the limit, the rule in words and what it rests on."""

    rule: str
    verdict: str
    observed: dict[str, Any]
    limit: dict[str, Any]
    text_sv: str
    text_en: str
    cite: str


class PoolOut(BaseModel):
    """One pool for a household; `needs` are the facts it waits for."""

    pool: str
    eligible: str
    fit: int
    possible_now: bool
    needs: list[str]
    verdicts: list[VerdictOut]


class AheadOut(HouseholdTold):
    """Who has, or is proposed, a place that the household could have had."""

    pool: str
    lives_there: bool


class RemedyOut(BaseModel):
    """A change that would bring the household to a place, and what it changes for the whole."""

    change: dict[str, Any]
    effect: dict[str, Any]


class RegretOut(BaseModel):
    """What it changes for the whole if the household has this pool; no effect where no plan has the pair."""

    pool: str
    effect: EffectOut | None


class ExplanationOut(BaseModel):
    """A household's situation today: every pool, who is ahead, what is missing and what would help."""

    household: str
    as_of: date
    candidate: bool
    tier: int
    points: int
    proposal: str | None
    pools: list[PoolOut]
    ahead: list[AheadOut]
    missing: list[str]
    would_help: list[RemedyOut] | None
    regret: list[RegretOut] | None


class PlaceOption(BaseModel):
    """A place for a household; no effect where no plan has the pair now: ask the placement function."""

    pool: str
    name: str
    form: str
    district: str
    vacant_now: bool
    effect: EffectOut | None


class PlacesOut(BaseModel):
    """Places for a household, best for the whole first; so many were tried of so many that suit."""

    as_of: date
    tried: int
    eligible: int
    options: list[PlaceOption]


class HouseholdOption(HouseholdTold):
    """A household for a vacancy; no effect where no plan has the pair now."""

    effect: EffectOut | None


class HouseholdsOut(BaseModel):
    """Households for a vacancy, best for the whole first."""

    as_of: date
    tried: int
    eligible: int
    options: list[HouseholdOption]


class QuestionOut(BaseModel):
    """An unknown fact, the answer that opens most, and what that would change."""

    rank: int
    household: str | None
    tier: int | None
    points: int | None
    fact: str
    answer: str
    household_gets: str | None
    placements: int
    effect: EffectOut


class ChanceOut(BaseModel):
    """Chance within some weeks, from 0 to 1, with a 95 % interval."""

    weeks: int
    value: float
    low: float
    high: float


class AnyPlaceOut(BaseModel):
    """Weeks to a place of any form; null where so many get none within the time followed."""

    chances: list[ChanceOut]
    median_weeks: float | None
    interval_80_weeks: list[float | None]


class FormWaitOut(AnyPlaceOut):
    """The same of one form; whether it is open to the household itself."""

    open: bool


class ForecastIn(BaseModel):
    """How many simulations a forecast is read from; more tell more surely."""

    replications: Annotated[int, Field(ge=2, le=100)] = 20


class WaitOut(BaseModel):
    """How long it went for households most like it, in simulations. A forecast, never a promise."""

    household: str
    forecast_as_of: date
    made_at: str
    promise: bool = False
    possible: bool
    households: int
    spells: int
    replications: int
    same: dict[str, int]
    horizon_weeks: int
    any_place: AnyPlaceOut
    forms: dict[str, FormWaitOut]
    otherwise: list[ChanceOut]
