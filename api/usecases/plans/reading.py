"""A plan as one person may see it: others' households are another household, and nothing tells where."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.desk.seen import sees
from api.usecases.problems import UserError
from api.usecases.work import Work
from models.plans import Plan
from models.runs import Run
from models.store.offers import plan_of_run
from models.store.runs import run_in


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A plan and its run."""

    plan: Plan
    run: Run

    @property
    def about(self) -> Mapping[str, Any]:
        """What the run says of itself."""
        about: Mapping[str, Any] = self.run.result["run"]
        return about

    @property
    def proposals(self) -> list[Mapping[str, Any]]:
        """Proposals as the answer has them, by chain and step."""
        found: list[Mapping[str, Any]] = self.run.result["proposals"]
        return found

    @property
    def unmatched(self) -> list[Mapping[str, Any]]:
        """Households without a proposal, each with the reason."""
        found: list[Mapping[str, Any]] = self.run.result["unmatched"]
        return found


@dataclass(frozen=True, slots=True)
class ChainSeen:
    """A chain whose steps come in order; a step that is None is another household's."""

    chain: int
    in_cycle: bool
    steps: tuple[Mapping[str, Any] | None, ...]

    @property
    def households(self) -> list[str]:
        """Households in it that the person may see."""
        return [str(step["household"]) for step in self.steps if step is not None]


def stored_plan(connection: Connection, run_id: int) -> StoredPlan:
    """A plan by its run.

    Raises
    ------
    UserError
        When no plan has that number.
    """
    plan, found = plan_of_run(connection, run_id), run_in(connection, run_id)
    if plan is None or found is None:
        raise UserError("unknown_run", id=str(run_id))
    return StoredPlan(plan, found[0])


def plan_of_work(work: Work, run_id: int) -> StoredPlan:
    """As `stored_plan`, for a person's unit of work: a run is the whole city's, and is shown in parts."""
    with work.city_wide():
        return stored_plan(work.connection, run_id)


def chains_seen(stored: StoredPlan, view: CityView, actor: Actor) -> list[ChainSeen]:
    """Chains in which the person has a household, by number."""
    by_chain: dict[int, list[Mapping[str, Any]]] = {}
    for proposal in stored.proposals:
        by_chain.setdefault(int(proposal["chain"]), []).append(proposal)
    chains = [_seen(number, steps, view, actor) for number, steps in sorted(by_chain.items())]
    return [chain for chain in chains if chain.households]


def chain_seen(stored: StoredPlan, view: CityView, actor: Actor, number: int) -> ChainSeen:
    """A chain in which the person has a household.

    Raises
    ------
    UserError
        When there is none of that number, or only others are in it: nobody is told which.
    """
    for chain in chains_seen(stored, view, actor):
        if chain.chain == number:
            return chain
    raise UserError("unknown_chain")


def unmatched_seen(stored: StoredPlan, view: CityView, actor: Actor) -> list[Mapping[str, Any]]:
    """Households left without a proposal that the person may see, by tier and points."""
    mine = [entry for entry in stored.unmatched if sees(view, actor, entry["household"])]
    return sorted(mine, key=lambda entry: (entry["tier"], -entry["points"], entry["household"]))


def limits_seen(stored: StoredPlan, view: CityView, actor: Actor) -> dict[str, Any]:
    """What the run had to keep; pairs of households that the person may not see are left out."""
    told = dict(stored.run.options.get("limits", {}))
    told.pop("like", None)
    for kind in ("pins", "blocks"):
        if kind in told:
            told[kind] = [pair for pair in told[kind] if sees(view, actor, pair["household"])]
    return told


def _seen(number: int, steps: list[Mapping[str, Any]], view: CityView, actor: Actor) -> ChainSeen:
    ordered = sorted(steps, key=lambda step: (step["step"], step["household"]))
    in_cycle = len(ordered) > 1 and {step["step"] for step in ordered} == {1}
    return ChainSeen(
        number, in_cycle, tuple(step if sees(view, actor, step["household"]) else None for step in ordered)
    )
