"""Offers: what may follow what, what falls with what, and one place for one household."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Engine

from api.access.actor import Actor
from api.usecases.city_view import CityView, read_view
from api.usecases.matching import run_match
from api.usecases.offers.answering import Acceptance, No, accept, decline, expire, withdraw
from api.usecases.offers.moving import end, move_in
from api.usecases.offers.publishing import draft, publish
from api.usecases.offers.putting import Choice, put, put_own_choice
from api.usecases.offers.refusals import OfferRefused
from api.usecases.work import working_for
from models.access import Role
from models.codes import DeclinedBy, Situation
from models.database import reading
from models.offers import DeclineReason, DepartureReason, Offer, OfferState
from models.runs import Proposal, Run, RunStatus
from models.store import read_dataset, save_run
from models.store.audit import entries, flaws
from models.store.homes import household_by_id
from models.store.offers import decisions_on, offer_by_id, offers
from models.store.places import held, places_of
from optimiser.matching import Moves
from tests.server.conftest import AS_OF, Clock

ACTOR = Actor("coordinator-1", Role.COORDINATOR, None, "session-1")
YES = Acceptance("Passar familjen; nära skolan.", "Skolan kan behållas.", "Vill bo kvar i området.")
HOUSEHOLDS_NO = No(DeclinedBy.HOUSEHOLD, DeclineReason.LOCATION)


@dataclass
class Desk:
    """A coordinator at work on one city."""

    engine: Engine
    clock: Clock

    def publish(self, moves: Moves = 4) -> list[Offer]:
        run_id = run_match(self.engine, AS_OF, moves, None, self.clock()).answer["run"]["id"]
        with working_for(self.engine, ACTOR, self.clock()) as work:
            draft(work, run_id)
            publish(work, run_id)
        return self.all_of(run_id)

    def publish_swap(self) -> list[Offer]:
        """A plan in which two residents take each other's places."""
        residents = [h for h in read_dataset(self.engine).households if h.current_pool_id]
        a = residents[0]
        b = next(h for h in residents if h.current_pool_id != a.current_pool_id)
        plan = [
            Proposal(
                household_id=one.household_id,
                pool_id=str(other.current_pool_id),
                from_pool_id=one.current_pool_id,
                tier=3,
                points=0,
                fit=0,
                monthly_cost_sek=0,
                chain=1,
                step=1,
            )
            for one, other in ((a, b), (b, a))
        ]
        run = Run(
            created_at=self.clock(),
            as_of=AS_OF,
            moves="4",
            policy_hash="p",
            inputs_hash="i",
            engine="by hand",
            status=RunStatus.OPTIMAL,
            seconds=0,
        )
        run_id = save_run(self.engine, run, plan)
        with working_for(self.engine, ACTOR, self.clock()) as work:
            draft(work, run_id)
            publish(work, run_id)
        return self.all_of(run_id)

    def all_of(self, run_id: int) -> list[Offer]:
        with reading(self.engine) as connection:
            return offers(connection, run_id=run_id)

    def do(self, step, offer: Offer, *more):  # type: ignore[no-untyped-def]
        with working_for(self.engine, ACTOR, self.clock()) as work:
            now = offer_by_id(work.connection, offer.offer_id)
            assert now is not None
            return step(work, now, *more)

    def put(self, offer: Offer) -> Offer:
        return self.do(put, offer, None)  # type: ignore[no-any-return]

    def accept(self, offer: Offer) -> None:
        self.do(accept, offer, YES, True, None)

    def state(self, offer: Offer) -> OfferState:
        with reading(self.engine) as connection:
            found = offer_by_id(connection, offer.offer_id)
        assert found is not None
        return found.state

    def view(self) -> CityView:
        return read_view(self.engine, AS_OF)

    def move_in(self, offer: Offer) -> None:
        self.do(move_in, offer, {p.pool_id: p for p in read_dataset(self.engine).pools}, AS_OF)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine, Clock())


def chains(found: list[Offer]) -> dict[int, list[Offer]]:
    by_chain: dict[int, list[Offer]] = {}
    for offer in found:
        by_chain.setdefault(offer.chain or 0, []).append(offer)
    return by_chain


def longest(found: list[Offer]) -> list[Offer]:
    return max((c for c in chains(found).values() if not c[0].in_cycle), key=len)


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
    desk.do(withdraw, cycle[-1], None)
    assert {desk.state(offer) for offer in cycle} == {OfferState.WITHDRAWN}
    with reading(desk.engine) as connection:
        for offer in cycle:
            home = household_by_id(connection, offer.household_id)
            assert home is not None
            assert home.current_pool_id == offer.from_pool_id


def test_an_acceptance_needs_the_deciders_own_words(desk: Desk) -> None:
    offer = desk.put(desk.publish("none")[0])
    for said, key in (
        (Acceptance("  "), "assessment_missing"),
        (Acceptance("Bra."), "child_best_interests_missing"),
        (Acceptance("Bra.", "Skolan."), "child_view_missing"),
    ):
        with pytest.raises(OfferRefused, match=key):
            desk.do(accept, offer, said, True, None)
    desk.do(accept, offer, Acceptance("Bra.", "Skolan.", None, "Barnet är två månader."), True, None)
    with reading(desk.engine) as connection:
        last = decisions_on(connection, offer.offer_id)[-1]
    assert (last.assessment, last.child_view_missing) == ("Bra.", "Barnet är två månader.")


def test_texts_of_decisions_are_closed_at_rest(desk: Desk) -> None:
    offer = desk.put(desk.publish("none")[0])
    desk.accept(offer)
    with desk.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT assessment, child_view FROM decision").all()
    assert any(row[0] for row in rows)
    assert not any(value and ("skolan" in value or "bo kvar" in value) for row in rows for value in row)


def test_a_households_no_needs_a_reason_and_a_providers_gets_two_days(desk: Desk) -> None:
    first, second, *_ = [desk.put(offer) for offer in desk.publish("none")]
    with pytest.raises(OfferRefused, match="reason_missing"):
        desk.do(decline, first, No(DeclinedBy.HOUSEHOLD), AS_OF)
    desk.do(decline, first, HOUSEHOLDS_NO, AS_OF)
    desk.do(decline, second, No(DeclinedBy.PROVIDER), AS_OF)
    with reading(desk.engine) as connection:
        last = decisions_on(connection, second.offer_id)[-1]
    assert last.reason_due_on == date(2026, 1, 17)
    said = {(d.household_id, d.pool_id, str(d.by)) for d in read_dataset(desk.engine).declines}
    assert (first.household_id, first.pool_id, "household") in said
    assert (second.household_id, second.pool_id, "provider") in said


def test_a_no_keeps_the_pool_away_in_the_next_match_and_the_tier_stands(desk: Desk) -> None:
    offer = next(o for o in desk.publish("none") if desk.view().pools[o.pool_id].form != "akutboende")
    before = desk.view()
    row = before.row_of[offer.household_id]
    desk.put(offer)
    desk.do(decline, offer, HOUSEHOLDS_NO, AS_OF)
    after = desk.view()
    assert after.priority.tier[row] == before.priority.tier[row]
    assert after.priority.points[row] == before.priority.points[row]
    again = run_match(desk.engine, AS_OF, "none", None, desk.clock()).answer["proposals"]
    assert (offer.household_id, offer.pool_id) not in {(p["household"], p["pool"]) for p in again}


def test_an_unanswered_offer_runs_out(desk: Desk) -> None:
    offer = desk.publish("none")[0]
    desk.do(put, offer, AS_OF)
    with working_for(desk.engine, ACTOR, desk.clock()) as work:
        assert expire(work, AS_OF) == []
        ran_out = expire(work, date(2026, 1, 16))
    assert [a.offer.offer_id for a in ran_out] == [offer.offer_id]
    assert desk.state(offer) == OfferState.EXPIRED


def test_a_new_plan_keeps_what_stands_and_announces_what_changes(desk: Desk) -> None:
    first = desk.publish("none")
    second_run = run_match(desk.engine, AS_OF, "none", None, desk.clock()).answer["run"]["id"]
    with working_for(desk.engine, ACTOR, desk.clock()) as work:
        draft(work, second_run)
        done = publish(work, second_run)
    assert {o.offer_id for o in done.kept} == {o.offer_id for o in first}
    assert done.new == done.withdrawn == []
    with (
        pytest.raises(OfferRefused, match="plan_not_draft"),
        working_for(desk.engine, ACTOR, desk.clock()) as work,
    ):
        publish(work, second_run)


def test_ones_own_choice_needs_a_reason_and_a_place_that_suits(desk: Desk) -> None:
    view = desk.view()
    pairs = list(zip(*(part.tolist() for part in view.compatible.eligible), strict=True))
    ids, pools = view.assessment.instance.household_ids, view.assessment.instance.pool_ids
    household, pool = next(
        (ids[h], pools[p]) for h, p in pairs if not view.households[ids[h]].current_pool_id
    )
    closed = next(p for p in pools if (view.row_of[household], view.pool_at[p]) not in set(pairs))
    with working_for(desk.engine, ACTOR, desk.clock()) as work:
        with pytest.raises(OfferRefused, match="departure_needs_reason"):
            put_own_choice(work, view, Choice(household, pool))
        with pytest.raises(OfferRefused, match="does_not_suit"):
            put_own_choice(work, view, Choice(household, closed, None, DepartureReason.SAFETY))
        put_own_choice(work, view, Choice(household, pool, None, DepartureReason.SAFETY))
        with pytest.raises(OfferRefused, match="offered_already"):
            put_own_choice(work, view, Choice(household, pool, None, DepartureReason.SAFETY))
    assert [e.reason for e in entries(desk.engine) if e.action == "offer.offered"] == [""]


def test_a_stay_ends_and_the_household_waits_again(desk: Desk) -> None:
    offer = desk.put(desk.publish("none")[0])
    desk.accept(offer)
    desk.move_in(offer)
    desk.do(end, offer, Situation.FRIENDS_TEMPORARY, date(2026, 3, 1), "åter i hemlöshet")
    with reading(desk.engine) as connection:
        household = household_by_id(connection, offer.household_id)
    assert household is not None
    assert (household.current_pool_id, household.situation) == (None, Situation.FRIENDS_TEMPORARY)
    last = [s for s in read_dataset(desk.engine).stays if s.household_id == offer.household_id][-1]
    assert (last.ended_on, last.end_reason) == (date(2026, 3, 1), "åter i hemlöshet")
