"""Requests to providers: only what a place's own conditions need, and what the answer brings."""

import json
from datetime import date, timedelta
from secrets import token_hex
from uuid import uuid4

from sqlalchemy import Connection

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import household_seen, sees
from api.usecases.desk.telling import what_is_told
from api.usecases.offers.answering import PROVIDERS_REASON_DAYS, No, decline, withdraw
from api.usecases.work import Work
from models.codes import DeclinedBy
from models.offers import DeclineReason, OfferState
from models.placement_requests import PlacementRequest, ProvidersAnswer, RequestState
from models.store.casework import request_by_id, requests
from models.store.homes import add_decline
from models.store.offers import offer_by_id, open_offers
from models.store.revision import touch
from models.store.rows import change, keep
from models.tables import PlacementRequestRecord


def send_request(
    work: Work,
    view: CityView,
    household_id: str,
    pool_id: str,
    offer_id: str | None = None,
    wished_from: date | None = None,
) -> PlacementRequest:
    """Ask a provider about a place. It is told a reference made for this request, never the case's own.

    Raises
    ------
    DeskRefused
        When the person may not see the household, there is no such pool, the offer is another's, or the
        provider has been asked already.
    """
    household = household_seen(view, work.actor, household_id)
    if pool_id not in view.pools:
        raise DeskRefused("unknown_pool", "missing")
    if offer_id is not None:
        offer = offer_by_id(work.connection, offer_id)
        if offer is None or (offer.household_id, offer.pool_id) != (household_id, pool_id):
            raise DeskRefused("unknown_offer", "missing")
    for other in requests(work.connection, RequestState.SENT):
        if (other.household_id, other.pool_id) == (household_id, pool_id):
            raise DeskRefused("requested_already", "conflict", {"request": other.request_id})
    told = what_is_told(household, view.members.get(household_id, []), view.pools[pool_id], work, wished_from)
    request = PlacementRequest(
        request_id=uuid4().hex,
        reference=f"F-{token_hex(4).upper()}",
        household_id=household_id,
        pool_id=pool_id,
        offer_id=offer_id,
        content=json.dumps(told, ensure_ascii=False),
        sent_by=work.actor.user_id,
        sent_at=work.now,
    )
    keep(work.connection, PlacementRequestRecord, request)
    work.record(
        "request.send",
        "placement_request",
        request.request_id,
        household=household_id,
        told=sorted(told),
    )
    return request


def request_seen(connection: Connection, view: CityView, actor: Actor, request_id: str) -> PlacementRequest:
    """A request about a household that the person may see.

    Raises
    ------
    DeskRefused
        When there is none.
    """
    request = request_by_id(connection, request_id)
    if request is None or not sees(view, actor, request.household_id):
        raise DeskRefused("unknown_request", "missing")
    return request


def requests_seen(
    connection: Connection, view: CityView, actor: Actor, state: RequestState | None
) -> list[PlacementRequest]:
    """Requests about households that the person may see, newest first."""
    found = [one for one in requests(connection, state) if sees(view, actor, one.household_id)]
    return sorted(found, key=lambda one: (-one.sent_at.timestamp(), one.request_id))


def answer_request(
    work: Work,
    request: PlacementRequest,
    answer: ProvidersAnswer,
    reason: DeclineReason | None,
    note: str | None,
    day: date,
) -> PlacementRequest:
    """Note what a provider answered. A no is a no to the offer too, and needs its reason within two days.

    Raises
    ------
    DeskRefused
        When it has been answered or taken back, or a yes has a reason.
    OfferRefused
        When the offer can no longer be declined.
    """
    _still_sent(request)
    if answer == ProvidersAnswer.YES and reason is not None:
        raise DeskRefused("reason_of_a_yes")
    due = None
    if answer == ProvidersAnswer.NO:
        due = None if reason is not None else day + timedelta(days=PROVIDERS_REASON_DAYS)
        _say_no(work, request, reason, note, day)
    change(
        work.connection,
        PlacementRequestRecord,
        request,
        state=RequestState.ANSWERED,
        answer=answer,
        answered_at=work.now,
        reason=reason,
        reason_due_on=due,
        note=note,
    )
    said = str(answer) if reason is None else str(reason)
    work.record(
        "request.answer", "placement_request", request.request_id, said, household=request.household_id
    )
    return request


def take_back(work: Work, request: PlacementRequest) -> PlacementRequest:
    """Take a request back.

    Raises
    ------
    DeskRefused
        When it has been answered or taken back.
    """
    _still_sent(request)
    change(work.connection, PlacementRequestRecord, request, state=RequestState.WITHDRAWN)
    work.record("request.withdraw", "placement_request", request.request_id, household=request.household_id)
    return request


def _say_no(
    work: Work, request: PlacementRequest, reason: DeclineReason | None, note: str | None, day: date
) -> None:
    offer = None if request.offer_id is None else offer_by_id(work.connection, request.offer_id)
    pair = request.household_id, request.pool_id
    no = No(DeclinedBy.PROVIDER, reason, note)
    if offer is not None and offer.state in (OfferState.OFFERED, OfferState.ACCEPTED):
        decline(work, offer, no, day)
    for other in open_offers(work.connection, household_id=request.household_id):
        if other.pool_id != request.pool_id:
            continue
        if other.state == OfferState.PROPOSED:
            withdraw(work, other, None)
        elif other.state == OfferState.OFFERED:
            decline(work, other, no, day)
        else:
            # The household has been promised the place: whoever decides takes that back, nobody else.
            work.record("request.place_promised", "offer", other.offer_id, household=other.household_id)
    said = None if reason is None else str(reason)
    add_decline(work.connection, *pair, day, DeclinedBy.PROVIDER, said)
    touch(work.connection)


def promised_all_the_same(connection: Connection, request: PlacementRequest) -> str | None:
    """The accepted offer that a provider's no leaves to whoever decides; None where there is none."""
    if request.answer != ProvidersAnswer.NO:
        return None
    found = open_offers(connection, household_id=request.household_id)
    promised = (o for o in found if o.pool_id == request.pool_id and o.state == OfferState.ACCEPTED)
    return next((offer.offer_id for offer in promised), None)


def _still_sent(request: PlacementRequest) -> None:
    if request.state != RequestState.SENT:
        raise DeskRefused("request_over", "conflict", {"state": str(request.state)})
