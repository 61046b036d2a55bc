"""A city on its as-of date as arrays: what the engine reasons over, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.codes import (
    Admits,
    DrugPolicy,
    Fact,
    MentalHealth,
    Mobility,
    Situation,
    SubstanceUse,
    Support,
)

NONE = -1
"""Index or number of something blank: no school, no unit, no current pool, no age limit."""

MISSING = np.int32(np.iinfo(np.int32).min)
"""Day of a blank date. Days count from the as-of date, which is day 0."""

HOUSEHOLD_CODES: Mapping[str, type[StrEnum]] = {
    "situation": Situation,
    "support_need": Support,
    "substance_use": SubstanceUse,
    "mental_health": MentalHealth,
    "social_problems": Fact,
    "mobility": Mobility,
    "violence_exposed": Fact,
    "acute_danger": Fact,
    "protected_identity": Fact,
    "pregnant": Fact,
    "wants_women_only": Fact,
    "wants_drug_free": Fact,
    "accepts_emergency_shelter": Fact,
    "first_hand_barrier": Fact,
    "registered_in_stockholm": Fact,
    "active_case": Fact,
    "right_of_residence": Fact,
    "housing_search_support": Fact,
    "pet": Fact,
}
HOUSEHOLD_DATES = ("homeless_since", "situation_ends_on", "unavailable_until")
HOUSEHOLD_DISTRICTS = ("preferred_districts", "avoid_districts", "safe_districts")
HOUSEHOLD_FORMS = ("preferred_forms", "declined_forms")

POOL_CODES: Mapping[str, type[StrEnum]] = {
    "admits": Admits,
    "drug_policy": DrugPolicy,
    "staffing": Support,
    "children": Fact,
    "mobility": Mobility,
    "pets": Fact,
    "psychiatric_competence": Fact,
}
POOL_NUMBERS = ("min_age", "max_age", "max_persons", "monthly_cost_sek")
POOL_DATES = ("opens_on", "closes_on")

Columns = Mapping[str, NDArray[Any]]


@cache
def code_of(column: str, value: str) -> int:
    """Position of a coded value in its column's list of values; ValueError when it is not there."""
    kind = HOUSEHOLD_CODES.get(column) or POOL_CODES[column]
    return [str(member) for member in kind].index(str(value))


def one_of(values: NDArray[Any], wanted: Iterable[int]) -> NDArray[np.bool_]:
    """Which values of a column are among a few wanted ones, in its shape."""
    # For so few this takes a fraction of the time of np.isin.
    found = np.zeros(values.shape, dtype=bool)
    for value in wanted:
        found |= values == value
    return found


@dataclass(frozen=True, slots=True)
class Children:
    """Children of all households, sorted by household; one entry a child.

    household (c,), age in whole years (c,), school index or NONE (c,).
    """

    household: NDArray[np.int32]
    age: NDArray[np.int32]
    school: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class QuotaLimit:
    """Most entries left this year into any of some forms; of one unit's households, or of all (NONE)."""

    forms: tuple[str, ...]
    form_indices: tuple[int, ...]
    left: int
    unit: int


@dataclass(frozen=True, slots=True)
class Declines:
    """Declines by household, pool, day (<= 0 is the past) and whether the provider said it; all (k,)."""

    household: NDArray[np.int32]
    pool: NDArray[np.int32]
    day: NDArray[np.int32]
    by_provider: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Instance:
    """One city, frozen: n households and m pools, each sorted by id.

    Attributes
    ----------
    households
        Columns of length n: every coded column as the position of its value (`code_of`), dates as
        days from the as-of date (MISSING when blank), `shis_months` and `responsible_unit` (NONE when
        blank), `current_pool` (index or NONE), counts of members (`persons`, `adults`, `children`,
        `adult_women`, `adult_men`, `adult_unsure`, `stability_yes`, `stability_unknown`), ages in years
        (`youngest_adult`, `oldest_adult`), and lists as matrices: districts (n, places), forms (n, forms).
    pools
        Columns of length m: coded columns, `form`, `level`, `own_flat`, `shis`, `district` and `facility`
        (indices; pools without a facility have one of their own), numbers (NONE when blank), dates as
        days, `capacity`, `residents` (households, candidates or not), `vacant`.
    places
        Names of districts and units; `responsible_unit` and `district` index into it.
    minutes
        Travel time in minutes, shape (places, schools); NONE when unknown.
    facility_ids
        Ids of facilities; blank for that of a pool without one.
    """

    as_of: date
    household_ids: tuple[str, ...]
    pool_ids: tuple[str, ...]
    households: Columns
    pools: Columns
    children: Children
    form_ids: tuple[str, ...]
    places: tuple[str, ...]
    school_place: NDArray[np.int32]
    minutes: NDArray[np.int32]
    conflicts: NDArray[np.int32]
    quotas: tuple[QuotaLimit, ...]
    declines: Declines
    facility_ids: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """Number of households."""
        return len(self.household_ids)

    @property
    def m(self) -> int:
        """Number of pools."""
        return len(self.pool_ids)

    def with_households(self, **columns: NDArray[Any]) -> "Instance":
        """The same city with some household columns replaced: a fact confirmed, a wish changed."""
        return replace(self, households={**self.households, **columns})

    def with_pools(self, **columns: NDArray[Any]) -> "Instance":
        """The same city with some pool columns replaced."""
        return replace(self, pools={**self.pools, **columns})

    def only(self, rows: NDArray[np.int64]) -> "Instance":
        """The same city with only some households in view, for reading rules; rows sorted, shape (k,).

        Pools keep their residents and vacant places. Conflicts and declines of others fall away.
        """
        at = np.full(self.n, NONE, dtype=np.int32)
        at[rows] = np.arange(len(rows), dtype=np.int32)
        child = np.flatnonzero(at[self.children.household] != NONE)
        decline = np.flatnonzero(at[self.declines.household] != NONE)
        both = (at[self.conflicts] != NONE).all(axis=1)
        return replace(
            self,
            household_ids=tuple(self.household_ids[i] for i in rows.tolist()),
            households={name: column[rows] for name, column in self.households.items()},
            children=Children(
                at[self.children.household[child]], self.children.age[child], self.children.school[child]
            ),
            conflicts=at[self.conflicts[both]],
            declines=Declines(
                at[self.declines.household[decline]],
                self.declines.pool[decline],
                self.declines.day[decline],
                self.declines.by_provider[decline],
            ),
        )
