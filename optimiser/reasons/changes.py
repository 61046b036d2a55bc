"""Changes to be tried for one household: a place more, an answer to a fact, an exception from a rule."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import assess, eligibility
from optimiser.facts import OF_POOLS, answers, only_for
from optimiser.instance import Instance
from optimiser.kleene import NO, UNKNOWN, YES
from optimiser.policy.model import Policy
from optimiser.priority import prioritise
from optimiser.reasons.missing import missing_facts


@dataclass(frozen=True, slots=True)
class Change:
    """One change: a place more (`place`), an answer (`fact`) or an exception from a rule (`rule`)."""

    kind: str
    subject: str
    before: str | int
    after: str | int

    def as_data(self) -> dict[str, Any]:
        """The change as `explain --json` writes it."""
        return {"kind": self.kind, "id": self.subject, "from": self.before, "to": self.after}


@dataclass(frozen=True, slots=True)
class Trial:
    """A change to be tried, and the city with it.

    alone is the household by itself after the change, where the change concerns nobody else, and pools
    are those that it could then move to, shape (m,).
    """

    change: Change
    city: Callable[[], Assessment]
    alone: Assessment | None = None
    pools: NDArray[np.bool_] | None = None


def trials(a: Assessment, h: int) -> Iterator[Trial]:
    """What could help a household to a place.

    One more place in each pool that it is eligible for; each answer to each fact that could open a pool;
    an exception for this household, in other pools than its own, from each rule that alone closes some
    pool to it and can be set aside.
    """
    grid = eligibility(a, np.array([h]))
    current = a.instance.households["current_pool"][h]
    elsewhere = np.arange(a.instance.m) != current
    yield from _places(a, np.flatnonzero((grid[0] == YES) & elsewhere).tolist())
    one = a.instance.only(np.array([h]))
    for fact in missing_facts(a, np.array([h]), grid)[0]:
        tried: set[tuple[bytes, int, int]] = set()
        for told, city in answers(a.policy, one, fact):
            alone = assess(a.policy, city)
            row = eligibility(alone, np.array([0]))[0] == YES
            priority = prioritise(alone)
            outcome = (row.tobytes(), int(priority.tier[0]), int(priority.points[0]))
            if outcome not in tried and (row & (grid[0] != YES)).any():
                tried.add(outcome)
                change, whole = Change("fact", fact, "unknown", told), partial(_answered, a, h, fact, told)
                yield (
                    Trial(change, whole) if fact in OF_POOLS else Trial(change, whole, alone, row & elsewhere)
                )
    for rule_id in _alone_in_the_way(a, h, elsewhere):
        alone = _excepted(a.policy, one, rule_id, 0)
        row = eligibility(alone, np.array([0]))[0] == YES
        yield Trial(
            Change("rule", rule_id, "in force", "exception"),
            partial(_excepted, a.policy, a.instance, rule_id, h),
            alone,
            row & elsewhere,
        )


def _places(a: Assessment, pools: list[int]) -> Iterator[Trial]:
    for p in pools:
        before = int(a.instance.pools["capacity"][p])
        yield Trial(Change("place", a.instance.pool_ids[p], before, before + 1), partial(_roomier, a, p))


def _roomier(a: Assessment, p: int) -> Assessment:
    places = {name: a.instance.pools[name].copy() for name in ("capacity", "vacant")}
    for column in places.values():
        column[p] += 1
    return assess(a.policy, a.instance.with_pools(**places))


def _answered(a: Assessment, h: int, fact: str, told: str) -> Assessment:
    """The city with an answer to one household's unknown fact."""
    city = dict(answers(a.policy, a.instance, fact))[told]
    return assess(a.policy, only_for(a.instance, city, h))


def _excepted(policy: Policy, instance: Instance, rule_id: str, h: int) -> Assessment:
    """A city with a rule set aside for one household."""
    changed = assess(policy, instance)
    changed.excepted[rule_id] = np.arange(instance.n) == h
    return changed


def _alone_in_the_way(a: Assessment, h: int, elsewhere: NDArray[np.bool_]) -> list[str]:
    """Rules that are the only fail, with nothing on hold, in the way of some pool, in policy order."""
    each = np.array([eligibility(a, np.array([h]), [rule])[0] for rule in a.policy.rules])
    near = ((each == NO).sum(axis=0) == 1) & ~(each == UNKNOWN).any(axis=0) & elsewhere
    alone = ((each == NO) & near).any(axis=1)
    return [
        rule.rule_id
        for rule, closes in zip(a.policy.rules, alone.tolist(), strict=True)
        if closes and rule.exception_possible
    ]
