"""Chains: what is proposed and under way today, step by step, as the coordinator works through it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import listed
from api.server.needs import needs
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.service import Here
from api.usecases.offers.chains import Chain, ChainFilter, ChainStep, chains_seen
from api.usecases.work import reading_for
from models.offers import OfferState

router = APIRouter(prefix="/chains", tags=["offers"])

Reader = Annotated[Actor, needs("plan.read")]


class ChainStepOut(BaseModel):
    """A step: who moves where from where; of another household only how far it has come."""

    step: int
    state: str
    another: bool
    offer_id: str | None = None
    household_id: str | None = None
    responsible_unit: str | None = None
    situation: str | None = None
    tier: int | None = None
    points: int | None = None
    pool_id: str | None = None
    from_pool_id: str | None = None
    answer_by: date | None = None


class OfferedChainOut(BaseModel):
    """Steps in the order they are offered; in a cycle all move on the same day."""

    run_id: int | None
    chain: int | None
    in_cycle: bool
    steps: list[ChainStepOut]


@router.get("")
def list_chains(
    actor: Reader,
    here: Here,
    unit: Annotated[str | None, Query(max_length=200)] = None,
    tier: Annotated[int | None, Query(ge=1, le=5)] = None,
    form: Annotated[str | None, Query(max_length=200)] = None,
    state: Annotated[list[OfferState] | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[OfferedChainOut]:
    """List the chains under way in which there is a household that the person may see; that is recorded."""
    wanted = ChainFilter(unit, tier, form, [str(one) for one in state or ()])
    view = here.city()
    with reading_for(here.engine, actor) as connection:
        found = chains_seen(connection, view, actor, wanted)
    rows, following = page_of(found, lambda chain: chain.need, cursor, limit)
    states = ",".join(wanted.states)
    offers = [step.offer for chain in rows for step in chain.steps if step.offer is not None]
    asked = {"unit": unit, "tier": tier, "form": form, "state": states}
    listed(here, actor, "chains", [offer.household_id for offer in offers], **asked)
    return Page(items=[_out(chain) for chain in rows], total=len(found), next=following)


def _out(chain: Chain) -> OfferedChainOut:
    run, number, _ = chain.key
    return OfferedChainOut(
        run_id=run or None,
        chain=number or None,
        in_cycle=chain.in_cycle,
        steps=[_step(step) for step in chain.steps],
    )


def _step(step: ChainStep) -> ChainStepOut:
    if step.offer is None:
        return ChainStepOut(step=step.step, state=step.state, another=True)
    return ChainStepOut(
        step=step.step,
        state=step.state,
        another=False,
        offer_id=step.offer.offer_id,
        household_id=step.offer.household_id,
        responsible_unit=step.responsible_unit,
        situation=step.situation,
        tier=step.tier,
        points=step.points,
        pool_id=step.offer.pool_id,
        from_pool_id=step.offer.from_pool_id,
        answer_by=step.offer.answer_by,
    )
