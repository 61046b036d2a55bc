"""Offers in chains: what may follow what, and what falls with what."""

import pytest
from sqlalchemy import Engine

from api.usecases.offers.answering import decline, withdraw
from api.usecases.offers.refusals import OfferRefused
from models.database import reading
from models.offers import DepartureReason, OfferState
from models.store import read_dataset
from models.store.audit import flaws
from models.store.homes import household_by_id
from models.store.places import held, places_of
from tests.server.conftest import AS_OF, Clock
from tests.server.offer_desk import HOUSEHOLDS_NO, Desk, chains, longest


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine, Clock())


def test_a_published_plan_becomes_offers_in_chains(desk: Desk) -> None:
    found = desk.publish()
    assert found
    assert {offer.state for offer in found} == {OfferState.PROPOSED}
    assert all(
        [offer.step for offer in chain] == list(range(1, len(chain) + 1)) or chain[0].in_cycle
        for chain in chains(found).values()
    )


def test_the_whole_way_of_a_chain(desk: Desk) -> None:
    chain = longest(desk.publish())
    assert len(chain) >= 2
    for offer in chain:
        desk.put(offer)
        desk.accept(offer)
    for offer in chain:
        desk.move_in(offer)
    with reading(desk.engine) as connection:
        for offer in chain:
            household = household_by_id(connection, offer.household_id)
            assert household is not None
            assert household.current_pool_id == offer.pool_id
            assert household.moved_in_on == AS_OF
            assert offer.household_id in [p.occupant for p in places_of(connection, offer.pool_id)]
        assert held(connection) == ()
    stays = [s for s in read_dataset(desk.engine).stays if s.ended_on is None]
    assert {(o.household_id, o.pool_id) for o in chain} <= {(s.household_id, s.pool_id) for s in stays}
    assert flaws(desk.engine) == []


def test_a_chain_is_offered_in_order(desk: Desk) -> None:
    chain = longest(desk.publish())
    with pytest.raises(OfferRefused, match="chain_in_order"):
        desk.put(chain[1])
    desk.put(chain[0])
    with pytest.raises(OfferRefused, match="chain_in_order"):
        desk.put(chain[1])
    desk.accept(chain[0])
    desk.put(chain[1])


def test_moving_in_waits_for_the_one_before(desk: Desk) -> None:
    chain = longest(desk.publish())
    for offer in chain:
        desk.put(offer)
        desk.accept(offer)
    with pytest.raises(OfferRefused, match="place_not_left"):
        desk.move_in(chain[1])
    assert desk.state(chain[1]) == OfferState.ACCEPTED


def test_when_a_step_falls_the_rest_of_its_chain_falls(desk: Desk) -> None:
    chain = longest(desk.publish())
    desk.put(chain[0])
    desk.accept(chain[0])
    desk.put(chain[1])
    answered = desk.do(decline, chain[0], HOUSEHOLDS_NO, AS_OF)
    assert [o.offer_id for o in answered.fallen] == [o.offer_id for o in chain[1:]]
    assert [desk.state(o) for o in chain] == [OfferState.DECLINED, *[OfferState.WITHDRAWN] * (len(chain) - 1)]
    with reading(desk.engine) as connection:
        assert held(connection) == ()


def test_a_cycle_moves_whole_or_falls_whole(desk: Desk) -> None:
    cycle = desk.publish_swap()
    for offer in cycle:
        desk.put(offer)
    desk.accept(cycle[0])
    with pytest.raises(OfferRefused, match="cycle_moves_together"):
        desk.move_in(cycle[0])
    for offer in cycle[1:]:
        desk.accept(offer)
    desk.move_in(cycle[-1])
    with reading(desk.engine) as connection:
        for offer in cycle:
            home = household_by_id(connection, offer.household_id)
            assert home is not None
            assert home.current_pool_id == offer.pool_id


def test_a_fallen_cycle_falls_whole_and_residents_stay(desk: Desk) -> None:
    cycle = desk.publish_swap()
    for offer in cycle:
        desk.put(offer)
        desk.accept(offer)
    desk.do(withdraw, cycle[-1], None, DepartureReason.HOUSEHOLDS_WISH)
    assert {desk.state(offer) for offer in cycle} == {OfferState.WITHDRAWN}
    with reading(desk.engine) as connection:
        for offer in cycle:
            home = household_by_id(connection, offer.household_id)
            assert home is not None
            assert home.current_pool_id == offer.from_pool_id
