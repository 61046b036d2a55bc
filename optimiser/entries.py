"""A run in which nobody moves, on the few pairs that can matter: the same plan as `match`, much sooner.

Tiers and points belong to the household, so who is placed is settled by their order alone (`contest`). Rules
are read in that order, and for ever fewer pools; fit, cost and the tie-break are then weighed among the
households that can be placed at all. Limits across pools are left out first; a plan that keeps them all the
same is the best with them too, and one that does not is left to `match`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

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
from optimiser.solve.face import Prices, narrowed, whole_face
from optimiser.solve.flow import best_choice, largest_worth
from optimiser.solve.prices import prices_of

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

FIRST_READ = 6
"""Households read first, for each vacant place; and so many times more each time after."""


def best_entries(a: Assessment, priority: Priority, limits: Limits, ground: Ground) -> Plan | None:
    """The plan of `match` when nobody moves; None when limits across pools have their say.

    ground.seekers are households without a pool. Limits other than a budget always have their say.
    """
    if limits != Limits(budget=limits.budget):
        return None
    pools = np.arange(a.instance.m) if ground.pools is None else ground.pools
    pools = pools[(a.instance.pools["vacant"][pools] > 0) & ~_used_up(a.instance)[pools]]
    h, p, rank, sure = _contenders(a, priority, ground, pools)
    fit = fit_of_pairs(a, h, p)
    if ground.fit_less is not None:
        fit = fit - ground.fit_less[p]
    ties = tie_breaks(a.instance.household_ids, a.instance.pool_ids, h, p)
    goals = np.concatenate([np.stack([rank, fit, -monthly_cost(a.instance, p)]), ties])
    chosen = _best_of(h, p, goals, a.instance.pools["vacant"], sure)
    at = whereabouts(a.instance, _stands(a.instance, ground), np.zeros(a.instance.n, dtype=bool))
    sides = (
        *conflict_sides(a.instance, at, h, p),
        *quota_sides(a.instance, h, p),
        *limit_sides(scope_of(a.instance, h, p, _stands(a.instance, ground)), limits),
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
    number = _class_numbers(priority, seekers)
    numbers = number.tolist()
    vacant = a.instance.pools["vacant"][pools].tolist()
    contest = Contest(vacant)
    barred = _barred(a.instance, _stands(a.instance, ground))
    found: list[tuple[int, int, int]] = []
    for begin, end in _parts(number, FIRST_READ * sum(vacant)):
        if not contest.open:
            break
        read = _wanted(a, seekers[begin:end], pools, contest.open, barred)
        wanting = [(begin + i, wants) for i, wants in read]
        for rank, members in groupby(wanting, key=lambda some: numbers[some[0]]):
            for i, wants in contest.hold(members):
                found.append((int(seekers[i]), wants, -rank))
    return (*_pairs(found, pools), len(found) == contest.placed)


def _best_of(h: Index, p: Index, goals: Index, vacant: Index, sure: bool) -> Flags:
    """The best choice of pairs, goals strictly in order, shape (k,): few flows, on ever smaller faces.

    Households and pools are numbered anew; the walk ends as soon as one choice is left. sure: everybody is
    placed, so that the first goal, which is who is placed, has nothing left to say.
    """
    seekers, seeker = np.unique(h, return_inverse=True)
    pools, pool = np.unique(p, return_inverse=True)
    places = vacant[pools].astype(np.int64)
    problem = Problem(seeker, pool, goals, places, np.full(len(seekers), NO_HOME))
    face = whole_face(problem)
    if sure:
        face = replace(face, must=np.ones(len(seekers), dtype=bool))
    most = int(min(len(seekers), places.sum()))
    for goal in _together(goals[1:] if sure else goals, most, largest_worth(problem)):
        worth = goal[face.pairs]
        taken = best_choice(problem, face, worth)
        place = prices_of(problem, face, worth, taken)
        prices = Prices(place, np.zeros(0, dtype=np.int64))
        held = face.pairs[taken]
        face = narrowed(problem, face, worth, prices, int(worth[taken].sum()))
        if len(face.pairs) == len(held) == int(face.must.sum()):
            break
    chosen = np.zeros(len(h), dtype=bool)
    chosen[held] = True
    return chosen


def _together(goals: Iterable[Index], most: int, room: int) -> Iterator[Index]:
    """The goals in their order, as many in one as a flow takes: at most so many pairs are chosen.

    A unit of a goal outweighs whatever the goals after it can come to, so their order stays strict.
    """
    first, *others = goals
    for goal in others:
        weight = 1 + most * (int(goal.max(initial=0)) - int(goal.min(initial=0)))
        if int(np.abs(first).max(initial=0)) * weight + int(np.abs(goal).max(initial=0)) <= room:
            first = first * weight + goal
        else:
            yield first
            first = goal
    yield first


def _class_numbers(priority: Priority, seekers: Index) -> Index:
    """Number of the class of equal tier and points of each of some sorted seekers, from 0, shape (k,)."""
    tier, points = priority.tier[seekers], priority.points[seekers]
    return np.cumsum(np.append(0, (np.diff(tier) != 0) | (np.diff(points) != 0)))[: len(seekers)]


def _parts(number: Index, least: int) -> Iterator[tuple[int, int]]:
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
    packed = np.packbits(grid, axis=1, bitorder="little")
    some = np.flatnonzero(packed.any(axis=1))
    wide, text = packed.shape[1], packed[some].tobytes()
    return [
        (i, int.from_bytes(text[at : at + wide], "little"))
        for i, at in zip(some.tolist(), range(0, len(text), wide), strict=True)
    ]


def _barred(instance: Instance, stands: Index) -> dict[int, Flags]:
    """Pools closed to a household because the other side of a conflict lives in their facility."""
    closed: dict[int, Flags] = {}
    facility = instance.pools["facility"]
    for one, other in (*instance.conflicts.tolist(), *instance.conflicts[:, ::-1].tolist()):
        if stands[other] != NONE:
            there = facility == facility[stands[other]]
            closed[one] = closed.get(one, np.zeros(instance.m, dtype=bool)) | there
    return closed


def _pairs(found: list[tuple[int, int, int]], pools: Index) -> tuple[Index, Index, Index]:
    spread = [
        (household, pool, rank)
        for household, wants, rank in sorted(found)
        for pool in pools[[p for p in range(wants.bit_length()) if wants >> p & 1]].tolist()
    ]
    table = np.array(spread, dtype=np.int64).reshape(-1, 3)
    return table[:, 0].copy(), table[:, 1].copy(), table[:, 2] - table[:, 2].min(initial=0) + 1


def _used_up(instance: Instance) -> Flags:
    """Pools whose form has a quota for the whole city with nothing left, shape (m,)."""
    used_up = np.zeros(instance.m, dtype=bool)
    for quota in instance.quotas:
        if quota.left == 0 and quota.unit == NONE:
            used_up |= one_of(instance.pools["form"], quota.form_indices)
    return used_up


def _stands(instance: Instance, ground: Ground) -> Index:
    if ground.whereabouts is not None:
        return ground.whereabouts
    return instance.households["current_pool"].astype(np.int64)
