"""Answers to an offer: yes with an assessment, no with a reason, or taken back."""

from dataclasses import dataclass
from datetime import date, timedelta

from api.usecases.offers.apart import keep_apart
from api.usecases.offers.refusals import OfferRefused
from api.usecases.offers.steps import leaving_before, let_fall, predecessor, take
from api.usecases.work import Work
from models.codes import DeclinedBy
from models.offers import DeclineReason, DepartureReason, Offer, OfferState
from models.store.homes import add_decline
from models.store.offers import open_offers
from models.store.places import PlaceTaken, hold_place
from models.store.revision import touch

PROVIDERS_REASON_DAYS = 2
"""Days within which a provider's no must have a reason, or it is put before the coordinator."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the decider says when an offer is accepted; the texts about the child where there is one."""

    assessment: str
    child_best_interests: str | None = None
    child_view: str | None = None
    child_view_missing: str | None = None


@dataclass(frozen=True, slots=True)
class No:
    """A no: whose, why, and how contact goes on."""

    by: DeclinedBy
    reason: DeclineReason | None = None
    note: str | None = None
    next_contact_on: date | None = None
    next_contact_by: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """An offer after an answer, and the offers that fell or were taken back with it."""

    offer: Offer
    fallen: list[Offer]


def accept(
    work: Work, offer: Offer, said: Acceptance, has_children: bool, explanation_hash: str | None
) -> Answered:
    """Accept an offer: the place is held from now on, and the household's other offers are taken back.

    Parameters
    ----------
    explanation_hash
        The explanation as it is now, frozen.

    Raises
    ------
    OfferRefused
        When the assessment is missing, a child's is, the place has gone to somebody else, another is held,
        or somebody whom the household must not meet is in the house.
    """
    if not said.assessment.strip():
        raise OfferRefused("assessment_missing", conflict=False)
    if has_children:
        _hear_the_child(said)
    if offer.state != OfferState.OFFERED:
        raise OfferRefused("step_does_not_follow", changed={"state": str(offer.state)})
    keep_apart(work, offer.household_id, offer.pool_id, leaving_before(work, offer))
    before = predecessor(work, offer)
    try:
        number = hold_place(
            work.connection,
            offer.pool_id,
            offer.offer_id,
            offer.household_id,
            left_by=None if before is None or before.state == OfferState.MOVED_IN else before.household_id,
        )
    except PlaceTaken as taken:
        raise OfferRefused("household_has_place" if taken.household else "place_gone") from None
    texts = {
        "assessment": said.assessment.strip(),
        "child_best_interests": said.child_best_interests,
        "child_view": said.child_view,
        "child_view_missing": said.child_view_missing,
    }
    take(
        work,
        offer,
        OfferState.ACCEPTED,
        texts,
        place_number=number,
        explanation_hash=explanation_hash,
    )
    fallen: list[Offer] = []
    for other in open_offers(work.connection, household_id=offer.household_id):
        if other.offer_id != offer.offer_id:
            take(work, other, OfferState.WITHDRAWN, {})
            fallen += [other, *let_fall(work, other)]
    touch(work.connection)
    return Answered(offer, fallen)


def decline(work: Work, offer: Offer, said: No, today: date) -> Answered:
    """Take down a no. It never lowers the household's place in the order, and the offer of help stays open.

    Raises
    ------
    OfferRefused
        When a household's no has no reason from the list, or the offer is not put.
    """
    if said.by == DeclinedBy.HOUSEHOLD and said.reason is None:
        raise OfferRefused("reason_missing", conflict=False)
    due = None
    if said.by == DeclinedBy.PROVIDER and said.reason is None:
        due = today + timedelta(days=PROVIDERS_REASON_DAYS)
    take(
        work,
        offer,
        OfferState.DECLINED,
        {"declined_by": said.by, "reason": said.reason, "note": said.note, "reason_due_on": due},
        place_number=None,
        next_contact_on=said.next_contact_on,
        next_contact_by=said.next_contact_by,
    )
    reason = None if said.reason is None else str(said.reason)
    add_decline(work.connection, offer.household_id, offer.pool_id, today, said.by, reason)
    touch(work.connection)
    return Answered(offer, let_fall(work, offer))


def withdraw(work: Work, offer: Offer, note: str | None, reason: DepartureReason | None = None) -> Answered:
    """Take an offer back; what has been put to a household is taken back for a reason.

    Raises
    ------
    OfferRefused
        When the household has been told of it and there is no reason, or it is not open any more.
    """
    if offer.state in (OfferState.OFFERED, OfferState.ACCEPTED) and reason is None:
        raise OfferRefused("withdrawal_needs_reason", conflict=False)
    take(work, offer, OfferState.WITHDRAWN, {"note": note}, reason, place_number=None)
    touch(work.connection)
    return Answered(offer, let_fall(work, offer))


def expire(work: Work, today: date) -> list[Answered]:
    """Let offers that nobody answered in time run out; the households lose nothing by it."""
    late = [
        offer
        for offer in open_offers(work.connection)
        if offer.state == OfferState.OFFERED and offer.answer_by is not None and offer.answer_by < today
    ]
    answered = []
    for offer in late:
        if offer.state == OfferState.OFFERED:
            take(work, offer, OfferState.EXPIRED, {})
            answered.append(Answered(offer, let_fall(work, offer)))
    return answered


def _hear_the_child(said: Acceptance) -> None:
    if not (said.child_best_interests or "").strip():
        raise OfferRefused("child_best_interests_missing", conflict=False)
    if not (said.child_view or "").strip() and not (said.child_view_missing or "").strip():
        raise OfferRefused("child_view_missing", conflict=False)
