"""How well a place suits a household: the terms of fit, summed over any pairs."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import NONE
from optimiser.kleene import YES

Index = NDArray[np.int64]


def fit_of_pairs(a: Assessment, h: Index, p: Index) -> NDArray[np.int64]:
    """Fit of a list of pairs, in points of fit, shape (k,); higher suits better."""
    total = np.zeros(len(h), dtype=np.int64)
    for item in a.policy.fit:
        term = item["points"] * _amount(a, item, h, p)
        if "pool" in item:
            term = np.where(a.selected(item["pool"])[p], term, 0)
        if "household" in item:
            term = np.where((a.condition(item["household"]) == YES)[h], term, 0)
        if "unless" in item:
            term = np.where((a.condition(item["unless"]) == YES)[h], 0, term)
        total += term
    return total


def _amount(a: Assessment, item: Mapping[str, Any], h: Index, p: Index) -> NDArray[np.int64]:
    columns, pools = a.instance.households, a.instance.pools
    if "listed" in item:
        place = pools["form" if item["listed"].endswith("forms") else "district"]
        return np.asarray(columns[item["listed"]][h, place[p]], dtype=np.int64)
    if "same" in item:
        return np.asarray(columns[item["same"]][h] == pools["district"][p], dtype=np.int64)
    if item.get("per") == "minute_over":
        over, at_most = item["over"], item["at_most"]
        minutes = a.kept(("minutes_over", over, at_most), lambda: _minutes_over(a, over, at_most))
        return minutes[h, pools["district"][p]]
    if item.get("per") == "staffing_step_above_need":
        return np.maximum(pools["staffing"][p].astype(np.int64) - columns["support_need"][h], 0)
    return np.ones(len(h), dtype=np.int64)


def _minutes_over(a: Assessment, over: int, at_most: int) -> NDArray[np.int64]:
    """Minutes over a limit to school, summed over a household's children, shape (n, places)."""
    table = np.zeros((a.instance.n, len(a.instance.places)), dtype=np.int64)
    children = a.instance.children
    at_school = children.school != NONE
    minutes = a.instance.minutes[:, children.school[at_school]].T.astype(np.int64)
    counted = np.where(minutes == NONE, 0, np.clip(minutes - over, 0, at_most))
    if len(counted):
        households, first = np.unique(children.household[at_school], return_index=True)
        table[households] = np.add.reduceat(counted, first)
    return table
