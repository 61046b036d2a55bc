"""Women and men side by side: who takes part, who has an option at each level, who could be placed now."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.gap.deficiency import Graph, placed_count
from optimiser.gap.womens_places import all_adults_men, all_adults_women
from optimiser.priority import Priority

LEVELS = ("emergency", "shared", "own_temporary", "lasting")
"""Levels of the forms, 0 to 3."""

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Access:
    """What a group of candidates has to choose from.

    with_option counts by level those with at least one eligible pool, full or not; placeable_now is the
    most of this group alone that fit at once into the vacant places of any pool.
    """

    candidates: int
    with_option: dict[str, int]
    placeable_now: int


def equity(a: Assessment, priority: Priority, eligible: tuple[Index, Index]) -> dict[str, Access]:
    """Access of women and of men: households all of whose adults are one or the other.

    eligible are all eligible pairs; a household's own pool is never an option for it.
    """
    return {
        "women": _access(a, priority.candidate & all_adults_women(a), eligible),
        "men": _access(a, priority.candidate & all_adults_men(a), eligible),
    }


def _access(a: Assessment, group: NDArray[np.bool_], eligible: tuple[Index, Index]) -> Access:
    household, pool = eligible
    kept = group[household] & (a.instance.households["current_pool"][household] != pool)
    household, pool = household[kept], pool[kept]
    level = a.instance.pools["level"][pool]
    with_option = {name: len(np.unique(household[level == i])) for i, name in enumerate(LEVELS)}
    graph = Graph(household, pool, a.instance.pools["vacant"].astype(np.int64), a.instance.n)
    return Access(int(group.sum()), with_option, placed_count(graph))
