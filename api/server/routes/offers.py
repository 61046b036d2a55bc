"""Offers: those of a person's households, and the steps taken on each. There is no accepting in bulk."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.access.visibility import may_see
from api.server.desk import listed
from api.server.etags import IfMatch, must_be_undecided, send_etag
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.routes.offer_bodies import (
    AcceptanceIn,
    AnsweredOut,
    EndIn,
    MovingIn,
    NewOffer,
    NoIn,
    OfferOut,
    Putting,
    StepOut,
    WithdrawalIn,
)
from api.server.service import Here, Service
from api.usecases.city_view import CityView
from api.usecases.offers.answering import Acceptance, Answered, No, accept, decline, withdraw
from api.usecases.offers.freezing import freeze_explanation, frozen_explanation
from api.usecases.offers.judging import judge
from api.usecases.offers.moving import end, move_in
from api.usecases.offers.putting import Choice, in_time, put, put_own_choice
from api.usecases.offers.refusals import OfferRefused
from api.usecases.offers.seen import chain_told, offers_seen
from api.usecases.work import Work, looking_for, reading_for
from models.offers import Offer, OfferState
from models.store.offers import offer_by_id, offers

Out = TypeVar("Out", bound=BaseModel)

router = APIRouter(prefix="/offers", tags=["offers"])

Reader = Annotated[Actor, needs("plan.read")]
Decider = Annotated[Actor, needs("offer.decide")]


@router.get("")
def list_offers(
    actor: Reader,
    here: Here,
    state: Annotated[list[OfferState] | None, Query()] = None,
    household: Annotated[str | None, Query(max_length=200)] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Offer]:
    """List the offers to households that the person may see; that they were listed is recorded."""
    view = here.city()
    with reading_for(here.engine, actor) as connection:
        found = offers_seen(view, actor, offers(connection, state, household))
    rows, following = page_of(found, _order, cursor, limit)
    listed(
        here,
        actor,
        "offers",
        [row.household_id for row in rows],
        state=",".join(state or ()),
        household=household,
    )
    return Page(items=rows, total=len(found), next=following)


@router.post("", status_code=201)
def put_own(body: NewOffer, actor: Decider, here: Here, once: OnceOnly) -> OfferOut:
    """Put a place of the person's own choice to a household."""
    view, day = here.city(), here.as_of()
    _must_see_household(view, actor, body.household_id)
    if body.pool_id not in view.pool_at:
        raise Problem(404, "unknown_pool")
    accepted = frozenset(body.unknown_accepted)
    choice = Choice(body.household_id, body.pool_id, body.answer_by, body.departure, accepted)

    def act(work: Work) -> OfferOut:
        now = here.views.within(work.connection, day)
        _must_see_household(now, actor, body.household_id)
        if body.pool_id not in now.pool_at:
            raise Problem(404, "unknown_pool")
        return _shown(work, now, actor, put_own_choice(work, now, choice))

    return _carried_out(once, actor, OfferOut, act)


@router.get("/{offer_id}")
def show_offer(offer_id: str, actor: Reader, here: Here, response: Response) -> OfferOut:
    """Show an offer; that it was looked at is recorded."""
    view = here.city()
    with looking_for(here.engine, actor, here.now()) as work:
        offer = _offer(work, view, actor, offer_id)
        work.record("case.read", "offer", offer_id, household=offer.household_id)
        shown = _shown(work, view, actor, offer)
    send_etag(response, shown)
    return shown


@router.get("/{offer_id}/explanation")
def show_explanation(offer_id: str, actor: Reader, here: Here) -> dict[str, Any]:
    """Show the explanation as it was when the offer was accepted."""
    view = here.city()
    with looking_for(here.engine, actor, here.now()) as work:
        offer = _offer(work, view, actor, offer_id)
        work.record("case.read", "offer", offer_id, household=offer.household_id)
        found = None
        if offer.explanation_hash is not None:
            found = frozen_explanation(work.connection, offer.explanation_hash)
    if found is None:
        raise Problem(404, "no_explanation")
    return found


@router.post("/{offer_id}/offering")
def offering(
    offer_id: str, body: Putting, actor: Decider, here: Here, once: OnceOnly, if_match: IfMatch = None
) -> OfferOut:
    """Put a proposed place to its household."""

    def act(work: Work, view: CityView, offer: Offer) -> OfferOut:
        if offer.state == OfferState.PROPOSED:
            judge(work, view, offer.household_id, offer.pool_id)
        in_time(body.answer_by, view.assessment.instance.as_of)
        return _shown(work, view, actor, put(work, offer, body.answer_by))

    return _step(once, here, actor, offer_id, if_match, OfferOut, act)


@router.post("/{offer_id}/acceptance")
def acceptance(
    offer_id: str, body: AcceptanceIn, actor: Decider, here: Here, once: OnceOnly, if_match: IfMatch = None
) -> AnsweredOut:
    """Accept an offer on the household's behalf: the place is held from now on."""
    said = Acceptance(**body.model_dump())

    def act(work: Work, view: CityView, offer: Offer) -> AnsweredOut:
        if offer.state == OfferState.OFFERED:
            judge(work, view, offer.household_id, offer.pool_id)
        row = view.row_of[offer.household_id]
        has_children = bool(view.assessment.instance.households["children"][row])
        frozen = freeze_explanation(work.connection, view, offer.household_id, offer.pool_id)
        return _answered(work, view, actor, accept(work, offer, said, has_children, frozen))

    return _step(once, here, actor, offer_id, if_match, AnsweredOut, act)


@router.post("/{offer_id}/decline")
def declining(
    offer_id: str, body: NoIn, actor: Decider, here: Here, once: OnceOnly, if_match: IfMatch = None
) -> AnsweredOut:
    """Take down a no."""
    said = No(body.declined_by, body.reason, body.note, body.next_contact_on, body.next_contact_by)

    def act(work: Work, view: CityView, offer: Offer) -> AnsweredOut:
        return _answered(work, view, actor, decline(work, offer, said, here.as_of()))

    return _step(once, here, actor, offer_id, if_match, AnsweredOut, act)


@router.post("/{offer_id}/withdrawal")
def withdrawal(
    offer_id: str, body: WithdrawalIn, actor: Decider, here: Here, once: OnceOnly, if_match: IfMatch = None
) -> AnsweredOut:
    """Take an offer back."""

    def act(work: Work, view: CityView, offer: Offer) -> AnsweredOut:
        return _answered(work, view, actor, withdraw(work, offer, body.note, body.reason))

    return _step(once, here, actor, offer_id, if_match, AnsweredOut, act)


@router.post("/{offer_id}/moving-in")
def moving_in(
    offer_id: str, body: MovingIn, actor: Decider, here: Here, once: OnceOnly, if_match: IfMatch = None
) -> OfferOut:
    """Let the household move in; those of a cycle move together."""

    def act(work: Work, view: CityView, offer: Offer) -> OfferOut:
        move_in(work, offer, dict(view.pools), body.on, view.assessment.instance.as_of)
        return _shown(work, view, actor, _offer(work, view, actor, offer_id))

    return _step(once, here, actor, offer_id, if_match, OfferOut, act)


@router.post("/{offer_id}/end")
def ending(
    offer_id: str, body: EndIn, actor: Decider, here: Here, once: OnceOnly, if_match: IfMatch = None
) -> OfferOut:
    """End the stay that the offer led to."""

    def act(work: Work, view: CityView, offer: Offer) -> OfferOut:
        end(work, offer, body.situation, body.on, body.reason, view.assessment.instance.as_of)
        return _shown(work, view, actor, offer)

    return _step(once, here, actor, offer_id, if_match, OfferOut, act)


def _step(
    once: OnceOnly,
    here: Service,
    actor: Actor,
    offer_id: str,
    if_match: str | None,
    out: type[Out],
    act: Callable[[Work, CityView, Offer], Out],
) -> Out:
    # Renewed before the transaction, so that others wait less while it is renewed inside.
    day = here.city().assessment.instance.as_of

    def within(work: Work) -> Out:
        view = here.views.within(work.connection, day)
        offer = _offer(work, view, actor, offer_id)
        if if_match is not None:
            must_be_undecided(if_match, _shown(work, view, actor, offer))
        return act(work, view, offer)

    return _carried_out(once, actor, out, within)


def _carried_out(once: OnceOnly, actor: Actor, out: type[Out], act: Callable[[Work], Out]) -> Out:
    try:
        return once.run(actor, out, act)
    except OfferRefused as refused:
        status = 409 if refused.conflict else 422
        raise Problem(
            status, refused.key, {"changed": refused.changed} if refused.changed else None
        ) from None


def _offer(work: Work, view: CityView, actor: Actor, offer_id: str) -> Offer:
    offer = offer_by_id(work.connection, offer_id)
    if offer is None or not offers_seen(view, actor, [offer]):
        raise Problem(404, "unknown_offer")
    return offer


def _must_see_household(view: CityView, actor: Actor, household_id: str) -> None:
    stand_in = view.households.get(household_id)
    if stand_in is None or not may_see(actor, stand_in):
        raise Problem(404, "unknown_household")


def _shown(work: Work, view: CityView, actor: Actor, offer: Offer) -> OfferOut:
    chain = [offer]
    if offer.run_id is not None and offer.chain is not None:
        with work.city_wide():
            chain = offers(work.connection, run_id=offer.run_id, chain=offer.chain)
    told = chain_told(view, actor, chain)
    steps = [StepOut(another=step.household_id is None, **_fields(step)) for step in told]
    return OfferOut(offer=offer, chain=steps)


def _answered(work: Work, view: CityView, actor: Actor, answered: Answered) -> AnsweredOut:
    mine = offers_seen(view, actor, answered.fallen)
    return AnsweredOut(
        **_shown(work, view, actor, answered.offer).model_dump(),
        fallen=[offer.household_id for offer in mine],
        fallen_of_others=len(answered.fallen) - len(mine),
    )


def _fields(step: Any) -> dict[str, Any]:
    return {
        name: getattr(step, name) for name in ("step", "household_id", "pool_id", "from_pool_id", "state")
    }


def _order(offer: Offer) -> tuple[int, int, int, str]:
    return offer.run_id or 0, offer.chain or 0, offer.step or 0, offer.offer_id
