"""Random small cities, valid under the import rules, dense with limits, scarcity, chains and swaps."""

from datetime import date

import numpy as np

from models.codes import DeclinedBy
from models.dataset import Dataset
from models.households import Conflict, Decline, Household, Member
from models.stock import Pool

from .luck import DISTRICTS, Luck
from .made_households import made_household, made_members
from .made_stock import made_pool, made_quotas, made_schools

AS_OF = date(2026, 1, 15)
DECLINE_DAYS = (-61, -60, -59, -15, -14, -13, 0, 1)


def random_city(
    seed: int,
    households: int = 24,
    pools: int = 8,
    *,
    as_of: date = AS_OF,
    largest: int = 3,
    resident_share: float = 0.45,
    unknown: float = 0.08,
    awkward: float = 0.4,
    conflicts: int | None = None,
    quotas: int = 2,
    declines: int | None = None,
    districts: int = 4,
) -> Dataset:
    """A city that depends on nothing but these arguments.

    Parameters
    ----------
    seed
        Equal seeds and arguments give equal cities.
    households, pools
        How many of each.
    as_of
        Day on whose limits the dates and birthdays lie.
    largest
        Most places in a pool.
    resident_share
        Share of the households that live in a pool, as far as there are places.
    unknown
        How often a fact is unknown, 0 to 1.
    awkward
        How much stands in the way of pairs, 0 to 1; the less it is, the more residents are about to leave.
    conflicts, declines
        How many are tried (equal ones fall away); a sixth and a quarter of the households when left out.
    quotas
        How many quotas are tried, on forms that the city has.
    districts
        How many districts, at most eight; fewer make more pairs fit or clash.
    """
    luck = Luck(np.random.default_rng(seed), as_of, unknown, awkward, DISTRICTS[:districts])
    stock = tuple(made_pool(luck, f"P{number:03d}", largest) for number in range(pools))
    schools, ways = made_schools(luck)
    homes = settle(luck, stock, households, resident_share)
    people = tuple(made_household(luck, f"H{number:03d}", home) for number, home in enumerate(homes))
    members: list[Member] = []
    for household in people:
        members += made_members(luck, household, schools)
    return Dataset(
        households=people,
        members=tuple(members),
        pools=stock,
        schools=schools,
        travel_times=ways,
        conflicts=made_conflicts(luck, people, households // 6 if conflicts is None else conflicts),
        quotas=made_quotas(luck, stock, quotas),
        declines=made_declines(luck, people, stock, households // 4 if declines is None else declines),
    )


def settle(luck: Luck, stock: tuple[Pool, ...], households: int, share: float) -> list[str | None]:
    """Current pool of each household: residents never exceed capacity."""
    places = [pool.pool_id for pool in stock for _ in range(pool.capacity)]
    order = [places[int(index)] for index in luck.rng.permutation(len(places))]
    return [order.pop() if order and luck.hits(share) else None for _ in range(households)]


def made_conflicts(luck: Luck, people: tuple[Household, ...], count: int) -> tuple[Conflict, ...]:
    """Pairs of different households, each pair once; residents among them more often than by chance."""
    residents = [household for household in people if household.current_pool_id is not None]
    pairs = set()
    for _ in range(count if len(people) > 1 else 0):
        first = luck.pick(residents) if residents and luck.hits(0.6) else luck.pick(people)
        second = luck.pick(people)
        if first.household_id != second.household_id:
            low, high = sorted((first.household_id, second.household_id))
            pairs.add((low, high))
    return tuple(Conflict(household_id_a=low, household_id_b=high) for low, high in sorted(pairs))


def made_declines(
    luck: Luck, people: tuple[Household, ...], stock: tuple[Pool, ...], count: int
) -> tuple[Decline, ...]:
    """Declines by households and providers on days around the limits of 14 and 60 days."""
    found: dict[tuple[str, str, date], Decline] = {}
    for _ in range(count if people and stock else 0):
        household_id, pool_id = luck.pick(people).household_id, luck.pick(stock).pool_id
        day = luck.day(luck.pick(DECLINE_DAYS))
        by = luck.pick((DeclinedBy.HOUSEHOLD, DeclinedBy.PROVIDER, None))
        decline = Decline(household_id=household_id, pool_id=pool_id, declined_on=day, by=by)
        found.setdefault((household_id, pool_id, day), decline)
    return tuple(found[key] for key in sorted(found))
