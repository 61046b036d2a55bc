"""A new plan while chains go on: they stand whole, and a plan that would break one is refused."""

from collections.abc import Sequence

import pytest
from sqlalchemy import Engine

from api.usecases.matching import run_match
from api.usecases.offers.answering import decline
from api.usecases.offers.publishing import Published, draft, publish
from api.usecases.offers.refusals import OfferRefused
from api.usecases.work import working_for
from models.offers import Offer, OfferState
from models.runs import Proposal, Run, RunStatus
from models.store import read_dataset, save_run
from tests.server.conftest import AS_OF, Clock
from tests.server.offer_desk import ACTOR, HOUSEHOLDS_NO, Desk, longest


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine, Clock())


def publish_run(desk: Desk, run_id: int) -> Published:
    with working_for(desk.engine, ACTOR, desk.clock()) as work:
        draft(work, run_id)
        return publish(work, run_id)


def run_of(desk: Desk, pairs: Sequence[tuple[str, str, str | None, int, int]]) -> int:
    """A run by hand: household, pool, pool it leaves, chain and step."""
    plan = [
        Proposal(
            household_id=household,
            pool_id=pool,
            from_pool_id=left,
            tier=3,
            points=0,
            fit=0,
            monthly_cost_sek=0,
            chain=chain,
            step=step,
        )
        for household, pool, left, chain, step in pairs
    ]
    run = Run(
        created_at=desk.clock(),
        as_of=AS_OF,
        moves="4",
        policy_hash="p",
        inputs_hash="i",
        engine="by hand",
        status=RunStatus.OPTIMAL,
        seconds=0,
    )
    return save_run(desk.engine, run, plan)


def step_of(offer: Offer) -> tuple[str, str, str | None, int, int]:
    return offer.household_id, offer.pool_id, offer.from_pool_id, offer.chain or 1, offer.step or 1


def somebody(desk: Desk, but: Sequence[Offer]) -> str:
    """A household without a home that none of the offers is about."""
    taken = {offer.household_id for offer in but}
    households = read_dataset(desk.engine).households
    return next(h.household_id for h in households if not h.current_pool_id and h.household_id not in taken)


def test_a_chain_that_has_begun_stands_whole_and_falls_whole(desk: Desk) -> None:
    found = desk.publish()
    chain = longest(found)
    desk.put(chain[0])
    second = run_match(desk.engine, AS_OF, 4, None, desk.clock()).answer["run"]["id"]
    done = publish_run(desk, second)
    assert {o.run_id for o in done.kept if o.offer_id not in {c.offer_id for c in chain}} <= {second}
    assert {o.offer_id for o in chain[1:]} <= {o.offer_id for o in done.kept}
    assert {o.household_id for o in done.new}.isdisjoint({o.household_id for o in chain})
    with pytest.raises(OfferRefused, match="chain_in_order"):
        desk.put(chain[1])
    desk.do(decline, chain[0], HOUSEHOLDS_NO, AS_OF)
    assert [desk.state(o) for o in chain] == [OfferState.DECLINED, *[OfferState.WITHDRAWN] * (len(chain) - 1)]


def test_a_chain_that_has_begun_stands_when_the_new_plan_leaves_it_out(desk: Desk) -> None:
    chain = longest(desk.publish())
    desk.put(chain[0])
    done = publish_run(desk, run_of(desk, []))
    assert [desk.state(o) for o in chain] == [OfferState.OFFERED, *[OfferState.PROPOSED] * (len(chain) - 1)]
    assert {o.offer_id for o in done.withdrawn}.isdisjoint({o.offer_id for o in chain})


def test_a_cycle_that_has_begun_is_not_left_half(desk: Desk) -> None:
    cycle = desk.publish_swap()
    desk.put(cycle[0])
    publish_run(desk, run_of(desk, []))
    assert [desk.state(offer) for offer in cycle] == [OfferState.OFFERED, OfferState.PROPOSED]
    assert {o.run_id for o in desk.all_of(cycle[0].run_id or 0)} == {cycle[0].run_id}


def test_a_cycle_that_nobody_has_heard_of_falls_whole(desk: Desk) -> None:
    cycle = desk.publish_swap()
    half = run_of(desk, [step_of(cycle[0])])
    publish_run(desk, half)
    assert desk.state(cycle[1]) == OfferState.WITHDRAWN
    (kept,) = desk.all_of(half)
    assert (kept.offer_id, kept.in_cycle) == (cycle[0].offer_id, False)


def test_a_plan_that_hangs_a_new_step_on_a_begun_chain_is_refused(desk: Desk) -> None:
    found = desk.publish()
    chain = longest(found)
    desk.put(chain[0])
    other = somebody(desk, found)
    new = [step_of(chain[0]), (other, str(chain[0].from_pool_id), None, chain[0].chain or 1, 2)]
    with pytest.raises(OfferRefused, match="plan_crosses_offer"):
        publish_run(desk, run_of(desk, new))
    assert desk.state(chain[1]) == OfferState.PROPOSED


def test_a_plan_that_needs_a_household_of_a_begun_chain_is_refused(desk: Desk) -> None:
    chain = longest(desk.publish())
    desk.put(chain[0])
    elsewhere = chain[0].pool_id
    with pytest.raises(OfferRefused, match="plan_crosses_offer"):
        publish_run(desk, run_of(desk, [(chain[1].household_id, elsewhere, None, 1, 1)]))


def test_a_plan_that_needs_the_places_of_a_begun_chain_is_refused(desk: Desk) -> None:
    found = desk.publish()
    chain = longest(found)
    desk.put(chain[0])
    city = read_dataset(desk.engine)
    pool = next(p for p in city.pools if p.pool_id == chain[0].pool_id)
    free = pool.capacity - sum(h.current_pool_id == pool.pool_id for h in city.households)
    waiting = [h.household_id for h in city.households if not h.current_pool_id]
    others = [h for h in waiting if h not in {o.household_id for o in chain}]
    some = [(other, pool.pool_id, None, n, 1) for n, other in enumerate(others[:free], 1)]
    assert len(some) == free
    with pytest.raises(OfferRefused, match="plan_crosses_offer"):
        publish_run(desk, run_of(desk, some))
