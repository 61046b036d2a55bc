"""For whom places lack when everything is built: the largest deficiency set, and what its households need."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.codes import Mobility, Support
from optimiser.gap.deficiency import largest_deficiency_set, shortage
from optimiser.gap.womens_gap import sole_causes
from optimiser.gap.womens_places import profiles
from optimiser.instance import code_of
from scenarios.capacity.demand import Demand

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Need:
    """Households of one kind: drug profile (`optimiser.gap.womens_places.PROFILES`), support that they need,
    with children or not, and the access they need, each as coded."""

    profile: str
    support_need: str
    children: bool
    mobility: str
    households: int


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Households that too few places are left for.

    Attributes
    ----------
    households, places
        In the largest deficiency set, and the places they share.
    nowhere
        Of them, those who could have no pool at all.
    needs
        Their needs, the most frequent first.
    causes
        Rules that alone keep some of those with no pool from one, by how many; most first.
    """

    households: int
    places: int
    nowhere: int
    needs: tuple[Need, ...]
    causes: tuple[tuple[str, int], ...]

    @property
    def short(self) -> int:
        """Households less places."""
        return self.households - self.places

    def answer(self) -> dict[str, Any]:
        """For programs."""
        return {
            "households": self.households,
            "places": self.places,
            "short": self.short,
            "nowhere": self.nowhere,
            "needs": [
                {
                    "profile": need.profile,
                    "support_need": need.support_need,
                    "children": need.children,
                    "mobility": need.mobility,
                    "households": need.households,
                }
                for need in self.needs
            ],
            "by_cause": [{"rule": rule, "households": n} for rule, n in self.causes],
        }


def shortfall(counted: Demand) -> Shortfall:
    """The largest deficiency set of a demand, described."""
    graph, a = counted.graph, counted.assessment
    members = largest_deficiency_set(graph)
    found = shortage(graph, members)
    somewhere = np.zeros(graph.n, dtype=bool)
    somewhere[graph.household] = True
    nowhere = counted.rows[members & ~somewhere]
    return Shortfall(
        households=len(found.households),
        places=found.places,
        nowhere=len(nowhere),
        needs=_needs(counted, members),
        causes=sole_causes(a, nowhere, np.flatnonzero(counted.pools)),
    )


def _needs(counted: Demand, members: Flags) -> tuple[Need, ...]:
    columns = counted.assessment.instance.households
    rows = counted.rows[members]
    of_profile = {name: having[rows] for name, having in profiles(counted.assessment).items()}
    supports = {code_of("support_need", value): str(value) for value in Support}
    access = {code_of("mobility", value): str(value) for value in Mobility}
    kinds: Counter[tuple[str, str, bool, str]] = Counter()
    for i, row in enumerate(rows.tolist()):
        profile = next(name for name, having in of_profile.items() if having[i])
        kinds[
            profile,
            supports[int(columns["support_need"][row])],
            bool(columns["children"][row] > 0),
            access[int(columns["mobility"][row])],
        ] += 1
    ranked = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Need(*kind, households=n) for kind, n in ranked)
