"""One city on one day: look-ups over a dataset, and the words that several rules share."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from models.codes import Fact, MentalHealth, Sex, Situation, SubstanceUse, Support
from models.dataset import Dataset
from models.forms import Form, forms
from models.households import Decline, Household, Member
from models.stock import Pool

from .logic import Truth, age_on

LADDER = [Support.NONE, Support.VISITING, Support.DAILY, Support.AROUND_THE_CLOCK, Support.CARE]
HALF_A_YEAR = timedelta(days=183)
ACUTE = (Situation.ROUGH_SLEEPING, Situation.EMERGENCY_SHELTER, Situation.HOTEL_HOSTEL)
LEVEL_OF_SITUATION = {
    Situation.EMERGENCY_FLAT: 0,
    Situation.SUPPORTED_HOUSING: 1,
    Situation.TRAINING_FLAT: 2,
    Situation.TRANSITIONAL: 2,
}


def step(support: Support) -> int:
    """Place on the ladder of support, 0 to 4."""
    return LADDER.index(support)


@dataclass
class City:
    """A dataset and its as-of date, with look-ups by id."""

    data: Dataset
    as_of: date
    households: dict[str, Household] = field(init=False)
    pools: dict[str, Pool] = field(init=False)
    members: dict[str, list[Member]] = field(init=False)
    declines: dict[str, list[Decline]] = field(init=False)
    school_district: dict[str, str] = field(init=False)
    minutes: dict[tuple[str, str], int] = field(init=False)

    def __post_init__(self) -> None:
        self.households = {household.household_id: household for household in self.data.households}
        self.pools = {pool.pool_id: pool for pool in self.data.pools}
        self.members = {household_id: [] for household_id in self.households}
        for member in self.data.members:
            self.members[member.household_id].append(member)
        self.declines = {household_id: [] for household_id in self.households}
        for decline in self.data.declines:
            self.declines[decline.household_id].append(decline)
        self.school_district = {school.school_id: school.district for school in self.data.schools}
        self.minutes = {(row.district, row.school_id): row.minutes for row in self.data.travel_times}

    def age(self, member: Member) -> int:
        return age_on(member.birth_date, self.as_of)

    def adults(self, household: Household) -> list[Member]:
        return [m for m in self.members[household.household_id] if self.age(m) >= 18]

    def children(self, household: Household) -> list[Member]:
        return [m for m in self.members[household.household_id] if self.age(m) < 18]

    def current_pool(self, household: Household) -> Pool | None:
        if household.current_pool_id is None:
            return None
        return self.pools[household.current_pool_id]

    def residents(self, pool: Pool) -> list[Household]:
        return [h for h in self.data.households if h.current_pool_id == pool.pool_id]

    def ends(self, household: Household, days: int) -> bool:
        """`ends(n)`: the situation ends from 14 days ago to n days on, or the current pool closes by then."""
        day = household.situation_ends_on
        if day is not None and self.as_of - timedelta(14) <= day <= self.as_of + timedelta(days):
            return True
        pool = self.current_pool(household)
        if pool is None or pool.closes_on is None:
            return False
        return pool.closes_on <= self.as_of + timedelta(days)

    def present_level(self, household: Household) -> int | None:
        """Level of the present place; None for a household without one."""
        pool = self.current_pool(household)
        if pool is not None:
            return form_of(pool).level
        return LEVEL_OF_SITUATION.get(household.situation)

    def long_homeless(self, household: Household) -> Truth:
        """homeless_since at least 183 days ago."""
        if household.homeless_since is None:
            return None
        return household.homeless_since <= self.as_of - HALF_A_YEAR

    def facility(self, pool: Pool) -> tuple[str, str]:
        """The house of a pool; without a facility_id the pool itself is the house."""
        if pool.facility_id is None:
            return ("pool", pool.pool_id)
        return ("facility", pool.facility_id)


def form_of(pool: Pool) -> Form:
    return forms()[pool.form]


def is_acute(household: Household) -> bool:
    return household.situation in ACUTE


def sheltering(household: Household) -> bool:
    """Sheltering from violence: known to be exposed, or with a protected identity known."""
    return household.violence_exposed == Fact.YES or household.protected_identity == Fact.YES


def all_women(adults: list[Member]) -> bool:
    return all(adult.sex == Sex.WOMAN for adult in adults)


def use_is(household: Household, *values: SubstanceUse) -> Truth:
    """Whether harmful use is one of these; None when it is unknown."""
    if household.substance_use == SubstanceUse.UNKNOWN:
        return None
    return household.substance_use in values


def mental_is(household: Household, *values: MentalHealth) -> Truth:
    """Whether mental ill-health is one of these; None when it is unknown."""
    if household.mental_health == MentalHealth.UNKNOWN:
        return None
    return household.mental_health in values


def uses_or_used(household: Household) -> Truth:
    return use_is(household, SubstanceUse.PAST, SubstanceUse.ACTIVE)


def has_ill_health(household: Household) -> Truth:
    return mental_is(household, MentalHealth.SOME, MentalHealth.SEVERE)
