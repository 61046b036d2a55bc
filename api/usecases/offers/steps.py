"""One step of an offer: from its state into the next, recorded with who took it."""

from typing import Any
from uuid import uuid4

from api.usecases.offers.refusals import OfferRefused
from api.usecases.work import Work
from models.offers import FOLLOWS, OPEN, Decision, DepartureReason, Offer, OfferState
from models.store.offers import add_decision, change_offer, offers
from models.store.places import release_place


def proposed(work: Work, household_id: str, pool_id: str, from_pool_id: str | None, **more: Any) -> Offer:
    """An offer that nobody has put to its household yet.

    Parameters
    ----------
    more
        Its place in a plan, or why it departs from one: columns of Offer.
    """
    return Offer(
        offer_id=uuid4().hex,
        household_id=household_id,
        pool_id=pool_id,
        from_pool_id=from_pool_id,
        state=OfferState.PROPOSED,
        created_at=work.now,
        changed_at=work.now,
        **more,
    )


def take(
    work: Work,
    offer: Offer,
    state: OfferState,
    said: dict[str, Any],
    why: DepartureReason | None = None,
    **changes: Any,
) -> None:
    """Take a step of an offer.

    Parameters
    ----------
    said
        What the decision says: columns of Decision.
    why
        Why somebody departs from the plan; it stands in the record.
    changes
        Columns of the offer that change with the state.

    Raises
    ------
    OfferRefused
        When that step does not follow, or somebody else was first.
    """
    if state not in FOLLOWS[offer.state]:
        raise OfferRefused("step_does_not_follow", changed={"state": str(offer.state)})
    if not change_offer(work.connection, offer, state=state, changed_at=work.now, **changes):
        raise OfferRefused("offer_changed")
    decision = Decision(
        decision_id=uuid4().hex,
        offer_id=offer.offer_id,
        at=work.now,
        actor=work.actor.user_id,
        state=state,
        **said,
    )
    add_decision(work.connection, decision)
    reason = said.get("reason") or why
    work.record(
        f"offer.{state}",
        "offer",
        offer.offer_id,
        reason="" if reason is None else str(reason),
        household=offer.household_id,
    )


def let_fall(work: Work, offer: Offer) -> list[Offer]:
    """Withdraw what hangs on a fallen offer: the rest of its chain, or its whole cycle; the offers withdrawn.

    Residents keep their places: nobody of them has moved yet.
    """
    # The rest of a chain may be another unit's: it falls all the same.
    with work.city_wide():
        return _let_fall(work, offer)


def _let_fall(work: Work, offer: Offer) -> list[Offer]:
    release_place(work.connection, offer.offer_id)
    if offer.run_id is None or offer.chain is None or offer.step is None:
        return []
    step = offer.step
    fallen = [
        other
        for other in offers(work.connection, OPEN, run_id=offer.run_id, chain=offer.chain)
        if other.offer_id != offer.offer_id and (offer.in_cycle or (other.step or 0) > step)
    ]
    for other in fallen:
        release_place(work.connection, other.offer_id)
        take(work, other, OfferState.WITHDRAWN, {}, place_number=None)
    return fallen


def predecessor(work: Work, offer: Offer) -> Offer | None:
    """The offer whose household leaves the place that this one is to have; None when the place is vacant."""
    if offer.run_id is None or offer.chain is None or (offer.step == 1 and not offer.in_cycle):
        return None
    with work.city_wide():
        chain = offers(work.connection, run_id=offer.run_id, chain=offer.chain)
    for other in chain:
        if other.from_pool_id != offer.pool_id or other.offer_id == offer.offer_id:
            continue
        if offer.in_cycle or other.step == (offer.step or 0) - 1:
            return other
    return None


def leaving_before(work: Work, offer: Offer) -> frozenset[str]:
    """Households of its chain that leave their places before its own moves in; of a cycle, all others."""
    if offer.run_id is None or offer.chain is None or (offer.step == 1 and not offer.in_cycle):
        return frozenset()
    with work.city_wide():
        chain = offers(work.connection, OPEN, run_id=offer.run_id, chain=offer.chain)
    return frozenset(
        other.household_id
        for other in chain
        if other.offer_id != offer.offer_id and (offer.in_cycle or (other.step or 0) < (offer.step or 0))
    )
