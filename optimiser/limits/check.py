"""Judges proposals against a run's limits, counted household by household; knows no solver."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from optimiser.instance import NONE, Instance, code_of
from optimiser.limits.model import Limits

Pair = tuple[int, int]
"""A household and the pool proposed to it, by index."""


def broken_limits(instance: Instance, limits: Limits, pairs: Sequence[Pair]) -> Iterable[str]:
    """What a set of proposals breaks of the limits that it was to keep, in words."""
    yield from _budgets(instance, limits, pairs)
    yield from _equity(instance, limits, pairs)
    yield from _groups(instance, limits, pairs)
    yield from _pins(instance, limits, pairs)
    yield from _reserves(instance, limits, pairs)
    if limits.most is not None and len(pairs) > limits.most:
        yield f"{len(pairs)} proposals, {limits.most} are allowed"


def kept_of(instance: Instance, limits: Limits, pairs: Sequence[Pair]) -> int:
    """How many proposals of the earlier plan stand."""
    named = {(instance.household_ids[h], instance.pool_ids[p]) for h, p in pairs}
    return len(named & set(limits.like or ()))


def _of_unit(instance: Instance, unit: str) -> Callable[[int], bool]:
    column = instance.households["responsible_unit"]
    return lambda h: bool(column[h] != NONE) and instance.places[column[h]] == unit


def _budgets(instance: Instance, limits: Limits, pairs: Sequence[Pair]) -> Iterable[str]:
    cost = instance.pools["monthly_cost_sek"]
    if limits.budget is not None:
        total = sum(max(int(cost[p]), 0) for _, p in pairs)
        if total > limits.budget:
            yield f"the proposals cost {total} SEK/month, the budget is {limits.budget}"
    for unit, most in limits.budget_of_unit:
        counts = _of_unit(instance, unit)
        total = sum(max(int(cost[p]), 0) for h, p in pairs if counts(h))
        if total > most:
            yield f"the proposals of {unit} cost {total} SEK/month, its budget is {most}"


def _equity(instance: Instance, limits: Limits, pairs: Sequence[Pair]) -> Iterable[str]:
    columns = instance.households

    def short(share: Fraction, households: Sequence[int]) -> bool:
        women = sum(1 for h in households if 0 < columns["adult_women"][h] == columns["adults"][h])
        return women < share * len(households)

    if limits.women_share is not None and short(limits.women_share, [h for h, _ in pairs]):
        yield f"the share of women is below {limits.women_share}"
    for unit, share in limits.women_share_of_unit:
        counts = _of_unit(instance, unit)
        if short(share, [h for h, _ in pairs if counts(h)]):
            yield f"the share of women of {unit} is below {share}"


def _groups(instance: Instance, limits: Limits, pairs: Sequence[Pair]) -> Iterable[str]:
    current, use = instance.households["current_pool"], instance.households["substance_use"]
    facility, active = instance.pools["facility"], code_of("substance_use", "active")
    proposed = dict(pairs)
    for name, most in limits.groups:
        at = _house(instance, name)
        before = {h for h in range(instance.n) if current[h] != NONE and facility[current[h]] == at}
        after = before - set(proposed) | {h for h, p in proposed.items() if facility[p] == at}
        count = Counter(bool(use[h] == active) for h in after)[True]
        came = [h for h in after - before if use[h] == active]
        if came and count > most:
            yield f"{count} households with active use in {name}, {most} are allowed"


def _house(instance: Instance, name: str) -> int:
    """A facility by its id; a pool without one is its own."""
    if name in instance.facility_ids:
        return instance.facility_ids.index(name)
    return int(instance.pools["facility"][instance.pool_ids.index(name)])


def _pins(instance: Instance, limits: Limits, pairs: Sequence[Pair]) -> Iterable[str]:
    named = {(instance.household_ids[h], instance.pool_ids[p]) for h, p in pairs}
    for household, pool in sorted(set(limits.pins) - named):
        yield f"{household} -> {pool}: has to be proposed and is not"
    for household, pool in sorted(set(limits.blocks) & named):
        yield f"{household} -> {pool}: must not be proposed"


def _reserves(instance: Instance, limits: Limits, pairs: Sequence[Pair]) -> Iterable[str]:
    current, vacant = instance.households["current_pool"], instance.pools["vacant"]
    entries, left = Counter(p for _, p in pairs), Counter(int(current[h]) for h, _ in pairs)
    for pool, places in limits.reserves:
        p = instance.pool_ids.index(pool)
        free = int(vacant[p]) - entries[p] + left[p]
        if free < min(places, int(vacant[p])):
            yield f"{free} places stay free in {pool}, {places} are reserved"
