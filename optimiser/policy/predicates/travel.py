"""Children keep their school: travel times from the new district."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import NONE
from optimiser.kleene import PASS, UNKNOWN, Truth, crisp
from optimiser.policy.predicates.registry import Index, Values, predicate

Numbers = NDArray[np.signedinteger[Any]]


def _limit_by_age(
    ages: Numbers, minutes_under_10: int, minutes_10_to_12: int, minutes_13_to_15: int, minutes_16_to_17: int
) -> Numbers:
    return np.select(
        [ages < 10, ages <= 12, ages <= 15],
        [minutes_under_10, minutes_10_to_12, minutes_13_to_15],
        default=minutes_16_to_17,
    )


def _describe_travel(
    a: Assessment,
    h: int,
    p: int,
    *,
    minutes_under_10: int,
    minutes_10_to_12: int,
    minutes_13_to_15: int,
    minutes_16_to_17: int,
    school_age_from: int,
    school_age_to: int,
) -> tuple[Values, Values]:
    children = a.instance.children
    mine = np.flatnonzero(children.household == h)
    limits = _limit_by_age(
        children.age[mine], minutes_under_10, minutes_10_to_12, minutes_13_to_15, minutes_16_to_17
    )
    district = a.instance.pools["district"][p]
    current = a.current_district[h]
    minutes: list[Values] = []
    for child, limit in zip(mine, limits, strict=True):
        school = children.school[child]
        entry: Values = {"age": int(children.age[child]), "limit": int(limit), "minutes": None}
        if school != NONE:
            entry["minutes"] = a.number(a.instance.minutes[district, school])
            if current != NONE:
                entry["minutes_today"] = a.number(a.instance.minutes[current, school])
        minutes.append(entry)
    return {"children": [{k: v for k, v in e.items() if k != "limit"} for e in minutes]}, {
        "minutes": [e["limit"] for e in minutes]
    }


@predicate(_describe_travel, facts=("school_id",))
def school_travel_within(
    a: Assessment,
    h: Index,
    p: Index,
    *,
    minutes_under_10: int,
    minutes_10_to_12: int,
    minutes_13_to_15: int,
    minutes_16_to_17: int,
    school_age_from: int,
    school_age_to: int,
) -> Truth:
    """Every child reaches its school within the minutes of its age, or no slower than today."""
    limits = (minutes_under_10, minutes_10_to_12, minutes_13_to_15, minutes_16_to_17)
    ages = (school_age_from, school_age_to)
    table = a.kept(("school_travel_within", limits, ages), lambda: _worst_by_place(a, limits, ages))
    return np.asarray(table[h, a.instance.pools["district"][p]])


def _worst_by_place(a: Assessment, limits: tuple[int, int, int, int], ages: tuple[int, int]) -> Truth:
    """The worst verdict of a household's children for a home in each place, shape (n, places)."""
    children = a.instance.children
    limit = _limit_by_age(children.age, *limits)
    schools = a.instance.minutes.shape[1]
    new: Numbers = a.instance.minutes[:, children.school].T if schools else _no_schools(a)
    current: Numbers = a.current_district[children.household]
    over, has_home = new > limit[:, None], (current != NONE)[:, None]
    if has_home.any() and new.size:
        today: Numbers = np.take_along_axis(new, np.maximum(current, 0)[:, None], axis=1)
        known_today = has_home & (today != NONE)
        verdict = crisp(~over | (known_today & (new <= today)))
        verdict[over & has_home & ~known_today] = UNKNOWN
    else:
        verdict = crisp(~over)
    verdict[new == NONE] = UNKNOWN
    without = children.school == NONE
    needs_school = (children.age >= ages[0]) & (children.age <= ages[1])
    verdict[without] = np.where(needs_school, UNKNOWN, PASS)[without, None]
    worst = np.full((a.instance.n, len(a.instance.places)), PASS)
    if len(verdict):
        households, first = np.unique(children.household, return_index=True)
        worst[households] = np.minimum.reduceat(verdict, first)
    return worst


def _no_schools(a: Assessment) -> Numbers:
    return np.full((len(a.instance.children.age), len(a.instance.places)), NONE)
