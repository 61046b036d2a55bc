"""Runs of made-up cities under equal luck, and what differs between two."""

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np

from models.dataset import Dataset
from models.stock import Pool
from optimiser.matching import Moves
from scenarios.assumptions import Assumptions, load_assumptions
from scenarios.simulation.run import simulate
from scenarios.simulation.trajectory import Trajectory
from scenarios.whatif.scenario import MATCHING

from ...optimiser.gap.cities import womens_city
from ...optimiser.made import day_of, made_data
from ...twin_queue.queue_city import plain_reform

WEEKS = 20
CHOSEN = MATCHING[:3]
"""Ways of choosing that need no prices."""


def made_city(seed: int) -> Dataset:
    """A random city; every second one with many women and places for them."""
    return womens_city(seed, 30, 8) if seed % 2 else made_data(seed, 30)


def run(
    city: Dataset,
    seed: int,
    moves: Moves = "none",
    *,
    weeks: int = WEEKS,
    matching: str = "optimum",
    changed: Mapping[str, float] | None = None,
) -> Trajectory:
    """A made city under its own seed's luck, with some assumptions changed."""
    assumptions: Assumptions = load_assumptions().replaced(changed or {})
    return simulate(city, day_of(seed), plain_reform(city, weeks, matching), assumptions, seed, 0, moves)


def with_pool(city: Dataset, *more: Pool) -> Dataset:
    return replace(city, pools=(*city.pools, *more))


def with_places(city: Dataset, number: int, more: int) -> Dataset:
    """A city with more places in one pool."""
    pools = list(city.pools)
    pools[number] = pools[number].model_copy(update={"capacity": pools[number].capacity + more})
    return replace(city, pools=tuple(pools))


def differing(first: Trajectory, second: Trajectory) -> set[str]:
    """Measures that are not the same to the last bit, in a week or over the horizon, and parts of waits."""
    assert first.weekly.keys() == second.weekly.keys()
    found = {
        name
        for name in first.weekly
        if not np.array_equal(first.weekly[name], second.weekly[name], equal_nan=True)
        or not np.array_equal(first.totals[name], second.totals[name], equal_nan=True)
    }
    return found | {
        f"waits.{part.name}"
        for part in fields(first.waits)
        if not np.array_equal(getattr(first.waits, part.name), getattr(second.waits, part.name))
    }


def weeks_without_place(told: Trajectory) -> int:
    """Household weeks spent waiting, paused ones among them."""
    return int(told.weekly["waiting"].sum() + told.weekly["paused"].sum())


def weeks_waited(told: Trajectory) -> int:
    """Weeks of all waits that lie within the horizon; each begins and ends on a week's first day."""
    days = told.waits.until_day.astype(np.int64) - np.maximum(told.waits.from_day, 0)
    assert (days % 7 == 0).all()
    return int(days.sum()) // 7
