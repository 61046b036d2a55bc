"""Putting an offer to a household: the next of a plan, or one of a person's own choice, with the reason."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from api.usecases.city_view import CityView
from api.usecases.offers.refusals import OfferRefused
from api.usecases.offers.steps import predecessor, proposed, take
from api.usecases.work import Work
from models.offers import DepartureReason, Offer, OfferState
from models.store.offers import add_offers, open_offers
from optimiser.compatibility import eligibility
from optimiser.kleene import NO

REACHED = (OfferState.ACCEPTED, OfferState.MOVED_IN)


@dataclass(frozen=True, slots=True)
class Choice:
    """A pair that a person chooses: which, by when an answer is wanted, why it departs from the plan."""

    household_id: str
    pool_id: str
    answer_by: date | None = None
    departure: DepartureReason | None = None


def put(work: Work, offer: Offer, answer_by: date | None) -> Offer:
    """Put a proposed offer to its household; of a chain, each step once the one before is sure.

    Raises
    ------
    OfferRefused
        When the step before it has not been accepted, or the offer is no longer a proposal.
    """
    before = None if offer.in_cycle else predecessor(work, offer)
    if before is not None and before.state not in REACHED:
        raise OfferRefused("chain_in_order", changed={"step": before.step, "state": str(before.state)})
    take(work, offer, OfferState.OFFERED, {}, answer_by=answer_by)
    return offer


def put_own_choice(work: Work, view: CityView, choice: Choice) -> Offer:
    """Put an offer that no plan proposes; it needs a reason, and a place that suits.

    Raises
    ------
    OfferRefused
        When the place does not suit, the reason is missing, or the household has that offer already.
    """
    household = view.households[choice.household_id]
    if choice.pool_id == household.current_pool_id:
        raise OfferRefused("lives_there", conflict=False)
    row, column = view.row_of[choice.household_id], view.pool_at[choice.pool_id]
    if eligibility(view.assessment, np.array([row]))[0, column] == NO:
        raise OfferRefused("does_not_suit", conflict=False)
    if choice.departure is None:
        raise OfferRefused("departure_needs_reason", conflict=False)
    for other in open_offers(work.connection, household_id=choice.household_id):
        if other.pool_id == choice.pool_id:
            raise OfferRefused("offered_already", changed={"offer": other.offer_id})
    place = (choice.household_id, choice.pool_id, household.current_pool_id)
    offer = proposed(work, *place, departure=choice.departure)
    add_offers(work.connection, [offer])
    take(work, offer, OfferState.OFFERED, {}, answer_by=choice.answer_by)
    return offer
