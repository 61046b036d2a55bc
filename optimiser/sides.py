"""Limits that cut across pools, as rows of the problem: conflicts between households, and quotas."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import NONE, Instance, one_of
from optimiser.problem import SideLimit

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where each household is before the run, by facility index, and whether it may leave.

    facility (n,), NONE for who is in no pool; may_leave (n,).
    """

    facility: Index
    may_leave: NDArray[np.bool_]


def whereabouts(instance: Instance, pool: NDArray[np.int64], may_leave: NDArray[np.bool_]) -> Whereabouts:
    """Whereabouts of households that are in some pools (NONE for nowhere), shape (n,)."""
    facility = np.full(instance.n, NONE, dtype=np.int64)
    lives = pool != NONE
    facility[lives] = instance.pools["facility"][pool[lives]]
    return Whereabouts(facility, may_leave)


def barred_by_conflict(instance: Instance, at: Whereabouts, h: Index, p: Index) -> NDArray[np.bool_]:
    """Pairs into a facility where the other side of a conflict lives and cannot leave, shape (k,)."""
    barred = np.zeros(len(h), dtype=bool)
    facility = instance.pools["facility"][p]
    for a, b in (*instance.conflicts.tolist(), *instance.conflicts[:, ::-1].tolist()):
        if at.facility[b] != NONE and not at.may_leave[b]:
            barred |= (h == a) & (facility == at.facility[b])
    return barred


def conflict_sides(instance: Instance, at: Whereabouts, h: Index, p: Index) -> list[SideLimit]:
    """Rows that keep the two of a conflict out of one facility, over a list of pairs sorted by household.

    For a facility: entries of both, plus one while either lives there and stays, are at most 1. Two who
    already live in one facility may both stay; each row then speaks of one of them staying.
    """
    facility = instance.pools["facility"][p]
    sides: list[SideLimit] = []
    for a, b in instance.conflicts.tolist():
        mine, theirs = _pairs_of(h, a), _pairs_of(h, b)
        for house in _shared_houses(at, (a, b), facility[mine], facility[theirs]):
            into_a, into_b = mine[facility[mine] == house], theirs[facility[theirs] == house]
            into = np.concatenate([into_a, into_b])
            residents = [
                everything
                for resident, everything in ((a, mine), (b, theirs))
                if at.facility[resident] == house and at.may_leave[resident]
            ]
            for leaving in residents:
                pairs = np.concatenate([into, leaving])
                coefficient = np.concatenate([np.ones(len(into)), -np.ones(len(leaving))]).astype(np.int64)
                sides.append(SideLimit("conflict", pairs, coefficient, 0))
            if not residents and into_a.size and into_b.size:
                sides.append(SideLimit("conflict", into, np.ones(len(into), dtype=np.int64), 1))
    return sides


def _shared_houses(at: Whereabouts, sides: tuple[int, int], mine: Index, theirs: Index) -> list[int]:
    """Facilities that both could enter, or one could where either lives and may leave; sorted."""
    one, other = set(mine.tolist()), set(theirs.tolist())
    left = {int(at.facility[side]) for side in sides if at.may_leave[side]}
    return sorted((one & other) | ((one | other) & left))


def quota_sides(
    instance: Instance, h: Index, p: Index, spent: tuple[Index, Index] | None = None
) -> list[SideLimit]:
    """Rows that keep entries within this year's quotas; `spent` are proposals that already use them."""
    sides = []
    for quota in instance.quotas:
        left = quota.left
        if spent is not None:
            left = max(0, left - len(_under(instance, quota.form_indices, quota.unit, *spent)))
        pairs = _under(instance, quota.form_indices, quota.unit, h, p)
        if pairs.size:
            name = "quota " + "|".join(quota.forms)
            sides.append(SideLimit(name, pairs, np.ones(len(pairs), dtype=np.int64), left))
    return sides


def _under(instance: Instance, forms: tuple[int, ...], unit: int, h: Index, p: Index) -> Index:
    counted = one_of(instance.pools["form"][p], forms)
    if unit != NONE:
        counted &= instance.households["responsible_unit"][h] == unit
    return np.flatnonzero(counted)


def _pairs_of(h: Index, household: int) -> Index:
    start, end = np.searchsorted(h, [household, household + 1])
    return np.arange(start, end)
