"""Publishing a plan: its proposals become offers to put, and what changes for anybody is announced."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.usecases.offers.crossing import Standing, standing_of
from api.usecases.offers.refusals import OfferRefused
from api.usecases.offers.steps import proposed, take
from api.usecases.work import Work
from models.offers import Offer, OfferState
from models.plans import Plan, PlanState
from models.runs import Proposal
from models.store.offers import (
    add_offers,
    add_plan,
    change_offer,
    change_plan,
    open_offers,
    plan_of_run,
    published_plan,
)
from models.store.runs import run_in


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: offers new, kept from the plan before, and withdrawn with it."""

    new: list[Offer]
    kept: list[Offer]
    withdrawn: list[Offer]


def draft(work: Work, run_id: int) -> Plan:
    """Let a run stand as a draft plan."""
    plan = Plan(run_id=run_id, made_by=work.actor.user_id, made_at=work.now)
    add_plan(work.connection, plan)
    work.record("plan.draft", "run", str(run_id))
    return plan


def publish(work: Work, run_id: int) -> Published:
    """Publish a plan: an unanswered proposal of the one before stays if it is in this one, or is withdrawn.

    A chain in which somebody has been put an offer or has accepted one goes on as it stands, all of it.

    Raises
    ------
    OfferRefused
        When there is no such plan, it is published or replaced already, or it needs a household or a place of
        a chain that goes on for something else.
    """
    # A plan is the whole city's; of other units' households only counts are told.
    with work.city_wide():
        return _publish(work, run_id)


def _publish(work: Work, run_id: int) -> Published:
    plan, found = plan_of_run(work.connection, run_id), run_in(work.connection, run_id)
    if plan is None or found is None:
        raise OfferRefused("unknown_run", conflict=False)
    if plan.state != PlanState.DRAFT:
        raise OfferRefused("plan_not_draft", changed={"state": str(plan.state)})
    proposals = {p.household_id: p for p in found[1] if not p.conditional}
    standing = standing_of(open_offers(work.connection))
    _must_not_cross(work, standing, proposals)
    kept, withdrawn = [], []
    for offer in standing.going_on:
        proposals.pop(offer.household_id, None)
        if offer.state == OfferState.PROPOSED:
            kept.append(offer)
    for offer in standing.waiting:
        proposal = proposals.pop(offer.household_id, None)
        if proposal is not None and proposal.pool_id == offer.pool_id:
            change_offer(work.connection, offer, **_place_in_plan(run_id, proposal, found[1]))
            kept.append(offer)
        else:
            take(work, offer, OfferState.WITHDRAWN, {})
            withdrawn.append(offer)
            if proposal is not None:
                proposals[offer.household_id] = proposal
    new = [_offer(work, run_id, proposal, found[1]) for proposal in proposals.values()]
    add_offers(work.connection, new)
    before = published_plan(work.connection)
    if before is not None:
        change_plan(work.connection, before.run_id, state=PlanState.REPLACED)
    change_plan(
        work.connection,
        run_id,
        state=PlanState.PUBLISHED,
        published_by=work.actor.user_id,
        published_at=work.now,
    )
    work.record("plan.publish", "run", str(run_id), new=len(new), kept=len(kept), withdrawn=len(withdrawn))
    return Published(new, kept, withdrawn)


def _must_not_cross(work: Work, standing: Standing, proposals: Mapping[str, Proposal]) -> None:
    crossed = standing.crossed_by(work.connection, proposals)
    if crossed is not None:
        raise OfferRefused("plan_crosses_offer", changed={"offer": crossed.offer_id})


def _offer(work: Work, run_id: int, proposal: Proposal, all_of_it: tuple[Proposal, ...]) -> Offer:
    place = _place_in_plan(run_id, proposal, all_of_it)
    return proposed(work, proposal.household_id, proposal.pool_id, proposal.from_pool_id, **place)


def _place_in_plan(run_id: int, proposal: Proposal, all_of_it: tuple[Proposal, ...]) -> dict[str, Any]:
    steps = [other.step for other in all_of_it if other.chain == proposal.chain]
    return {
        "run_id": run_id,
        "chain": proposal.chain,
        "step": proposal.step,
        "in_cycle": len(steps) > 1 and set(steps) == {1},
    }
