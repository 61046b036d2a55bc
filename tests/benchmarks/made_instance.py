"""Instances of any size, made straight as arrays from the rows of the demo city."""

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import NONE, Children, Columns, Declines, Instance
from optimiser.instance_build import build_instance
from scenarios.demo_city import DEMO_AS_OF, build_demo_city


@cache
def demo_instance() -> Instance:
    """The demo city on its as-of date."""
    return build_instance(build_demo_city(), DEMO_AS_OF)


def made_instance(n: int, m: int, seed: int = 1) -> Instance:
    """A city of n households and m pools whose rows are drawn, with replacement, from the demo city's.

    Shares of every kind of household and pool are then those of the demo city, whatever the size. Who
    lives in a pool lives in a made one drawn from the same pool, as long as that has places.
    """
    rng = np.random.default_rng(seed)
    city = demo_instance()
    row, pool_row = rng.integers(0, city.n, n), np.sort(rng.integers(0, city.m, m))
    households = {name: column[row] for name, column in city.households.items()}
    pools = {name: column[pool_row] for name, column in city.pools.items()}
    home = _homes(rng, city.households["current_pool"][row], pool_row, pools["capacity"])
    households["current_pool"] = home
    pools["facility"] = np.arange(m, dtype=np.int32)
    pools["residents"] = np.bincount(home[home != NONE], minlength=m).astype(np.int32)
    pools["vacant"] = pools["capacity"] - pools["residents"]
    return replace(
        city,
        household_ids=tuple(f"H{i:06d}" for i in range(n)),
        pool_ids=tuple(f"P{i:05d}" for i in range(m)),
        households=households,
        pools=pools,
        children=_children(city.children, row),
        conflicts=_conflicts(rng, n),
        declines=_declines(rng, n, m),
    )


def pair_count(instance: Instance) -> int:
    """Pairs of household and pool."""
    return instance.n * instance.m


def column_bytes(columns: Columns) -> int:
    """Bytes that some columns hold."""
    return sum(int(column.nbytes) for column in columns.values())


def _homes(
    rng: np.random.Generator,
    lived_in: NDArray[np.int32],
    pool_row: NDArray[np.int64],
    capacity: NDArray[np.int32],
) -> NDArray[np.int32]:
    """A made pool for everyone who lives in some pool of the demo city, NONE when those are full."""
    home = np.full(len(lived_in), NONE, dtype=np.int32)
    for pool in np.unique(lived_in[lived_in != NONE]).tolist():
        residents = np.flatnonzero(lived_in == pool)
        copies = np.flatnonzero(pool_row == pool)
        places = rng.permutation(np.repeat(copies, capacity[copies]))[: len(residents)]
        home[residents[: len(places)]] = places
    return home


def _children(children: Children, row: NDArray[np.int64]) -> Children:
    """Every drawn household brings the children of the row it was drawn from."""
    counts = np.bincount(children.household, minlength=int(row.max()) + 1)
    first = np.concatenate([[0], np.cumsum(counts)])
    mine = [np.arange(first[i], first[i + 1]) for i in row.tolist()]
    at = np.concatenate(mine) if mine else np.empty(0, dtype=np.int64)
    household = np.repeat(np.arange(len(row)), counts[row]).astype(np.int32)
    return Children(household, children.age[at], children.school[at])


def _conflicts(rng: np.random.Generator, n: int) -> NDArray[np.int32]:
    """One conflict for every hundred households."""
    pairs = np.sort(rng.integers(0, n, (n // 100, 2)), axis=1).astype(np.int32)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def _declines(rng: np.random.Generator, n: int, m: int) -> Declines:
    """One decline for every four households, of the last 90 days."""
    k = n // 4
    return Declines(
        household=np.sort(rng.integers(0, n, k)).astype(np.int32),
        pool=rng.integers(0, m, k).astype(np.int32),
        day=-rng.integers(0, 90, k).astype(np.int32),
        by_provider=rng.random(k) < 0.3,
    )
