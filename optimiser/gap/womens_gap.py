"""The gap in women's places: who waits, who could be placed now or ever, what is short and why."""

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import compatibility, eligibility
from optimiser.gap.deficiency import Graph, Shortage, largest_deficiency_set, placed_count, shortage
from optimiser.gap.equity import Access, equity
from optimiser.gap.womens_places import SectionNeed, profiles, residents_of, section_needs
from optimiser.instance import NONE
from optimiser.kleene import YES
from optimiser.priority import prioritise

IGNORED = frozenset({"step_up", "recent_decline", "declined_form"})
"""Rules about the moment rather than the stock: left out of the structural gap."""

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Profile:
    """Certain waiting with one drug profile, placed alone; pools are those that any of them could have."""

    profile: str
    waiting: int
    places: int
    vacant: int
    placeable_now: int
    pools: Index

    @property
    def gap_now(self) -> int:
        """Waiting less placeable."""
        return self.waiting - self.placeable_now


@dataclass(frozen=True, slots=True)
class Structural:
    """Demand in the long run, and the most of it that all places, vacant or not, could hold at once."""

    demand: int
    placeable: int

    @property
    def gap(self) -> int:
        """Demand less placeable."""
        return self.demand - self.placeable


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the gap; all counts are households or places.

    waiting and placeable are (certain, possible) and (certain, all). need says who was counted.
    """

    need: SectionNeed
    waiting: tuple[int, int]
    places: int
    vacant: int
    placeable_now: tuple[int, int]
    structural: Structural
    profiles: tuple[Profile, ...]
    bottleneck: Shortage
    by_cause: tuple[tuple[str, int], ...]

    @property
    def gap_now(self) -> tuple[int, int]:
        """Waiting less placeable: of the certain, and of all."""
        certain, possible = self.waiting
        return certain - self.placeable_now[0], certain + possible - self.placeable_now[1]


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap in women's places on a day, with women's and men's access beside it."""

    assessment: Assessment
    sections: tuple[Section, ...]
    equity: dict[str, Access]


def gap(a: Assessment) -> Gap:
    """Count the gap of an assessed city."""
    priority = prioritise(a)
    eligible = compatibility(a).eligible
    sections = tuple(_section(a, need) for need in section_needs(a, priority))
    return Gap(a, sections, equity(a, priority, eligible))


def gap_answer(found: Gap) -> dict[str, Any]:
    """The gap as the data that `gap --json` prints."""
    answer: dict[str, Any] = {"as_of": str(found.assessment.instance.as_of)}
    answer |= {section.need.name: _section_answer(found.assessment, section) for section in found.sections}
    answer["equity"] = {name: asdict(access) for name, access in found.equity.items()}
    return answer


def sole_causes(a: Assessment, rows: Index, pools: Index) -> tuple[tuple[str, int], ...]:
    """Rules by how many of some households they alone keep from at least one of some pools.

    A fail stands in the way, and so does an unknown that holds. Most households first, then by rule id.
    """
    each = {rule.rule_id: eligibility(a, rows, [rule])[:, pools] != YES for rule in a.policy.rules}
    in_the_way = np.zeros((len(rows), len(pools)), dtype=np.int64)
    for closed in each.values():
        in_the_way += closed
    counts = Counter(
        {name: int((closed & (in_the_way == 1)).any(axis=1).sum()) for name, closed in each.items()}
    )
    return tuple(sorted((+counts).items(), key=lambda item: (-item[1], item[0])))


def structural_graph(a: Assessment, need: SectionNeed) -> tuple[Index, Graph]:
    """The demand of a section in the long run, by index, and which of its places each of it could have.

    Households of the graph are positions in the demand; its places are all, vacant or not.
    """
    residents = residents_of(a, need.pools)
    rows = np.flatnonzero(need.certain | residents)
    lasting = [rule for rule in a.policy.rules if rule.rule_id not in IGNORED]
    open_to = eligibility(a, rows, lasting) == YES
    current = a.instance.households["current_pool"][rows]
    lives = np.flatnonzero(residents[rows] & (current != NONE))
    open_to[lives, current[lives]] = True
    return rows, _graph(open_to, need.pools, a.instance.pools["capacity"])


def _section(a: Assessment, need: SectionNeed) -> Section:
    stock = a.instance.pools
    rows = np.flatnonzero(need.certain | need.possible)
    open_to = eligibility(a, rows) == YES
    certain = need.certain[rows]
    graph = _graph(open_to, need.pools, stock["vacant"])
    sure = _of(graph, certain)
    closed = certain & ~(open_to & need.pools).any(axis=1)
    return Section(
        need=need,
        waiting=(int(certain.sum()), int((~certain).sum())),
        places=int(stock["capacity"][need.pools].sum()),
        vacant=int(stock["vacant"][need.pools].sum()),
        placeable_now=(placed_count(sure), placed_count(graph)),
        structural=_structural(a, need),
        profiles=tuple(
            _profile(a, name, graph, certain & having[rows]) for name, having in profiles(a).items()
        ),
        bottleneck=shortage(sure, largest_deficiency_set(sure) & certain),
        by_cause=sole_causes(a, rows[closed], np.flatnonzero(need.pools)),
    )


def _graph(open_to: Flags, pools: Flags, places: NDArray[Any]) -> Graph:
    household, pool = np.nonzero(open_to & pools)
    return Graph(household, pool, places.astype(np.int64), len(open_to))


def _of(graph: Graph, members: Flags) -> Graph:
    kept = members[graph.household]
    return Graph(graph.household[kept], graph.pool[kept], graph.places, graph.n)


def _profile(a: Assessment, name: str, graph: Graph, members: Flags) -> Profile:
    alone = _of(graph, members)
    pools = np.unique(alone.pool)
    return Profile(
        profile=name,
        waiting=int(members.sum()),
        places=int(a.instance.pools["capacity"][pools].sum()),
        vacant=int(a.instance.pools["vacant"][pools].sum()),
        placeable_now=placed_count(alone),
        pools=pools,
    )


def _structural(a: Assessment, need: SectionNeed) -> Structural:
    rows, graph = structural_graph(a, need)
    return Structural(len(rows), placed_count(graph))


def _section_answer(a: Assessment, section: Section) -> dict[str, Any]:
    bottleneck, ids = section.bottleneck, a.instance.pool_ids
    return {
        "waiting": dict(zip(("certain", "possible"), section.waiting, strict=True)),
        "places": section.places,
        "vacant": section.vacant,
        "placeable_now": dict(zip(("certain", "all"), section.placeable_now, strict=True)),
        "gap_now": dict(zip(("certain", "all"), section.gap_now, strict=True)),
        "structural": {
            "demand": section.structural.demand,
            "placeable": section.structural.placeable,
            "gap": section.structural.gap,
        },
        "profiles": [
            {
                "profile": p.profile,
                "waiting": p.waiting,
                "places": p.places,
                "vacant": p.vacant,
                "placeable_now": p.placeable_now,
                "gap_now": p.gap_now,
            }
            for p in section.profiles
        ],
        "bottleneck": {
            "households": len(bottleneck.households),
            "pools": [ids[p] for p in bottleneck.pools.tolist()],
            "places": bottleneck.places,
        },
        "by_cause": [{"rule": rule, "households": n} for rule, n in section.by_cause],
    }
