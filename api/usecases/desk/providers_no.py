"""A provider's no: the reason that it still needs, and the contact kept after it."""

from datetime import date, timedelta
from typing import Any

from api.usecases.desk.refusals import DeskRefused
from api.usecases.offers.answering import PROVIDERS_REASON_DAYS
from api.usecases.work import Work
from models.codes import DeclinedBy
from models.offers import DeclineReason, Offer, OfferState
from models.placement_requests import PlacementRequest, ProvidersAnswer
from models.store.casework import give_reason, reasons_missing, requests_about
from models.store.homes import add_decline
from models.store.offers import change_offer, offers
from models.store.rows import change
from models.tables import PlacementRequestRecord


def explain_no(work: Work, request: PlacementRequest, reason: DeclineReason) -> PlacementRequest:
    """Give a provider's no its reason, on the request and on the offer it belongs to.

    Raises
    ------
    DeskRefused
        When there is no such no, or it has a reason.
    """
    if request.answer != ProvidersAnswer.NO:
        raise DeskRefused("no_providers_no", "conflict")
    if request.reason is not None:
        raise DeskRefused("reason_given_already", "conflict", {"reason": str(request.reason)})
    on = None if request.reason_due_on is None else _said_on(request.reason_due_on)
    change(work.connection, PlacementRequestRecord, request, reason=reason, reason_due_on=None)
    if on is not None:
        pair = request.household_id, request.pool_id
        add_decline(work.connection, *pair, on, DeclinedBy.PROVIDER, str(reason))
    for offer in offers(work.connection, [OfferState.DECLINED], household_id=request.household_id):
        if offer.pool_id == request.pool_id:
            for missing in reasons_missing(work.connection, offer.offer_id):
                give_reason(work.connection, missing.decision_id, reason=reason)
    work.record(
        "request.reason",
        "placement_request",
        request.request_id,
        str(reason),
        household=request.household_id,
    )
    return request


def explain_offers_no(work: Work, offer: Offer, reason: DeclineReason) -> None:
    """Give a provider's no to an offer its reason.

    Raises
    ------
    DeskRefused
        When there is no such no, or it has a reason.
    """
    missing = reasons_missing(work.connection, offer.offer_id)
    if not missing:
        raise DeskRefused("no_providers_no", "conflict")
    for late in missing:
        give_reason(work.connection, late.decision_id, reason=reason)
        pair = late.household_id, late.pool_id
        add_decline(work.connection, *pair, _said_on(late.due_on), DeclinedBy.PROVIDER, str(reason))
    for request in requests_about(work.connection, offer.offer_id):
        if request.answer == ProvidersAnswer.NO and request.reason is None:
            change(work.connection, PlacementRequestRecord, request, reason=reason, reason_due_on=None)
    work.record("offer.reason", "offer", offer.offer_id, str(reason), household=offer.household_id)


def contacted(work: Work, offer: Offer, next_on: date | None, next_by: str | None) -> Offer:
    """Note that contact was kept after a no, and when and by whom it is kept next; None when it is not.

    Raises
    ------
    DeskRefused
        When the offer was not declined, or somebody else was first.
    """
    if offer.state != OfferState.DECLINED:
        raise DeskRefused("not_declined", "conflict", {"state": str(offer.state)})
    if not change_offer(
        work.connection, offer, next_contact_on=next_on, next_contact_by=next_by, changed_at=work.now
    ):
        raise DeskRefused("offer_changed", "conflict")
    again: dict[str, Any] = {} if next_on is None else {"next_on": str(next_on)}
    work.record("offer.contact", "offer", offer.offer_id, household=offer.household_id, **again)
    return offer


def _said_on(due_on: date) -> date:
    return due_on - timedelta(days=PROVIDERS_REASON_DAYS)
