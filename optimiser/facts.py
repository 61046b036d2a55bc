"""Facts that can be unknown: where they are, and the same city with one of them confirmed."""

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from models.codes import Fact, MentalHealth, Mobility, SubstanceUse
from optimiser.instance import HOUSEHOLD_CODES, MISSING, NONE, Instance, code_of
from optimiser.policy.model import Policy

CODED = tuple(
    name for name, kind in HOUSEHOLD_CODES.items() if kind in (Fact, MentalHealth, Mobility, SubstanceUse)
)
NUMBERED = ("homeless_since", "shis_months")

ELSEWHERE = -2
"""A responsible unit in none of the districts where places are."""

FACTS = (*CODED, *NUMBERED, "responsible_unit", "safe_districts", "sex", "special_stability_need", "children")
"""All facts by column name; `children` is a pool's, `sex` and `special_stability_need` a member's."""


OF_POOLS = ("children",)
"""Facts about pools, whose answer concerns everybody."""


def unknown(instance: Instance, fact: str) -> NDArray[np.bool_]:
    """Households whose fact is unknown, shape (n,); for `children`, households that have a child."""
    columns = instance.households
    if fact in CODED:
        return np.asarray(columns[fact] == code_of(fact, "unknown"))
    if fact == "homeless_since":
        return np.asarray(columns[fact] == MISSING)
    if fact in ("shis_months", "responsible_unit"):
        return np.asarray(columns[fact] == NONE)
    if fact == "safe_districts":
        return np.asarray(~columns[fact].all(axis=1))
    if fact == "sex":
        return np.asarray(columns["adult_unsure"] > 0)
    if fact == "special_stability_need":
        return np.asarray(columns["stability_unknown"] > 0)
    return np.asarray(columns["children"] > 0)


def confirmed(policy: Policy, instance: Instance, fact: str) -> Iterator[Instance]:
    """The city with the fact known wherever it was unknown, once for each answer that can matter."""
    return (city for _, city in answers(policy, instance, fact))


def answers(policy: Policy, instance: Instance, fact: str) -> Iterator[tuple[str, Instance]]:
    """Each answer to an unknown fact that can matter, as written, and the city with it known everywhere."""
    columns, blank = instance.households, unknown(instance, fact)
    if fact in CODED:
        for value in HOUSEHOLD_CODES[fact]:
            if value != "unknown":
                known = np.where(blank, code_of(fact, value), columns[fact]).astype(np.int8)
                yield str(value), instance.with_households(**{fact: known})
    elif fact in NUMBERED:
        for number in _telling_numbers(policy, fact):
            told = str(instance.as_of + timedelta(days=number)) if fact == "homeless_since" else str(number)
            yield told, instance.with_households(**{fact: np.where(blank, number, columns[fact])})
    elif fact == "responsible_unit":
        elsewhere = np.where(blank, ELSEWHERE, columns[fact])
        yield "elsewhere", instance.with_households(responsible_unit=elsewhere)
    elif fact == "safe_districts":
        yield "|".join(instance.places), instance.with_households(safe_districts=np.ones_like(columns[fact]))
    elif fact == "sex":
        for sex, column in (("woman", "adult_women"), ("man", "adult_men")):
            counted = columns[column] + columns["adult_unsure"]
            nobody = np.zeros_like(counted)
            yield sex, instance.with_households(**{column: counted}, adult_unsure=nobody)
    elif fact == "special_stability_need":
        yield (
            "yes",
            instance.with_households(
                stability_yes=columns["stability_yes"] + columns["stability_unknown"],
                stability_unknown=np.zeros_like(columns["stability_unknown"]),
            ),
        )
    else:
        says = instance.pools["children"]
        answered = np.where(says == code_of("children", "unknown"), code_of("children", "yes"), says)
        yield "yes", instance.with_pools(children=answered.astype(np.int8))


def only_for(before: Instance, after: Instance, h: int) -> Instance:
    """The city before, with what changed after taken over for one household alone; pools as after."""
    columns = {}
    for name, column in before.households.items():
        if column is not after.households[name]:
            columns[name] = column.copy()
            columns[name][h] = after.households[name][h]
    return after.with_households(**{**before.households, **columns})


def _telling_numbers(policy: Policy, fact: str) -> list[int]:
    """Numbers on each side of every limit that a condition sets for a day or a count of months."""
    limits = {
        int(entry[kind])
        for entry in policy.conditions.values()
        if entry.get("fact") == fact
        for kind in ("days_ago_at_least", "at_least", "at_most", "below")
        if kind in entry
    }
    if fact == "homeless_since":
        return sorted({0} | {-limit for limit in limits} | {1 - limit for limit in limits})
    return sorted({0} | {number for limit in limits for number in (limit - 1, limit, limit + 1)})
