"""What the place itself asks: open, whom it admits, children, ages, size, access."""

import numpy as np

from optimiser.assessment import Assessment
from optimiser.instance import MISSING, NONE, code_of, one_of
from optimiser.kleene import FAIL, PASS, UNKNOWN, Truth, crisp
from optimiser.policy.predicates.registry import Index, Values, predicate


def _describe_open(a: Assessment, h: int, p: int) -> tuple[Values, Values]:
    return {"as_of": str(a.instance.as_of)}, {
        "opens_on": a.day(a.instance.pools["opens_on"][p]),
        "closes_on": a.day(a.instance.pools["closes_on"][p]),
    }


@predicate(_describe_open)
def pool_open(a: Assessment, h: Index, p: Index) -> Truth:
    """The pool has opened and has not closed on the as-of date."""
    opens, closes = a.instance.pools["opens_on"][p], a.instance.pools["closes_on"][p]
    is_open = ((opens == MISSING) | (opens <= 0)) & ((closes == MISSING) | (closes > 0))
    return np.broadcast_to(crisp(is_open), np.broadcast_shapes(h.shape, p.shape))


def _describe_sex(a: Assessment, h: int, p: int) -> tuple[Values, Values]:
    counts = {
        name: int(a.instance.households[name][h]) for name in ("adult_women", "adult_men", "adult_unsure")
    }
    return counts, {"admits": a.pool_code("admits", p)}


@predicate(_describe_sex, facts=("sex",))
def adults_sex_admitted(a: Assessment, h: Index, p: Index) -> Truth:
    """The sex of every adult is admitted; unknown or other sex is a question, never a no."""
    columns = a.instance.households
    for_women = a.instance.pools["admits"][p] == code_of("admits", "women")
    for_men = a.instance.pools["admits"][p] == code_of("admits", "men")
    fails = (for_women & (columns["adult_men"] > 0)[h]) | (for_men & (columns["adult_women"] > 0)[h])
    unsure = (for_women | for_men) & (columns["adult_unsure"] > 0)[h]
    return np.where(fails, FAIL, np.where(unsure, UNKNOWN, PASS))


def _describe_children(a: Assessment, h: int, p: int) -> tuple[Values, Values]:
    own_flat = bool(a.instance.pools["own_flat"][p])
    return {"children": int(a.instance.households["children"][h])}, {
        "children": a.pool_code("children", p),
        "own_flat": own_flat,
    }


@predicate(_describe_children, facts=("children",))
def children_accepted(a: Assessment, h: Index, p: Index) -> Truth:
    """The pool takes children; when it does not say, an own flat does, another form must be asked."""
    says = a.instance.pools["children"]
    blank = np.where(a.instance.pools["own_flat"], PASS, UNKNOWN)
    yes, unknown = code_of("children", "yes"), code_of("children", "unknown")
    by_pool = np.where(says == yes, PASS, np.where(says == unknown, blank, FAIL))
    return np.broadcast_to(by_pool[p], np.broadcast_shapes(h.shape, p.shape))


def _describe_differs(
    a: Assessment, h: int, p: int, *, column: str, values: list[str]
) -> tuple[Values, Values]:
    return {column: a.pool_code(column, p)}, {"not": values}


@predicate(_describe_differs)
def pool_differs(a: Assessment, h: Index, p: Index, *, column: str, values: list[str]) -> Truth:
    """A coded column of the pool has none of some values."""
    by_pool = crisp(~one_of(a.instance.pools[column], [code_of(column, value) for value in values]))
    return np.broadcast_to(by_pool[p], np.broadcast_shapes(h.shape, p.shape))


def _describe_ages(a: Assessment, h: int, p: int) -> tuple[Values, Values]:
    observed = {name: int(a.instance.households[name][h]) for name in ("youngest_adult", "oldest_adult")}
    return observed, {name: a.number(a.instance.pools[name][p]) for name in ("min_age", "max_age")}


@predicate(_describe_ages)
def adult_ages_within(a: Assessment, h: Index, p: Index) -> Truth:
    """Every adult's age (whole years) lies within the pool's limits, both included."""
    lowest, highest = a.instance.pools["min_age"][p], a.instance.pools["max_age"][p]
    old_enough = (lowest == NONE) | (a.instance.households["youngest_adult"][h] >= lowest)
    young_enough = (highest == NONE) | (a.instance.households["oldest_adult"][h] <= highest)
    return crisp(old_enough & young_enough)


def _describe_persons(a: Assessment, h: int, p: int) -> tuple[Values, Values]:
    return {"persons": int(a.instance.households["persons"][h])}, {
        "max_persons": a.number(a.instance.pools["max_persons"][p])
    }


@predicate(_describe_persons)
def persons_at_most(a: Assessment, h: Index, p: Index) -> Truth:
    """The household has no more members than one place takes."""
    most = a.instance.pools["max_persons"][p]
    return crisp((most == NONE) | (a.instance.households["persons"][h] <= most))


def _describe_mobility(a: Assessment, h: int, p: int) -> tuple[Values, Values]:
    return {"mobility": a.household_code("mobility", h)}, {"mobility": a.pool_code("mobility", p)}


@predicate(_describe_mobility, facts=("mobility",))
def mobility_served(a: Assessment, h: Index, p: Index) -> Truth:
    """The pool serves the household's need of access; an unknown need is safe only with wheelchair access."""
    need, offer = a.instance.households["mobility"][h], a.instance.pools["mobility"][p]
    unknown, highest = code_of("mobility", "unknown"), code_of("mobility", "wheelchair")
    if_unknown = np.where(offer == highest, PASS, UNKNOWN)
    return np.where(need == unknown, if_unknown, crisp(offer >= need))
