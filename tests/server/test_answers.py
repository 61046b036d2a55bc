"""Answers to offers: what a yes and a no must carry, what runs out, what a new plan changes."""

from datetime import date

import pytest
from sqlalchemy import Engine

from api.usecases.matching import run_match
from api.usecases.offers.answering import Acceptance, No, accept, decline, expire
from api.usecases.offers.moving import end
from api.usecases.offers.publishing import draft, publish
from api.usecases.offers.putting import Choice, put, put_own_choice
from api.usecases.offers.refusals import OfferRefused
from api.usecases.work import working_for
from models.codes import DeclinedBy, Situation
from models.database import reading
from models.offers import DepartureReason, EndReason, OfferState
from models.store import read_dataset
from models.store.audit import entries
from models.store.homes import household_by_id
from models.store.offers import decisions_on
from tests.server.conftest import AS_OF, Clock
from tests.server.offer_desk import ACTOR, HOUSEHOLDS_NO, Desk


@pytest.fixture
def desk(engine: Engine) -> Desk:
    return Desk(engine, Clock())


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
    desk.do(end, offer, Situation.FRIENDS_TEMPORARY, AS_OF, EndReason.HOMELESS_AGAIN, AS_OF)
    with reading(desk.engine) as connection:
        household = household_by_id(connection, offer.household_id)
    assert household is not None
    assert (household.current_pool_id, household.situation) == (None, Situation.FRIENDS_TEMPORARY)
    last = [s for s in read_dataset(desk.engine).stays if s.household_id == offer.household_id][-1]
    assert (last.ended_on, last.end_reason) == (AS_OF, "åter i hemlöshet")
