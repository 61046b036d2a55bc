"""Putting an offer to a household: the next of a plan, or one of a person's own choice, with the reason."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from api.usecases.city_view import CityView
from api.usecases.offers.apart import keep_apart
from api.usecases.offers.judging import failing, unknown_of, within_limits
from api.usecases.offers.refusals import OfferRefused
from api.usecases.offers.steps import leaving_before, predecessor, proposed, take
from api.usecases.work import Work
from models.offers import DepartureReason, Offer, OfferState
from models.store.offers import add_offers, open_offers
from optimiser.compatibility import eligibility
from optimiser.kleene import NO, YES

REACHED = (OfferState.ACCEPTED, OfferState.MOVED_IN)


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair that a person chooses: which, by when an answer is wanted, why it departs from the plan.

    Attributes
    ----------
    unknown_accepted
        Facts that a rule needs, and that the person goes on without knowing.
    """

    household_id: str
    pool_id: str
    answer_by: date | None = None
    departure: DepartureReason | None = None
    unknown_accepted: frozenset[str] = frozenset()


def in_time(answer_by: date | None, today: date) -> None:
    """Let no answer be wanted by a day that has been.

    Raises
    ------
    OfferRefused
        When the day has passed.
    """
    if answer_by is not None and answer_by < today:
        raise OfferRefused("answer_by_past", conflict=False)


def put(work: Work, offer: Offer, answer_by: date | None) -> Offer:
    """Put a proposed offer to its household; of a chain, each step once the one before is sure.

    Raises
    ------
    OfferRefused
        When the step before it has not been accepted, the offer is no longer a proposal, or somebody whom the
        household must not meet is in the house.
    """
    before = None if offer.in_cycle else predecessor(work, offer)
    if before is not None and before.state not in REACHED:
        raise OfferRefused("chain_in_order", changed={"step": before.step, "state": str(before.state)})
    if offer.state == OfferState.PROPOSED:
        keep_apart(work, offer.household_id, offer.pool_id, leaving_before(work, offer))
    take(work, offer, OfferState.OFFERED, {}, answer_by=answer_by)
    return offer


def put_own_choice(work: Work, view: CityView, choice: Choice) -> Offer:
    """Put an offer that no plan proposes; it needs a reason, and a place that suits.

    Raises
    ------
    OfferRefused
        When the place does not suit, a fact that decides it is unknown and not accepted as such, the reason
        is missing, the pair is blocked, a quota is used up, the household has that offer already, the day by
        which an answer is wanted has passed, or somebody whom it must not meet is in the house.
    """
    in_time(choice.answer_by, view.assessment.instance.as_of)
    household = view.households[choice.household_id]
    if choice.pool_id == household.current_pool_id:
        raise OfferRefused("lives_there", conflict=False)
    row, column = view.row_of[choice.household_id], view.pool_at[choice.pool_id]
    suits = eligibility(view.assessment, np.array([row]))[0, column]
    if suits == NO:
        raise OfferRefused("does_not_suit", conflict=False, changed=failing(view, row, column))
    if choice.departure is None:
        raise OfferRefused("departure_needs_reason", conflict=False)
    unknown: set[str] = set()
    if suits != YES:
        unknown = unknown_of(view, row, column)
        if not unknown <= choice.unknown_accepted:
            raise OfferRefused("needs_facts_first", conflict=False, changed={"needs": sorted(unknown)})
    for other in open_offers(work.connection, household_id=choice.household_id):
        if other.pool_id == choice.pool_id:
            raise OfferRefused("offered_already", changed={"offer": other.offer_id})
    within_limits(work, view, choice.household_id, choice.pool_id)
    keep_apart(work, choice.household_id, choice.pool_id)
    place = (choice.household_id, choice.pool_id, household.current_pool_id)
    offer = proposed(work, *place, departure=choice.departure)
    add_offers(work.connection, [offer])
    take(work, offer, OfferState.OFFERED, {}, answer_by=choice.answer_by)
    if unknown:
        work.record(
            "offer.unknown_accepted",
            "offer",
            offer.offer_id,
            str(choice.departure),
            household=offer.household_id,
            pool=offer.pool_id,
            facts=sorted(unknown),
        )
    return offer
