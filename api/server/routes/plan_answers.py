"""What is answered about plans, from what is stored and what the person may see."""

from collections.abc import Mapping
from typing import Any

from api.access.actor import Actor
from api.server.problems import Problem
from api.server.routes.plan_bodies import (
    AnnouncedOut,
    ChainOut,
    FallenOut,
    PlanLine,
    PlanOut,
    PlanStep,
    PublishedOut,
    UnmatchedOut,
)
from api.usecases.city_view import CityView
from api.usecases.plans.changes import announcement
from api.usecases.plans.reading import ChainSeen, StoredPlan, limits_seen, plan_of_work
from api.usecases.plans.validity import Fallen
from api.usecases.work import Work
from models.plans import Plan
from models.runs import Run


def published_told(work: Work, run_id: int, view: CityView, actor: Actor) -> PublishedOut:
    """What publishing a plan changed; refused as missing where it is not published."""
    stored = plan_of_work(work, run_id)
    told = announcement(work, stored, view, actor)
    if told is None:
        raise Problem(404, "not_published")
    mine = [
        AnnouncedOut(household_id=m.household_id, offer_id=m.offer_id, what=m.what, pool_id=m.pool_id)
        for m in told.mine
    ]
    return PublishedOut(run_id=run_id, state=stored.plan.state, mine=mine, **told.counts)


def line_told(plan: Plan, run: Run) -> PlanLine:
    """A plan in a list."""
    return PlanLine(
        run_id=plan.run_id,
        state=plan.state,
        as_of=run.as_of,
        moves=run.moves,
        status=str(run.status),
        made_by=plan.made_by,
        made_at=plan.made_at,
        published_by=plan.published_by,
        published_at=plan.published_at,
    )


def plan_told(stored: StoredPlan, view: CityView, actor: Actor) -> PlanOut:
    """A plan with its goals and what it was made from."""
    run, about = stored.run, stored.about
    return PlanOut(
        **line_told(stored.plan, run).model_dump(),
        goals=about["goals"],
        conditional_goals=about["conditional_goals"],
        proposals=len(stored.proposals),
        unmatched=len(stored.unmatched),
        engine=run.engine,
        engine_reason=str(run.options.get("engine_reason", "")),
        seconds=run.seconds,
        policy=run.policy_hash,
        inputs=run.inputs_hash,
        versions=run.versions,
        limits=limits_seen(stored, view, actor),
        baselines=run.options.get("baselines", []),
    )


def fallen_told(fallen: Fallen) -> FallenOut:
    """A proposal that no longer holds."""
    return FallenOut(
        household_id=fallen.household_id,
        chain=fallen.chain,
        step=fallen.step,
        why=fallen.why,
        rules=list(fallen.rules),
    )


def chain_told(chain: ChainSeen) -> ChainOut:
    """A chain, others in it unnamed."""
    steps = [_step(at, step, chain.in_cycle) for at, step in enumerate(chain.steps, 1)]
    return ChainOut(chain=chain.chain, in_cycle=chain.in_cycle, steps=steps)


def _step(at: int, step: Mapping[str, Any] | None, in_cycle: bool) -> PlanStep:
    number = 1 if in_cycle else at
    if step is None:
        return PlanStep(step=number, another=True)
    figures = {name: step[name] for name in ("tier", "points", "fit", "monthly_cost_sek")}
    return PlanStep(
        step=number,
        another=False,
        household_id=step["household"],
        pool_id=step["pool"],
        from_pool_id=step["from_pool"],
        ask=list(step["ask"]),
        **figures,
    )


def unmatched_told(row: Mapping[str, Any]) -> UnmatchedOut:
    """A household that a plan proposes nothing."""
    rest = {name: row[name] for name in UnmatchedOut.model_fields if name != "household_id"}
    return UnmatchedOut(household_id=row["household"], **rest)


def by_need(row: Mapping[str, Any]) -> tuple[int, int, str]:
    """By tier, then points, then reference."""
    return row["tier"], -row["points"], row["household"]
