"""Made-up cities with more women, and more places for them, than chance would give."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from models.codes import Admits, Fact, Sex
from models.dataset import Dataset

from ...twin.cities import random_city
from ...twin.load import load
from ..made import day_of

DATA = Path(__file__).parents[2] / "data"


def womens_city(seed: int, households: int = 22, pools: int = 9) -> Dataset:
    """A random city in which most adults are women and half of the pools are for them."""
    loose: dict[str, Any] = {"awkward": 0.15 if seed % 2 else 0.4, "unknown": 0.06}
    data = random_city(seed, households, pools, as_of=day_of(seed), **loose)
    luck = np.random.default_rng([seed, 1])
    stock = tuple(
        pool.model_copy(update={"admits": Admits.WOMEN}) if luck.random() < 0.5 else pool
        for pool in data.pools
    )
    people = tuple(
        row.model_copy(update={"wants_women_only": luck.choice([Fact.YES, Fact.UNKNOWN, Fact.NO])})
        for row in data.households
    )
    members = tuple(
        row.model_copy(update={"sex": Sex.WOMAN}) if luck.random() < 0.7 else row for row in data.members
    )
    return replace(data, pools=stock, households=people, members=members)


def sample_city(name: str) -> Dataset:
    return load(DATA / name)


def roomier(data: Dataset, number: int) -> Dataset:
    """The city with one place more in one pool."""
    pools = list(data.pools)
    pools[number] = pools[number].model_copy(update={"capacity": pools[number].capacity + 1})
    return replace(data, pools=tuple(pools))
