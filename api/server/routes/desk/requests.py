"""Requests to providers, their answers, and what a no still needs: a reason, and the next contact."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import Id, OfHousehold, Text, done_once, page_about, shown
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page
from api.server.problems import Problem
from api.server.service import Here
from api.usecases.city_view import CityView
from api.usecases.desk.providers_no import contacted, explain_no, explain_offers_no
from api.usecases.desk.reconsidering import reconsider
from api.usecases.desk.requesting import (
    answer_request,
    promised_all_the_same,
    request_seen,
    requests_seen,
    send_request,
    take_back,
)
from api.usecases.desk.seen import sees
from api.usecases.work import Work, reading_for
from models.days import Day
from models.offers import DeclineReason, Offer
from models.placement_requests import PlacementRequest, ProvidersAnswer, RequestState
from models.store.offers import offer_by_id

router = APIRouter(tags=["requests"])

Reader = Annotated[Actor, needs("case.read")]
Decider = Annotated[Actor, needs("offer.decide")]


class RequestOut(BaseModel):
    """A request, and what the provider was told.

    After a no, `accepted_offer` is one that stands all the same: whoever decides takes it back, or does not.
    """

    request: PlacementRequest
    told: dict[str, Any]
    accepted_offer: str | None = None


class NewRequestIn(BaseModel):
    """About whom and which place, and the offer it belongs to where there is one."""

    household_id: Id
    pool_id: Id
    offer_id: Id | None = None
    wished_from: Day | None = None


class AnswerIn(BaseModel):
    """What the provider said; a no has its reason now or within two days."""

    answer: ProvidersAnswer
    reason: DeclineReason | None = None
    note: Text | None = None


class ReasonIn(BaseModel):
    """Why a provider said no."""

    reason: DeclineReason


class ContactIn(BaseModel):
    """When and by whom contact is kept next; nothing when it is not."""

    next_contact_on: Day | None = None
    next_contact_by: Id | None = None


@router.get("/placement-requests")
def list_requests(
    actor: Reader,
    here: Here,
    state: RequestState | None = None,
    household: OfHousehold = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[RequestOut]:
    """List requests to providers, newest first."""
    with reading_for(here.engine, actor) as connection:
        found = requests_seen(connection, here.city(), actor, state)
    page = page_about(
        here,
        actor,
        "placement_requests",
        found,
        lambda one: (-one.sent_at.timestamp(), one.request_id),
        limit=limit,
        cursor=cursor,
        household=household,
        state=state,
    )
    return page.told(_out)


@router.post("/placement-requests", status_code=201)
def send(body: NewRequestIn, actor: Decider, here: Here, once: OnceOnly) -> RequestOut:
    """Ask a provider about a place, with only what it needs."""
    view = here.city()
    return done_once(
        once, actor, RequestOut, lambda work: _out(send_request(work, view, **body.model_dump()))
    )


@router.get("/placement-requests/{request_id}")
def show(request_id: str, actor: Reader, here: Here, response: Response) -> RequestOut:
    """Show a request; that it was looked at is recorded."""
    view = here.city()

    def act(work: Work) -> RequestOut:
        request = request_seen(work.connection, view, actor, request_id)
        work.record("case.read", "placement_request", request_id, household=request.household_id)
        return _out(request)

    return shown(here, actor, response, act)


@router.post("/placement-requests/{request_id}/answer")
def answer(request_id: str, body: AnswerIn, actor: Decider, here: Here, once: OnceOnly) -> RequestOut:
    """Note what a provider answered; a no is a no to the offer too."""
    view, day = here.city(), here.as_of()

    def act(work: Work) -> RequestOut:
        request = request_seen(work.connection, view, actor, request_id)
        answered = _out(answer_request(work, request, body.answer, body.reason, body.note, day))
        answered.accepted_offer = promised_all_the_same(work.connection, request)
        return answered

    return done_once(once, actor, RequestOut, act)


@router.post("/placement-requests/{request_id}/reason")
def reason(request_id: str, body: ReasonIn, actor: Decider, here: Here, once: OnceOnly) -> RequestOut:
    """Give a provider's no its reason."""
    view = here.city()

    def act(work: Work) -> RequestOut:
        request = request_seen(work.connection, view, actor, request_id)
        return _out(explain_no(work, request, body.reason))

    return done_once(once, actor, RequestOut, act)


@router.post("/placement-requests/{request_id}/withdrawal")
def withdraw(request_id: str, actor: Decider, here: Here, once: OnceOnly) -> RequestOut:
    """Take a request back."""
    view = here.city()

    def act(work: Work) -> RequestOut:
        return _out(take_back(work, request_seen(work.connection, view, actor, request_id)))

    return done_once(once, actor, RequestOut, act)


@router.post("/offers/{offer_id}/reason")
def offers_reason(offer_id: str, body: ReasonIn, actor: Decider, here: Here, once: OnceOnly) -> Offer:
    """Give a provider's no to an offer the reason that was missing."""
    view = here.city()

    def act(work: Work) -> Offer:
        offer = _offer(work, view, actor, offer_id)
        explain_offers_no(work, offer, body.reason)
        return offer

    return done_once(once, actor, Offer, act)


@router.post("/offers/{offer_id}/contact")
def contact(offer_id: str, body: ContactIn, actor: Decider, here: Here, once: OnceOnly) -> Offer:
    """Note that contact was kept after a no, and when it is kept next."""
    view = here.city()

    def act(work: Work) -> Offer:
        offer = _offer(work, view, actor, offer_id)
        return contacted(work, offer, body.next_contact_on, body.next_contact_by)

    return done_once(once, actor, Offer, act)


@router.post("/offers/{offer_id}/reconsideration")
def think_again(offer_id: str, actor: Decider, here: Here, once: OnceOnly) -> Offer:
    """Let a household that has thought again have the place proposed before the pause is over."""
    view = here.city()
    return done_once(once, actor, Offer, lambda work: reconsider(work, view, offer_id))


def _offer(work: Work, view: CityView, actor: Actor, offer_id: str) -> Offer:
    offer = offer_by_id(work.connection, offer_id)
    if offer is None or not sees(view, actor, offer.household_id):
        raise Problem(404, "unknown_offer")
    return offer


def _out(request: PlacementRequest) -> RequestOut:
    return RequestOut(request=request, told=json.loads(request.content))
