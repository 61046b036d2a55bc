"""What is answered about the stock and the policy."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from models.codes import Admits, DrugPolicy, Fact, Support
from models.places import Place
from models.stock import Pool


class FormOut(BaseModel):
    """A form of housing: level 0 emergency, 1 shared or staffed, 2 own temporary flat, 3 lasting."""

    form: str
    name_sv: str
    name_en: str
    level: int
    own_flat: bool
    shis: bool


class PoolLine(BaseModel):
    """A pool with the rules of the house, and its places: lived in, held for somebody, free.

    How many those are is told to who sees cases, nothing to others: in a house of three places one free
    means two people. Planners and managers have /occupancy, where small counts are hidden.
    """

    pool: Pool
    form: FormOut
    capacity: int
    occupied: int | None
    held: int | None
    vacant: int | None
    is_open: bool


class PlaceState(BaseModel):
    """One place of a pool: `occupied`, `held` or `vacant`, told to who sees cases; never by whom."""

    number: int
    state: str | None

    @classmethod
    def of(cls, place: Place, sees_people: bool) -> "PlaceState":
        """A place without a word about who lives there."""
        if not sees_people:
            return cls(number=place.number, state=None)
        state = "occupied" if place.occupant else "held" if place.offer_id else "vacant"
        return cls(number=place.number, state=state)


class PoolShown(PoolLine):
    """A pool with its places one by one, and the rules that speak of its form or of the house."""

    places: list[PlaceState]
    rules: list[str]


class Vacancy(PoolLine):
    """A pool with free places, and their numbers."""

    numbers: list[int]


class DistrictOut(BaseModel):
    """A district's open housing: pools, places, and how many of these are free or held for somebody."""

    district: str
    pools: int
    places: int
    vacant: int
    held: int


class CandidateOut(BaseModel):
    """A household that suits, or may suit once a fact is known."""

    household_id: str
    responsible_unit: str | None
    tier: int
    points: int
    eligible: str
    current_pool_id: str | None


class CandidatesOut(BaseModel):
    """Households for a pool by need, one page of them, and how many others there are."""

    items: list[CandidateOut]
    total: int
    others: int
    next: str | None


class SourceOut(BaseModel):
    """What a rule rests on."""

    source: str
    section: str
    title_sv: str
    title_en: str
    reference: str


class DatedValue(BaseModel):
    """A value and the day from which it is in force."""

    since: date
    value: Any


class ValueOut(BaseModel):
    """A value that a rule uses: in force now, and all with their dates."""

    name: str
    value: Any
    dated: list[DatedValue]


class ConditionOut(BaseModel):
    """A condition on a household in words."""

    name: str
    text_sv: str
    text_en: str
    values: list[ValueOut]


class RuleLine(BaseModel):
    """A rule in words; `basis` is `source`, `interpretation` or `local`."""

    rule: str
    text_sv: str
    text_en: str
    note_sv: str
    note_en: str
    basis: str
    sources: list[SourceOut]
    since: date
    when_unknown: str
    exception_possible: bool


class RuleOut(RuleLine):
    """A rule with its values, and the conditions that it asks about."""

    applies_to: dict[str, Any]
    applies_when: str | None
    values: list[ValueOut]
    conditions: list[ConditionOut]


class TierOut(BaseModel):
    """A tier of need, 1 first."""

    number: int
    text_sv: str
    text_en: str


class PolicyOut(BaseModel):
    """The policy in force on a day, with the hash that names it in every run."""

    policy: str
    as_of: date
    rules: list[RuleOut]
    tiers: list[TierOut]
    sources: dict[str, dict[str, Any]]


class CellOut(BaseModel):
    """What there is of a form for a target group with a support and a drug environment.

    `vacant` is told to who sees cases.
    """

    target: Admits
    children: Fact
    support: Support
    drug_policy: DrugPolicy
    pools: list[str]
    places: int
    vacant: int | None


class FormOnMapOut(BaseModel):
    """A form on the map: who may come, by the rules that speak of it, and what there is."""

    form: FormOut
    rules: list[RuleLine]
    cells: list[CellOut]


class HousingMapOut(BaseModel):
    """The map of housing; rules for every place, and those that hang on the single house, stand apart."""

    as_of: date
    everywhere: list[RuleLine]
    by_house: list[RuleLine]
    forms: list[FormOnMapOut]
