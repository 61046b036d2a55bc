"""Made-up cities with things to build, and the cheapest plan found by trying every one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np

from models.codes import Admits, DrugPolicy, Fact, Support
from models.dataset import Dataset
from models.households import Household
from optimiser.compatibility import assess
from optimiser.gap.womens_gap import gap
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy
from scenarios.capacity.buildables import Buildable
from scenarios.capacity.plan import CapacityPlan, capacity_plan
from scenarios.capacity.target import TIER_1, Target

from ...optimiser.gap.brute import most_who_fit
from ...optimiser.gap.cities import womens_city
from ...optimiser.made import day_of
from ...optimiser.rows import pool
from ...twin.city import City
from ...twin.priority import is_candidate, tier
from ...twin.rules import eligibility

FORMS = ("stodboende", "akutboende", "traningslagenhet", "planeringsboende", "jourlagenhet")


def things_to_build(seed: int, how_many: int) -> tuple[Buildable, ...]:
    """Pools of any form for women or all, of one to four places, at costs that often tie."""
    luck = np.random.default_rng([seed, 7])

    def one(number: int) -> Buildable:
        fewest, block = int(luck.integers(1, 3)), int(luck.integers(1, 3))
        most = fewest + block * int(luck.integers(0, 2))
        row = pool(
            f"N{number}",
            form=str(luck.choice(FORMS)),
            admits=Admits.WOMEN if luck.random() < 0.75 else Admits.ALL,
            drug_policy=luck.choice([DrugPolicy.TOLERANT, DrugPolicy.DRUG_FREE, DrugPolicy.NOT_REGULATED]),
            staffing=luck.choice([Support.VISITING, Support.DAILY, Support.AROUND_THE_CLOCK]),
            children=Fact.YES,
            max_persons=None,
            capacity=most,
        )
        return Buildable(row, int(luck.integers(1, 4)) * 100_000, fewest, most, block, 0, "assumed")

    return tuple(one(number) for number in range(how_many))


def made_target(seed: int, most: int | None = None) -> Target:
    luck = np.random.default_rng([seed, 8])
    measure = str(luck.choice(["women_gap_structural", "women_gap_now", TIER_1]))
    section = "" if measure == TIER_1 else str(luck.choice(["support", "support", "emergency"]))
    return Target(measure, section, int(luck.integers(0, 6)) if most is None else most)


def made_city(seed: int) -> Dataset:
    return womens_city(seed, 18, 5)


def planned(seed: int, target: Target, buildables: tuple[Buildable, ...]) -> CapacityPlan:
    day = day_of(seed)
    return capacity_plan(made_city(seed), day, load_policy(day), target, buildables)


def short_in(city: Dataset, day: date, target: Target) -> int:
    """Households short in a city, as `gap` counts them; tier 1 as the plain twin does."""
    if target.measure == TIER_1:
        return _tier_1_short(City(city, day))
    found = gap(assess(load_policy(day), build_instance(city, day)))
    section = next(s for s in found.sections if s.need.name == target.section)
    return section.structural.gap if target.measure == "women_gap_structural" else section.gap_now[0]


def grown(city: Dataset, buildables: Sequence[Buildable], places: Sequence[int]) -> Dataset:
    new = tuple(b.with_places(n) for b, n in zip(buildables, places, strict=True) if n)
    return replace(city, pools=tuple(sorted((*city.pools, *new), key=lambda row: row.pool_id)))


def cheapest_by_trying(
    seed: int, target: Target, buildables: tuple[Buildable, ...]
) -> tuple[bool, tuple[int, ...]]:
    """Whether the target can be met, and the best plan: of those that meet it, else that come nearest."""
    city, day = made_city(seed), day_of(seed)
    short = {
        places: short_in(grown(city, buildables, places), day, target)
        for places in product(*(b.choices for b in buildables))
    }
    allowed = max(target.most, min(short.values()))
    fine = [places for places, left in short.items() if left <= allowed]
    costs = [b.cost_sek_per_year for b in buildables]
    return allowed == target.most, min(fine, key=lambda y: (int(np.dot(y, costs)), sum(y), [-n for n in y]))


def _tier_1_short(city: City) -> int:
    first = [h for h in city.data.households if is_candidate(city, h) and tier(city, h) == 1]
    options = {h.household_id: list(_options(city, h)) for h in first}
    vacant = {p.pool_id: max(p.capacity - len(city.residents(p)), 0) for p in city.data.pools}
    return len(first) - most_who_fit(options, vacant)


def _options(city: City, h: Household) -> Iterator[str]:
    for p in city.data.pools:
        if p.pool_id != h.current_pool_id and eligibility(city, h, p) == "yes":
            yield p.pool_id
