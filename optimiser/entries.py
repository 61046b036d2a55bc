"""A run in which nobody moves, on the few pairs that can matter: the same plan as `match`, much sooner.

Tiers and points belong to the household, so who is placed is settled by their order alone (`contest`). Rules
are read in that order, and for ever fewer pools; fit, cost and the tie-break are then weighed among the
households that can be placed at all. Limits across pools are left out first; a plan that keeps them all the
same is the best with them too, and one that does not is left to `match`.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import eligibility
from optimiser.contest import Contest
from optimiser.fit import fit_of_pairs
from optimiser.ground import Ground
from optimiser.hashing import tie_breaks
from optimiser.instance import NONE, Instance, one_of
from optimiser.kleene import YES
from optimiser.limits.model import Limits
from optimiser.limits.rows import limit_sides
from optimiser.limits.scope import monthly_cost, scope_of
from optimiser.matching import Plan
from optimiser.priority import Priority
from optimiser.problem import NO_HOME, Problem
from optimiser.sides import conflict_sides, quota_sides, whereabouts
from optimiser.solve.together import best_together

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

WORD_BYTES = 8

FIRST_READ = 6
"""Households read first, for each vacant place; and so many times more each time after."""


def best_entries(a: Assessment, priority: Priority, limits: Limits, ground: Ground) -> Plan | None:
    """The plan of `match` when nobody moves; None when limits across pools have their say.

    ground.seekers are households without a pool. Limits other than a budget always have their say.
    """
    if limits != Limits(budget=limits.budget):
        return None
    pools = np.arange(a.instance.m) if ground.pools is None else ground.pools
    pools = pools[(a.instance.pools["vacant"][pools] > 0) & ~used_up(a.instance)[pools]]
    h, p, rank, sure = _contenders(a, priority, ground, pools)
    fit = fit_of_pairs(a, h, p)
    if ground.fit_less is not None:
        fit = fit - ground.fit_less[p]
    ties = tie_breaks(a.instance.household_ids, a.instance.pool_ids, h, p)
    goals = np.concatenate([np.stack([rank, fit, -monthly_cost(a.instance, p)]), ties])
    chosen = _best_of(h, p, goals, a.instance.pools["vacant"], sure)
    at = whereabouts(a.instance, stands_of(a.instance, ground), np.zeros(a.instance.n, dtype=bool))
    sides = (
        *conflict_sides(a.instance, at, h, p),
        *quota_sides(a.instance, h, p),
        *limit_sides(scope_of(a.instance, h, p, stands_of(a.instance, ground)), limits),
    )
    if any(side.load(chosen) > side.most for side in sides):
        return None
    return Plan(h[chosen], p[chosen], np.full(int(chosen.sum()), NONE))


def _contenders(
    a: Assessment, priority: Priority, ground: Ground, pools: Index
) -> tuple[Index, Index, Index, bool]:
    """Pairs that a best plan may use, sorted; the rank of the household: higher goes before; and whether
    every one of the households is placed in each best plan.
    """
    seekers = np.arange(a.instance.n) if ground.seekers is None else ground.seekers
    seekers = seekers[priority.candidate[seekers]]
    tier, points = priority.tier[seekers], priority.points[seekers]
    seekers = seekers[np.lexsort((seekers, -points, tier))]
    number = class_numbers(priority, seekers)
    numbers = number.tolist()
    vacant = a.instance.pools["vacant"][pools].tolist()
    contest = Contest(vacant)
    barred = barred_pools(a.instance, stands_of(a.instance, ground))
    found: list[tuple[int, int, int]] = []
    for begin, end in parts_of(number, FIRST_READ * sum(vacant)):
        if not contest.open:
            break
        read = _wanted(a, seekers[begin:end], pools, contest.open, barred)
        wanting = [(begin + i, wants) for i, wants in read]
        for rank, members in _classes(wanting, numbers, contest):
            for i, wants in contest.hold(members):
                found.append((int(seekers[i]), wants, -rank))
    return (*_pairs(found, pools), len(found) == contest.placed)


def _classes(
    wanting: list[tuple[int, int]], numbers: list[int], contest: Contest
) -> Iterator[tuple[int, list[tuple[int, int]]]]:
    """Classes of those who want a pool that is open when their turn comes, with the number of each class."""
    rank, members = -1, list[tuple[int, int]]()
    for i, wants in wanting:
        if numbers[i] != rank:
            if members:
                yield rank, members
            rank, members = numbers[i], []
        if wants & contest.open:
            members.append((i, wants))
    if members:
        yield rank, members


def _best_of(h: Index, p: Index, goals: Index, vacant: Index, sure: bool) -> Flags:
    """The best choice of pairs, shape (k,), households and pools numbered anew; sure: all are placed."""
    seekers, seeker = np.unique(h, return_inverse=True)
    pools, pool = np.unique(p, return_inverse=True)
    places = vacant[pools].astype(np.int64)
    problem = Problem(seeker, pool, goals, places, np.full(len(seekers), NO_HOME))
    return best_together(problem, int(min(len(seekers), places.sum())), sure)


def class_numbers(priority: Priority, seekers: Index) -> Index:
    """Number of the class of equal tier and points of each of some sorted seekers, from 0, shape (k,)."""
    tier, points = priority.tier[seekers], priority.points[seekers]
    return np.cumsum(np.append(0, (np.diff(tier) != 0) | (np.diff(points) != 0)))[: len(seekers)]


def parts_of(number: Index, least: int) -> Iterator[tuple[int, int]]:
    """Runs of whole classes: the first seeker, and the one after the last; more and more in each run."""
    begin, size = 0, max(least, 1)
    while begin < len(number):
        end = min(begin + size, len(number))
        end = int(np.searchsorted(number, number[end - 1], side="right"))
        yield begin, end
        begin, size = end, FIRST_READ * size


def _wanted(
    a: Assessment, rows: Index, pools: Index, still_open: int, barred: dict[int, Flags]
) -> list[tuple[int, int]]:
    """What those of some households who may have anything want: position in rows, and bits of pools.

    Bits stand for positions in pools; only pools still open are read.
    """
    columns = np.flatnonzero([still_open >> position & 1 for position in range(len(pools))])
    grid = np.zeros((len(rows), len(pools)), dtype=bool)
    grid[:, columns] = eligibility(a, rows, pools=pools[columns]) == YES
    for household, closed in barred.items():
        grid[rows == household] &= ~closed[pools]
    some = np.flatnonzero(grid.any(axis=1))
    return list(zip(some.tolist(), bits_of(grid[some]), strict=True))


def bits_of(grid: Flags) -> list[int]:
    """Each row of a grid as a whole number whose bit i stands for column i."""
    packed = np.packbits(grid, axis=1, bitorder="little")
    words = np.zeros((len(packed), -(-packed.shape[1] // WORD_BYTES) * WORD_BYTES), dtype=np.uint8)
    words[:, : packed.shape[1]] = packed
    first, *others = words.view("<u8").T.tolist() or [[0] * len(grid)]
    for place, bits in enumerate(others, start=1):
        first = [low | high << 8 * WORD_BYTES * place for low, high in zip(first, bits, strict=True)]
    return list(first)


def barred_pools(instance: Instance, stands: Index) -> dict[int, Flags]:
    """Pools closed to a household because the other side of a conflict lives in their facility."""
    closed: dict[int, Flags] = {}
    facility = instance.pools["facility"]
    for one, other in (*instance.conflicts.tolist(), *instance.conflicts[:, ::-1].tolist()):
        if stands[other] != NONE:
            there = facility == facility[stands[other]]
            closed[one] = closed.get(one, np.zeros(instance.m, dtype=bool)) | there
    return closed


def _pairs(found: list[tuple[int, int, int]], pools: Index) -> tuple[Index, Index, Index]:
    found.sort()
    wide = -(-len(pools) // 8)
    packed = b"".join(wants.to_bytes(wide, "little") for _, wants, _ in found)
    bits = np.unpackbits(
        np.frombuffer(packed, dtype=np.uint8).reshape(len(found), wide), axis=1, bitorder="little"
    )
    row, position = np.nonzero(bits)
    household = np.array([one for one, _, _ in found], dtype=np.int64)
    rank = np.array([rank for _, _, rank in found], dtype=np.int64)
    return household[row], pools[position], (rank - rank.min(initial=0) + 1)[row]


def used_up(instance: Instance) -> Flags:
    """Pools whose form has a quota for the whole city with nothing left, shape (m,)."""
    used_up = np.zeros(instance.m, dtype=bool)
    for quota in instance.quotas:
        if quota.left == 0 and quota.unit == NONE:
            used_up |= one_of(instance.pools["form"], quota.form_indices)
    return used_up


def stands_of(instance: Instance, ground: Ground) -> Index:
    """Pool in which each household counts as living, NONE for nowhere, shape (n,)."""
    if ground.whereabouts is not None:
        return ground.whereabouts
    return instance.households["current_pool"].astype(np.int64)
