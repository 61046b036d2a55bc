"""The capacity plan: the cheapest expansion that meets a target, proven, and counted again from the city."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.dataset import Dataset
from optimiser.compatibility import assess
from optimiser.gap.deficiency import placed_count
from optimiser.instance_build import build_instance
from optimiser.policy.model import Policy
from scenarios.capacity.buildables import Buildable
from scenarios.capacity.demand import Demand, demand
from scenarios.capacity.expansion import (
    ENGINE,
    Expanded,
    Expansion,
    Offer,
    OutOfReach,
    cheapest,
    everything,
    short_of,
)
from scenarios.capacity.shortfall import Shortfall, shortfall
from scenarios.capacity.target import Target

OPTIMAL, INFEASIBLE = "optimal", "infeasible"


@dataclass(frozen=True, slots=True)
class Count:
    """What a target counts: households, how many fit at once, and how many are short."""

    demand: int
    placeable: int

    @property
    def short(self) -> int:
        """Households less those who fit."""
        return self.demand - self.placeable


@dataclass(frozen=True, slots=True)
class CapacityPlan:
    """The cheapest expansion.

    Attributes
    ----------
    status
        `optimal`: the target is met at the least cost; `infeasible`: nothing that can be built meets it, and
        the plan is the cheapest that comes as near as can be.
    places
        Places of each buildable, in their order; 0 where it is not built.
    before, after
        The target counted in the city of today, and in the city with the plan built.
    missing
        For whom places still lack with everything built; None when the target is met.
    """

    target: Target
    status: str
    buildables: tuple[Buildable, ...]
    found: Expanded
    before: Count
    after: Count
    missing: Shortfall | None

    @property
    def places(self) -> tuple[int, ...]:
        """Places of each buildable."""
        return self.found.places

    @property
    def built(self) -> tuple[tuple[Buildable, int], ...]:
        """What is built, with its places."""
        return tuple((b, places) for b, places in zip(self.buildables, self.places, strict=True) if places)


class PlanUnproven(Exception):
    """The plan, counted again from the city, is not what it was proven to be: an error of ours."""


def capacity_plan(
    city: Dataset, as_of: date, policy: Policy, target: Target, buildables: Sequence[Buildable]
) -> CapacityPlan:
    """The cheapest expansion that meets a target on the eligibility of the day.

    Cost first, then the fewest places, then the most places of what stands first among the buildables.

    Raises
    ------
    PlanUnproven
        When the count in the expanded city is not the one that was proven.
    """
    stock = tuple(buildables)
    full = _counted(city, as_of, policy, target, stock, [b.most for b in stock])
    expansion = _expansion(full, target, stock)
    missing = None
    try:
        found, status = cheapest(expansion), OPTIMAL
    except OutOfReach as out:
        missing, status = shortfall(replace(full, graph=everything(expansion))), INFEASIBLE
        found = cheapest(replace(expansion, most_short=out.least_short))
    before = _count(_counted(city, as_of, policy, target, (), ()))
    after = _count(_counted(city, as_of, policy, target, stock, found.places))
    allowed = target.most if missing is None else short_of(everything(expansion))
    if after.short > allowed or after.demand != before.demand:
        raise PlanUnproven(
            f"{target.name}: {after.short} short of {after.demand} where {allowed} were proven"
        )
    return CapacityPlan(target, status, stock, found, before, after, missing)


def plan_answer(plan: CapacityPlan, simulation: dict[str, Any] | None = None) -> dict[str, Any]:
    """What `plan --json` prints."""
    return {
        "target": plan.target.name,
        "status": plan.status,
        "cost_sek_per_year": plan.found.cost,
        "bound": plan.found.bound,
        "places": [_place(buildable, places) for buildable, places in plan.built],
        "before": _counts(plan.before),
        "after": _counts(plan.after),
        "missing": None if plan.missing is None else plan.missing.answer(),
        "proof": {"engine": ENGINE, "sets": plan.found.sets},
        "simulation": simulation,
    }


def _counted(
    city: Dataset,
    as_of: date,
    policy: Policy,
    target: Target,
    buildables: tuple[Buildable, ...],
    places: Sequence[int],
) -> Demand:
    """The target counted in the city with so many places of each buildable."""
    new = (b.with_places(count) for b, count in zip(buildables, places, strict=True) if count)
    grown = replace(city, pools=tuple(sorted((*city.pools, *new), key=lambda pool: pool.pool_id)))
    return demand(assess(policy, build_instance(grown, as_of)), target)


def _count(counted: Demand) -> Count:
    return Count(counted.graph.n, placed_count(counted.graph))


def _expansion(full: Demand, target: Target, buildables: tuple[Buildable, ...]) -> Expansion:
    at = {pool_id: p for p, pool_id in enumerate(full.assessment.instance.pool_ids)}
    offers = tuple(
        Offer(at[b.pool.pool_id], b.choices if full.pools[at[b.pool.pool_id]] else (0,), b.cost_sek_per_year)
        for b in buildables
    )
    return Expansion(full.graph, offers, target.most)


def _place(buildable: Buildable, places: int) -> dict[str, Any]:
    pool = buildable.pool
    return {
        "pool": pool.pool_id,
        "name": pool.name,
        "form": pool.form,
        "admits": str(pool.admits),
        "drug_policy": str(pool.drug_policy),
        "staffing": str(pool.staffing),
        "district": pool.district,
        "places": places,
        "cost_sek_per_year": places * buildable.cost_sek_per_year,
    }


def _counts(count: Count) -> dict[str, int]:
    return {"demand": count.demand, "placeable": count.placeable, "short": count.short}
