"""Pairs that a best plan can use where residents may move: places that can come free, and who comes first.

Two arguments, both exact, leave few of all eligible pairs.

- A place comes free in a pool when it is vacant, when a resident moves on to a place that comes free, or in a
  round of residents who change places. Nobody is proposed any other pool.
- Nobody enters a pool from outside while a household of greater need from outside, who could have that place,
  gets none: the heavier one would take it, and everything else would stay as it is. As many enter from
  outside as places are vacant, so whoever stands behind that many for a pool does not get it.
"""

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import eligibility
from optimiser.entries import class_numbers, parts_of, used_up
from optimiser.ground import Ground
from optimiser.instance import NONE, Instance
from optimiser.kleene import YES
from optimiser.limits.model import Limits
from optimiser.priority import Priority

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

FIRST_READ = 3
"""Households outside that are read first, for each vacant place."""


def within_reach(
    a: Assessment, priority: Priority, limits: Limits, ground: Ground
) -> tuple[Index, Index] | None:
    """Eligible pairs (household, pool), sorted, with every pair that a best plan uses.

    None when a limit other than a budget is set: it may ask for a household that need alone would pass over.
    ground names pools that are not over-full.
    """
    if limits != Limits(budget=limits.budget):
        return None
    instance = a.instance
    pools = np.arange(instance.m) if ground.pools is None else ground.pools
    pools = pools[~used_up(instance)[pools]]
    seekers = np.arange(instance.n) if ground.seekers is None else ground.seekers
    seekers = seekers[priority.candidate[seekers]]
    current = instance.households["current_pool"]
    residents, outside = seekers[current[seekers] != NONE], seekers[current[seekers] == NONE]

    grid = np.zeros((instance.n, instance.m), dtype=bool)
    grid[np.ix_(residents, pools)] = eligibility(a, residents, pools=pools) == YES
    grid[residents, current[residents]] = False
    free = pools[_comes_free(instance, current[residents], grid[residents])[pools]]
    reached = np.zeros(instance.m, dtype=bool)
    reached[free] = True
    grid[residents] &= reached

    vacant = int(instance.pools["vacant"][pools].sum())
    outside = outside[np.lexsort((outside, -priority.points[outside], priority.tier[outside]))]
    _first_in_need(a, priority, outside, free, vacant, grid)
    h, p = np.nonzero(grid)
    return h, p


def _comes_free(instance: Instance, home: NDArray[np.int32], open_to: Flags) -> Flags:
    """Pools in which a place can come free, shape (m,): home (k,) of residents, open_to (k, m) theirs."""
    leads = np.zeros((instance.m, instance.m), dtype=bool)
    resident, pool = np.nonzero(open_to)
    leads[home[resident], pool] = True
    vacant = instance.pools["vacant"] > 0
    free = np.ones(instance.m, dtype=bool)
    while True:
        # A pool stays while a way from it goes on: to a vacant place, or round and round.
        still = vacant | (leads & free).any(axis=1)
        if (still == free).all():
            return np.asarray(free)
        free = still


def _first_in_need(
    a: Assessment, priority: Priority, outside: Index, pools: Index, vacant: int, grid: Flags
) -> None:
    """Open to households without a pool, sorted by need, what fewer than `vacant` before them could have."""
    number = class_numbers(priority, outside)
    unhindered = _unhindered(a.instance)
    before = np.zeros(len(pools), dtype=np.int64)
    for begin, end in parts_of(number, FIRST_READ * vacant):
        still = np.flatnonzero(before < vacant)
        if not still.size:
            break
        rows = outside[begin:end]
        fits = eligibility(a, rows, pools=pools[still]) == YES
        ahead = np.cumsum(np.vstack([before[still], fits & unhindered[rows, None]]), axis=0)
        of_greater_need = ahead[np.searchsorted(number[begin:end], number[begin:end])]
        grid[np.ix_(rows, pools[still])] = fits & (of_greater_need < vacant)
        before[still] = ahead[-1]


def _unhindered(instance: Instance) -> Flags:
    """Households that may take a place from whoever has it as far as conflicts and quotas go, shape (n,)."""
    unhindered = np.ones(instance.n, dtype=bool)
    unhindered[instance.conflicts.ravel()] = False
    for quota in instance.quotas:
        if quota.unit != NONE:
            unhindered &= instance.households["responsible_unit"] != quota.unit
    return unhindered
