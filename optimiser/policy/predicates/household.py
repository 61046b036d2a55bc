"""What a rule asks of the household alone, whatever the pool."""

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.kleene import FAIL, PASS, UNKNOWN, YES, Truth
from optimiser.policy.predicates.registry import Index, Values, predicate


def _describe_condition(a: Assessment, h: int, p: int, *, condition: str) -> tuple[Values, Values]:
    return a.observed(condition, h), a.limits(condition)


def _not_met(a: Assessment, *, condition: str) -> NDArray[np.bool_]:
    return np.asarray(a.condition(condition) != YES)


@predicate(_describe_condition, concerns=_not_met, of_household=True)
def household_meets(a: Assessment, h: Index, p: Index, *, condition: str) -> Truth:
    """The household meets a condition: yes passes, no fails, unknown stays unknown."""
    return _for_pairs(a.condition(condition), h, p)


def _describe_cases(
    a: Assessment, h: int, p: int, *, fail_when: str = "", unknown_when: str = ""
) -> tuple[Values, Values]:
    named = [name for name in (fail_when, unknown_when) if name]
    observed: Values = {}
    for name in named:
        observed.update(a.observed(name, h))
    return observed, {"not": a.limits(fail_when)} if fail_when else {}


def _any_case(a: Assessment, *, fail_when: str = "", unknown_when: str = "") -> NDArray[np.bool_]:
    named = [name for name in (fail_when, unknown_when) if name]
    return np.asarray(np.logical_or.reduce([a.condition(name) == YES for name in named]))


@predicate(_describe_cases, concerns=_any_case, of_household=True)
def household_cases(
    a: Assessment, h: Index, p: Index, *, fail_when: str = "", unknown_when: str = ""
) -> Truth:
    """Fails in one named case, is unknown in another, else passes; a case counts only when surely so."""
    verdict = np.full(a.instance.n, PASS)
    if unknown_when:
        verdict[a.condition(unknown_when) == YES] = UNKNOWN
    if fail_when:
        verdict[a.condition(fail_when) == YES] = FAIL
    return _for_pairs(verdict, h, p)


def _for_pairs(by_household: Truth, h: Index, p: Index) -> Truth:
    if p.shape == (1,) and h.shape == by_household.shape:
        # All households and one pool, as rules of the household are mostly read: nothing to pick or spread.
        return by_household
    return np.broadcast_to(by_household[h], np.broadcast_shapes(h.shape, p.shape))
