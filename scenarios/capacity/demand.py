"""Who a target counts, and which places each of them could have, on the eligibility of the day."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import compatibility, eligibility
from optimiser.gap.deficiency import Graph
from optimiser.gap.womens_gap import structural_graph
from optimiser.gap.womens_places import SectionNeed, section_needs
from optimiser.kleene import YES
from optimiser.priority import prioritise
from scenarios.capacity.target import TIER_1, Target

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Demand:
    """Households that a target counts (n,), the pools that count as an answer (m,), and who could have which.

    Households of the graph are positions in `rows`, its pools those of the city, its places those that count.
    """

    assessment: Assessment
    rows: Index
    pools: Flags
    graph: Graph


def demand(a: Assessment, target: Target) -> Demand:
    """What a target counts in a city.

    The women's gap is counted as `optimiser.gap.womens_gap` counts the certain need. Tier 1 are all
    candidates of the first tier; each needs a vacant place in any pool but its own, and what a resident would
    leave behind is not counted as free. Capacity is the only limit: quotas and conflicts are not asked.
    """
    if target.measure == TIER_1:
        return _first_tier(a)
    needs = {need.name: need for need in section_needs(a, prioritise(a))}
    need = needs[target.section]
    if target.measure == "women_gap_structural":
        rows, graph = structural_graph(a, need)
        return Demand(a, rows, need.pools, graph)
    return _now(a, need)


def _now(a: Assessment, need: SectionNeed) -> Demand:
    rows = np.flatnonzero(need.certain)
    open_to = (eligibility(a, rows) == YES) & need.pools
    household, pool = np.nonzero(open_to)
    vacant = a.instance.pools["vacant"].astype(np.int64)
    return Demand(a, rows, need.pools, Graph(household, pool, vacant, len(rows)))


def _first_tier(a: Assessment) -> Demand:
    priority = prioritise(a)
    rows = np.flatnonzero(priority.candidate & (priority.tier == 1))
    household, pool = compatibility(a, rows).eligible
    elsewhere = a.instance.households["current_pool"][household] != pool
    at = np.searchsorted(rows, household[elsewhere])
    vacant = a.instance.pools["vacant"].astype(np.int64)
    every = np.ones(a.instance.m, dtype=bool)
    return Demand(a, rows, every, Graph(at, pool[elsewhere], vacant, len(rows)))
