"""What a limit is laid over: the pairs that may be proposed, and where everyone is before them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import NONE, Instance
from optimiser.limits.model import LimitsProblem

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scope:
    """Pairs open to choice, on top of proposals that are made already.

    Attributes
    ----------
    h, p
        Household and pool of each pair, shape (k,).
    current
        Pool of every household before the choice, NONE for none, shape (n,).
    spent_h, spent_p
        Proposals that already count against a limit, shape (s,).
    """

    instance: Instance
    h: Index
    p: Index
    current: Index
    spent_h: Index
    spent_p: Index


def scope_of(
    instance: Instance, h: Index, p: Index, current: Index, spent: tuple[Index, Index] | None = None
) -> Scope:
    """A scope; without spent proposals nothing counts yet."""
    nothing = np.zeros(0, dtype=np.int64)
    return Scope(instance, h, p, current, *(spent or (nothing, nothing)))


def household_index(instance: Instance, kind: str, household_id: str) -> int:
    """Index of a household that a limit names; LimitsProblem when there is none."""
    at = int(np.searchsorted(np.array(instance.household_ids), household_id))
    if at == instance.n or instance.household_ids[at] != household_id:
        raise LimitsProblem(kind, household_id, "unknown")
    return at


def pool_index(instance: Instance, kind: str, pool_id: str) -> int:
    """Index of a pool that a limit names; LimitsProblem when there is none."""
    try:
        return instance.pool_ids.index(pool_id)
    except ValueError:
        raise LimitsProblem(kind, pool_id, "unknown") from None


def unit_index(instance: Instance, kind: str, unit: str) -> int:
    """Index of a responsible unit that a limit names; LimitsProblem when nobody is of it."""
    if unit in instance.places:
        at = instance.places.index(unit)
        if bool((instance.households["responsible_unit"] == at).any()):
            return at
    raise LimitsProblem(kind, unit, "unknown")


def households_of(instance: Instance, kind: str, unit: str | None) -> NDArray[np.bool_]:
    """Households that a limit of a responsible unit counts, None for the whole city, shape (n,).

    Raises
    ------
    LimitsProblem
        When no household is of the unit.
    """
    if unit is None:
        return np.ones(instance.n, dtype=bool)
    return np.asarray(instance.households["responsible_unit"] == unit_index(instance, kind, unit))


def facility_index(instance: Instance, kind: str, name: str) -> int:
    """Index of a facility by its id, or by the id of a pool that has none; LimitsProblem when neither."""
    if name and name in instance.facility_ids:
        return instance.facility_ids.index(name)
    if name in instance.pool_ids:
        facility = int(instance.pools["facility"][instance.pool_ids.index(name)])
        if not instance.facility_ids[facility]:
            return facility
    raise LimitsProblem(kind, name, "unknown")


def all_women(instance: Instance) -> NDArray[np.bool_]:
    """Households all of whose adults are known to be women, shape (n,)."""
    columns = instance.households
    return np.asarray((columns["adult_women"] > 0) & (columns["adult_women"] == columns["adults"]))


def monthly_cost(instance: Instance, p: Index) -> Index:
    """SEK/month of the pool of each pair, 0 where blank, shape (k,)."""
    cost = instance.pools["monthly_cost_sek"][p].astype(np.int64)
    return np.where(cost == NONE, 0, cost)
