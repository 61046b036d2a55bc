"""The matching problem of one city on one day as plain lists: who may go where, and every limit."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from models.dataset import Dataset

from .city import City
from .priority import fit, is_candidate, points, tier
from .rules import Eligibility, eligibility

Moves = Literal["none", "unlimited"] | int
Arc = tuple[str, str]
"""A household id and the id of the pool proposed to it."""
GOALS = ("tier_1", "tier_2", "tier_3", "tier_4", "tier_5", "points", "fit", "cost")


@dataclass
class Problem:
    """Candidates with their pairs, the homes of all residents, and the limits of the run."""

    city: City
    candidates: list[str] = field(init=False)
    home: dict[str, str | None] = field(init=False)
    eligible: dict[Arc, Eligibility] = field(init=False)
    tier: dict[str, int] = field(init=False)
    points: dict[str, int] = field(init=False)
    vacant: dict[str, int] = field(init=False)
    house: dict[str, tuple[str, str]] = field(init=False)
    conflicts: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        city = self.city
        self.home = {h.household_id: h.current_pool_id for h in city.data.households}
        self.house = {pool.pool_id: city.facility(pool) for pool in city.data.pools}
        self.vacant = {p.pool_id: p.capacity - len(city.residents(p)) for p in city.data.pools}
        self.conflicts = [(c.household_id_a, c.household_id_b) for c in city.data.conflicts]
        self.candidates = [h.household_id for h in city.data.households if is_candidate(city, h)]
        self.eligible, self.tier, self.points = {}, {}, {}
        for household_id in self.candidates:
            household = city.households[household_id]
            self.tier[household_id] = tier(city, household)
            self.points[household_id] = points(city, household)
            for pool in city.data.pools:
                if pool.pool_id != household.current_pool_id:
                    self.eligible[household_id, pool.pool_id] = eligibility(city, household, pool)

    def arcs(self, moves: Moves) -> list[Arc]:
        """Pairs that a plan may use: under `none` only those of households without a current pool."""
        return [
            (household_id, pool_id)
            for (household_id, pool_id), answer in self.eligible.items()
            if answer == "yes" and (moves != "none" or self.home[household_id] is None)
        ]

    def gains(self, arc: Arc) -> dict[str, int]:
        """What one proposal adds to each goal; cost in SEK a month, as a positive sum."""
        household_id, pool_id = arc
        pool = self.city.pools[pool_id]
        gain = {f"tier_{level}": int(self.tier[household_id] == level) for level in range(1, 6)}
        gain["points"] = self.points[household_id]
        gain["fit"] = fit(self.city, self.city.households[household_id], pool)
        gain["cost"] = pool.monthly_cost_sek or 0
        return gain

    def value(self, plan: list[Arc]) -> dict[str, int]:
        """The goal values of a plan."""
        total = dict.fromkeys(GOALS, 0)
        for arc in plan:
            for goal, gain in self.gains(arc).items():
                total[goal] += gain
        return total

    def quota_rows(self) -> list[tuple[set[str], int, str | None]]:
        """Quotas of the as-of year: forms that share it, entries left, and the unit it is kept for."""
        return [
            (set(quota.form), max(quota.places - (quota.used or 0), 0), quota.responsible_unit)
            for quota in self.city.data.quotas
            if quota.year == self.city.as_of.year
        ]

    def under_quota(self, arc: Arc, forms: set[str], unit: str | None) -> bool:
        """Whether a proposal counts against a quota."""
        household = self.city.households[arc[0]]
        return self.city.pools[arc[1]].form in forms and unit in (None, household.responsible_unit)


def problem(data: Dataset, as_of: date) -> Problem:
    return Problem(City(data, as_of))
