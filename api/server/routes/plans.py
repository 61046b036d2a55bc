"""Plans: made as jobs, read chain by chain, judged again on the present city, compared and published."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from api.access.actor import Actor
from api.server.desk import done_once, looked, shown
from api.server.etags import IfMatch, must_match
from api.server.job_bodies import JobOut
from api.server.jobs import taken_on
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.routes.plan_answers import (
    by_need,
    chain_told,
    fallen_told,
    line_told,
    plan_told,
    published_told,
    unmatched_told,
)
from api.server.routes.plan_bodies import (
    ChainOut,
    DifferenceOut,
    NewPlan,
    PlanLine,
    PlanOut,
    PublishedOut,
    UnmatchedOut,
    ValidityOut,
)
from api.server.service import Here
from api.usecases.desk.seen import sees
from api.usecases.offers.publishing import publish
from api.usecases.plans.asking import PlanAsked, ask_for_plan, ask_for_replay
from api.usecases.plans.changes import difference
from api.usecases.plans.reading import (
    ChainSeen,
    StoredPlan,
    chain_seen,
    chains_seen,
    plan_of_work,
    unmatched_seen,
)
from api.usecases.plans.validity import validity
from api.usecases.work import Work
from models.database import reading
from models.plans import PlanState
from models.store.plans import plans_with_runs
from optimiser.limits.model import LimitsProblem

router = APIRouter(prefix="/plans", tags=["plans"])

Reader = Annotated[Actor, needs("plan.read")]
Runner = Annotated[Actor, needs("plan.run")]
Publisher = Annotated[Actor, needs("plan.publish")]
RunId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Other = Annotated[int, Query(ge=1, le=2**31 - 1, description="The other plan.")]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.post("", status_code=202, responses={404: {}})
def make_plan(
    body: NewPlan, request: Request, response: Response, actor: Runner, here: Here, once: OnceOnly
) -> JobOut:
    """Have a plan made: a job, whose result names the plan; stopped, it keeps the best found so far."""
    try:
        limits = body.limits.limits()
    except LimitsProblem as problem:
        raise Problem(422, f"limits.{problem.fault}", name=problem.name) from None
    view = here.city()
    asked = PlanAsked(here.as_of(body.as_of), body.moves, body.time_limit, limits, body.like)
    return taken_on(once, actor, request, response, lambda work: ask_for_plan(work, view, actor, asked))


@router.get("")
def list_plans(
    actor: Reader, here: Here, state: PlanState | None = None, limit: Limit = 50, cursor: Cursor = None
) -> Page[PlanLine]:
    """List the plans, newest first."""
    with reading(here.engine) as connection:
        found = [line_told(plan, run) for plan, run in plans_with_runs(connection, state)]
    rows, following = page_of(found, lambda line: (-line.run_id,), cursor, limit)
    return Page(items=rows, total=len(found), next=following)


@router.get("/{run_id}")
def show_plan(run_id: RunId, actor: Reader, here: Here, response: Response) -> PlanOut:
    """Show a plan: its goals with bounds, whether they are proven, and what it was made from; recorded."""
    view = here.city()

    def act(work: Work) -> PlanOut:
        told = plan_told(plan_of_work(work, run_id), view, actor)
        work.record("plan.read", "run", str(run_id))
        return told

    return shown(here, actor, response, act)


@router.get("/{run_id}/proposals")
def list_proposals(
    run_id: RunId, actor: Reader, here: Here, limit: Limit = 50, cursor: Cursor = None
) -> Page[ChainOut]:
    """List the chains in which the person has a household; that they were read is recorded."""
    view = here.city()

    def act(work: Work) -> list[ChainSeen]:
        chains = chains_seen(plan_of_work(work, run_id), view, actor)
        work.record("plan.read", "run", str(run_id), chains=len(chains))
        return chains

    found = looked(here, actor, act)
    rows, following = page_of(found, lambda chain: (chain.chain,), cursor, limit)
    return Page(items=[chain_told(chain) for chain in rows], total=len(found), next=following)


@router.get("/{run_id}/chains/{number}")
def show_chain(run_id: RunId, number: Number, actor: Reader, here: Here) -> ChainOut:
    """Show a chain in which the person has a household; that it was read is recorded."""
    view = here.city()

    def act(work: Work) -> ChainOut:
        chain = chain_seen(plan_of_work(work, run_id), view, actor, number)
        for household in chain.households:
            work.record("case.read", "household", household, run=run_id, chain=number)
        return chain_told(chain)

    return looked(here, actor, act)


@router.get("/{run_id}/unmatched")
def list_unmatched(
    run_id: RunId, actor: Reader, here: Here, limit: Limit = 50, cursor: Cursor = None
) -> Page[UnmatchedOut]:
    """List the person's households that the plan proposes nothing, with the reasons; recorded."""
    view = here.city()

    def act(work: Work) -> list[Mapping[str, Any]]:
        left = unmatched_seen(plan_of_work(work, run_id), view, actor)
        work.record("plan.read", "run", str(run_id), unmatched=len(left))
        return left

    found = looked(here, actor, act)
    rows, following = page_of(found, by_need, cursor, limit)
    return Page(items=[unmatched_told(row) for row in rows], total=len(found), next=following)


@router.post("/{run_id}/publication", status_code=201, responses={404: {}})
def publish_plan(
    run_id: RunId, actor: Publisher, here: Here, once: OnceOnly, if_match: IfMatch = None
) -> PublishedOut:
    """Publish a draft: its proposals are put to be offered, and what changes for anybody is told."""
    view = here.city()

    def act(work: Work) -> PublishedOut:
        stored = plan_of_work(work, run_id)
        if if_match is not None:
            must_match(if_match, plan_told(stored, view, actor))
        publish(work, run_id)
        return published_told(work, run_id, view, actor)

    return done_once(once, actor, PublishedOut, act)


@router.get("/{run_id}/publication")
def show_publication(run_id: RunId, actor: Reader, here: Here) -> PublishedOut:
    """Show what publishing a plan changed; that it was read is recorded."""
    view = here.city()

    def act(work: Work) -> PublishedOut:
        told = published_told(work, run_id, view, actor)
        work.record("plan.read", "run", str(run_id), published=len(told.mine))
        return told

    return looked(here, actor, act)


@router.get("/{run_id}/validation")
def validate_plan(run_id: RunId, actor: Reader, here: Here) -> ValidityOut:
    """Judge a plan on the city as it is now: what holds still, and what broke."""
    view = here.city()

    def act(work: Work) -> StoredPlan:
        work.record("plan.read", "run", str(run_id), validation=True)
        return plan_of_work(work, run_id)

    found = validity(looked(here, actor, act), view)
    mine = [one for one in found.fallen if sees(view, actor, one.household_id)]
    return ValidityOut(
        whole=found.whole,
        carried_out=len(found.carried_out),
        holds=len(found.holds),
        fallen=len(found.fallen),
        mine=[fallen_told(one) for one in mine],
    )


@router.get("/{run_id}/difference")
def compare_plans(run_id: RunId, to: Other, actor: Reader, here: Here) -> DifferenceOut:
    """Tell how another plan differs from this one, for whom and why."""
    view = here.city()

    def act(work: Work) -> None:
        for plan in (run_id, to):
            plan_of_work(work, plan)
        work.record("plan.read", "run", str(run_id), to=to)

    looked(here, actor, act)
    return DifferenceOut.model_validate(difference(here.engine, run_id, to, view, actor))


@router.post("/{run_id}/replay", status_code=202, responses={404: {}})
def replay_plan(run_id: RunId, request: Request, response: Response, actor: Runner, once: OnceOnly) -> JobOut:
    """Have a plan solved again from what it was given: a job, whose result says what differs."""
    return taken_on(once, actor, request, response, lambda work: ask_for_replay(work, run_id))
