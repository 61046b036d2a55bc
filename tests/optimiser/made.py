"""Made-up cities, read by the engine and by the twin side by side."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from models.dataset import Dataset
from models.households import Household
from models.stock import Pool
from optimiser.assessment import Assessment
from optimiser.compatibility import assess
from optimiser.instance import Instance
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy

from ..depth import is_first_step, share
from ..twin.cities import AS_OF, random_city
from ..twin.city import City

LEAP_DAY = date(2024, 2, 29)
SEEDS = st.integers(0, 2**32 - 1)


def examples(count: int) -> settings:
    """Settings of a property that looks at so many examples at most, however long one of them takes."""
    return settings(max_examples=share(count), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def until_seen(
    seen: Mapping[Any, int],
    wanted: Iterable[Any],
    look: Callable[[int], None],
    seeds: Iterable[int] = range(80),
    least: int = 1,
) -> None:
    """Look at cities until they have shown everything that was wanted of them, so many times at least.

    Examples are drawn by chance and may miss what is rare; these cities hold all of it.
    """
    named = tuple(wanted)
    for seed in seeds:
        if is_first_step() and all(seen[what] >= least for what in named):
            break
        look(seed)
    assert [what for what in named if seen[what] < least] == []


@dataclass(frozen=True)
class Reading:
    """One city on one day: its rows, the engine's arrays and assessment, and the twin's look-ups."""

    data: Dataset
    instance: Instance
    assessment: Assessment
    city: City

    def household(self, h: int) -> Household:
        return self.city.households[self.instance.household_ids[h]]

    def pool(self, p: int) -> Pool:
        return self.city.pools[self.instance.pool_ids[p]]

    def all_pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Every pair of household and pool as two lists of indices."""
        grid = np.indices((self.instance.n, self.instance.m)).reshape(2, -1)
        return grid[0], grid[1]


def made_data(seed: int, largest_city: int = 16) -> Dataset:
    """A small city of 4 households or more; every second one full of residents who may move."""
    luck = np.random.default_rng(seed)
    households, pools = int(luck.integers(4, largest_city + 1)), int(luck.integers(2, 7))
    if seed % 2:
        return random_city(seed, households, pools, as_of=day_of(seed))
    loose: dict[str, Any] = {"awkward": 0.1, "unknown": 0.03, "resident_share": 0.7}
    return random_city(seed, households, pools, as_of=day_of(seed), conflicts=3, **loose)


def shuffled(data: Dataset, seed: int) -> Dataset:
    """The same rows, every table in another order."""
    luck = np.random.default_rng(seed)
    tables = {field.name: getattr(data, field.name) for field in fields(data)}
    mixed = {name: tuple(rows[i] for i in luck.permutation(len(rows))) for name, rows in tables.items()}
    return replace(data, **mixed)


def day_of(seed: int) -> date:
    """The as-of date of a made city; for every eighth a leap day."""
    return LEAP_DAY if seed % 8 == 3 else AS_OF


def reading(data: Dataset, as_of: date = AS_OF) -> Reading:
    """A city as the engine and the twin read it, under the policy that comes with the product."""
    instance = build_instance(data, as_of)
    return Reading(data, instance, assess(load_policy(as_of), instance), City(data, as_of))


def made_reading(seed: int, largest_city: int = 16) -> Reading:
    return reading(made_data(seed, largest_city), day_of(seed))
