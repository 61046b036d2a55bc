"""Conditions on a household, three-valued: how each kind of entry in conditions.toml is read."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import HOUSEHOLD_CODES, MISSING, NONE, Instance, code_of
from optimiser.kleene import NO, UNKNOWN, YES, Truth, all_of, any_of, crisp, negate
from optimiser.policy.model import PolicyProblem
from optimiser.policy.selectors import pools_selected

Entry = Mapping[str, Any]
Recall = Callable[[str], Truth]

COMPARISONS: Mapping[str, Callable[[NDArray[Any], int], NDArray[np.bool_]]] = {
    "at_least": lambda values, limit: values >= limit,
    "at_most": lambda values, limit: values <= limit,
    "below": lambda values, limit: values < limit,
}


def evaluate(name: str, entry: Entry, instance: Instance, levels: Mapping[str, int], recall: Recall) -> Truth:
    """Truth of one condition for every household, shape (n,).

    levels are the policy's `present_levels`; `recall` gives the other conditions by name.
    """
    if "all" in entry:
        return all_of(*(recall(other) for other in entry["all"]))
    if "any" in entry:
        return any_of(*(recall(other) for other in entry["any"]))
    if "not" in entry:
        return negate(recall(entry["not"]))
    if "members" in entry:
        return _members(entry, instance)
    if "ends_within_days" in entry:
        return crisp(ends_within(instance, entry["ends_within_days"], entry["overdue_days"]))
    if "present_place" in entry:
        return crisp(present_level(instance, levels) != NONE)
    if "lives_in" in entry:
        return crisp(_at_current_pool(pools_selected(entry["lives_in"], instance), instance))
    if "fact" in entry:
        return _fact(entry, instance)
    raise PolicyProblem(f"condition {name}: of no known kind; give it fact, members, all, any or not")


def _fact(entry: Entry, instance: Instance) -> Truth:
    name = entry["fact"]
    values = instance.households[name]
    if "in" in entry:
        return _coded(name, values, entry["in"])
    if "days_ago_at_least" in entry:
        long_ago = crisp(values <= -entry["days_ago_at_least"])
        return np.where(values == MISSING, UNKNOWN, long_ago)
    if "after_as_of" in entry:
        return crisp((values != MISSING) & (values > 0))
    comparison = next(kind for kind in COMPARISONS if kind in entry)
    if name in HOUSEHOLD_CODES:
        return crisp(COMPARISONS[comparison](values, code_of(name, entry[comparison])))
    return np.where(values == NONE, UNKNOWN, crisp(COMPARISONS[comparison](values, entry[comparison])))


def _coded(name: str, values: NDArray[Any], wanted: list[str]) -> Truth:
    return np.asarray(_answers(name, tuple(wanted)).take(values))


@cache
def _answers(name: str, wanted: tuple[str, ...]) -> Truth:
    known = [str(value) for value in HOUSEHOLD_CODES[name]]
    return np.array(
        [YES if value in wanted else UNKNOWN if value == "unknown" else NO for value in known], dtype=np.int8
    )


def _members(entry: Entry, instance: Instance) -> Truth:
    columns = instance.households
    who = entry["members"]
    if who == "any_child" and "fact" in entry:
        unsure = np.where(columns["stability_unknown"] > 0, UNKNOWN, NO)
        return np.where(columns["stability_yes"] > 0, YES, unsure)
    if who == "any_child":
        return crisp(columns["children"] > 0)
    if who == "any_adult":
        return crisp(columns["oldest_adult"] >= entry["age_at_least"])
    some = columns["adults"] > 0
    if "sex" in entry:
        return crisp(
            some & (columns[f"adult_{'women' if entry['sex'] == 'woman' else 'men'}"] == columns["adults"])
        )
    return crisp(some & (columns["youngest_adult"] >= entry["age_at_least"]))


def ends_within(instance: Instance, days: int, overdue_days: int) -> NDArray[np.bool_]:
    """Whether the stay ends: the situation ends within n days (or did lately), or the current pool closes."""
    ends = instance.households["situation_ends_on"]
    soon = (ends != MISSING) & (ends >= -overdue_days) & (ends <= days)
    closes = instance.pools["closes_on"]
    return np.asarray(soon | _at_current_pool((closes != MISSING) & (closes <= days), instance))


def present_level(instance: Instance, levels: Mapping[str, int]) -> NDArray[np.int8]:
    """Level of each household's present place, NONE where it has none; shape (n,).

    levels says what place a situation means for a household without a current pool.
    """
    table = np.full(len(HOUSEHOLD_CODES["situation"]), NONE, dtype=np.int8)
    for situation, level in levels.items():
        table[code_of("situation", situation)] = level
    by_situation = table[instance.households["situation"]]
    pool = instance.households["current_pool"]
    if instance.m == 0:
        return by_situation
    return np.where(pool == NONE, by_situation, instance.pools["level"][pool])


def _at_current_pool(selected: NDArray[np.bool_], instance: Instance) -> NDArray[np.bool_]:
    pool = instance.households["current_pool"]
    if instance.m == 0:
        return np.zeros(instance.n, dtype=bool)
    return np.asarray((pool != NONE) & selected[pool])
