"""Support and staffing: enough of it, and not too much."""

import numpy as np

from optimiser.assessment import Assessment
from optimiser.instance import code_of
from optimiser.kleene import FAIL, PASS, UNKNOWN, Truth, crisp
from optimiser.policy.predicates.registry import Index, Values, predicate


def _describe_support(
    a: Assessment, h: int, p: int, *, own_flat_up_to: str, agree_forms: list[str], agree_levels: list[int]
) -> tuple[Values, Values]:
    limit: Values = {"staffing": a.pool_code("staffing", p)}
    if a.instance.pools["own_flat"][p]:
        limit["own_flat_up_to"] = own_flat_up_to
    return {"support_need": a.household_code("support_need", h)}, limit


@predicate(_describe_support)
def support_met(
    a: Assessment, h: Index, p: Index, *, own_flat_up_to: str, agree_forms: list[str], agree_levels: list[int]
) -> Truth:
    """Staffing covers the need, or support can be brought to an own flat; in some forms it can be agreed."""
    need, staffing = a.instance.households["support_need"][h], a.instance.pools["staffing"][p]
    brought = a.instance.pools["own_flat"][p] & (need <= code_of("support_need", own_flat_up_to))
    agreed = a.selected({"forms": agree_forms}) | a.selected({"levels": agree_levels})
    otherwise = np.where(agreed, UNKNOWN, FAIL)[p]
    return np.where((staffing >= need) | brought, PASS, otherwise)


def _describe_steps(a: Assessment, h: int, p: int, *, steps: int) -> tuple[Values, Values]:
    return {"staffing": a.pool_code("staffing", p)}, {
        "support_need": a.household_code("support_need", h),
        "steps": steps,
    }


@predicate(_describe_steps)
def staffing_at_most_above_need(a: Assessment, h: Index, p: Index, *, steps: int) -> Truth:
    """The house is staffed at most some steps of the ladder above the household's need."""
    return crisp(a.instance.pools["staffing"][p] <= a.instance.households["support_need"][h] + steps)
