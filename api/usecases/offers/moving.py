"""Moving in and moving out: what an accepted offer becomes, and how a stay ends."""

from datetime import date

from api.usecases.desk.following_up import moved_in
from api.usecases.offers.apart import keep_apart
from api.usecases.offers.refusals import OfferRefused
from api.usecases.offers.steps import take
from api.usecases.work import Work
from models.codes import Situation
from models.forms import forms
from models.households import Household
from models.offers import EndReason, Offer, OfferState
from models.stock import Pool
from models.store.homes import end_stay, household_by_id, move, quota_is_full, stay_began, use_quotas
from models.store.offers import offers
from models.store.places import enter_place, leave_places
from models.store.revision import touch

SITUATION_OF_FORM = {
    "akutboende": Situation.EMERGENCY_SHELTER,
    "utredningsplats_65": Situation.SUPPORTED_HOUSING,
    "jourlagenhet": Situation.EMERGENCY_FLAT,
    "traningslagenhet": Situation.TRAINING_FLAT,
    "genomgangsbostad": Situation.TRANSITIONAL,
}
LASTING = 3


def situation_in(form_id: str) -> Situation:
    """Situation of a household that lives in a pool of a form."""
    form = forms()[form_id]
    if form_id in SITUATION_OF_FORM:
        return SITUATION_OF_FORM[form_id]
    if form.level == LASTING:
        return Situation.HOUSED
    return Situation.TRANSITIONAL if form.shis else Situation.SUPPORTED_HOUSING


def move_in(work: Work, offer: Offer, pools: dict[str, Pool], on: date, today: date) -> list[Offer]:
    """Let a household move in; those of a cycle move on the same day. The offers carried out.

    Parameters
    ----------
    today
        Last day that `on` may be: moving in is noted when it has happened.

    Raises
    ------
    OfferRefused
        When the place is not left yet, not everybody in a cycle has accepted, somebody whom the household
        must not meet is in the house, a quota is used up, or the day is ahead, before the yes or before the
        present stay.
    """
    # Those of a cycle may belong to several units, and leave their places together.
    with work.city_wide():
        return _move_in(work, offer, pools, on, today)


def _move_in(work: Work, offer: Offer, pools: dict[str, Pool], on: date, today: date) -> list[Offer]:
    moving = [offer]
    if offer.in_cycle:
        moving = offers(work.connection, run_id=offer.run_id, chain=offer.chain)
        waiting = [other for other in moving if other.state != OfferState.ACCEPTED]
        if waiting:
            raise OfferRefused("cycle_moves_together", changed={"waiting_for": len(waiting)})
    for other in moving:
        _on_a_day(work, other, on, today)
    leave_places(work.connection, [other.household_id for other in moving])
    for other in moving:
        take(work, other, OfferState.MOVED_IN, {})
        if not enter_place(work.connection, other.offer_id, other.household_id):
            raise OfferRefused("place_not_left")
        keep_apart(work, other.household_id, other.pool_id)
        household, pool = _household(work, other), pools[other.pool_id]
        if quota_is_full(work.connection, pool.form, household.responsible_unit, on.year, promised=False):
            raise OfferRefused("quota_full")
        move(
            work.connection,
            household,
            pool.pool_id,
            situation_in(pool.form),
            on,
            f"offer {other.offer_id}",
        )
        use_quotas(work.connection, pool.form, household.responsible_unit, on.year)
        moved_in(work, other, pool.form, on)
    touch(work.connection)
    return moving


def _on_a_day(work: Work, offer: Offer, on: date, today: date) -> None:
    if offer.state != OfferState.ACCEPTED:
        return
    # A city may be looked at as of an earlier day than the yes was noted on: then it is that day.
    said_yes = min(offer.changed_at.date(), today)
    began = stay_began(work.connection, offer.household_id)
    if on > today:
        raise OfferRefused("day_ahead", conflict=False)
    if on < said_yes:
        raise OfferRefused("moves_before_yes", conflict=False)
    if began is not None and on < began:
        raise OfferRefused("day_before_stay", conflict=False)


def end(work: Work, offer: Offer, situation: Situation, on: date, reason: EndReason, today: date) -> None:
    """End the stay that an offer led to: the household leaves the place, and where it is now is noted.

    Parameters
    ----------
    today
        Last day that `on` may be.

    Raises
    ------
    OfferRefused
        When the household never moved in, or the day is ahead or before the stay began.
    """
    household = _household(work, offer)
    if offer.state == OfferState.MOVED_IN:
        began = stay_began(work.connection, offer.household_id)
        if on > today:
            raise OfferRefused("day_ahead", conflict=False)
        if began is not None and on < began:
            raise OfferRefused("day_before_stay", conflict=False)
    take(work, offer, OfferState.ENDED, {})
    if household.current_pool_id == offer.pool_id:
        leave_places(work.connection, [offer.household_id])
        end_stay(work.connection, offer.household_id, on, str(reason))
        move(work.connection, household, None, situation, on, f"offer {offer.offer_id}")
    touch(work.connection)


def _household(work: Work, offer: Offer) -> Household:
    household = household_by_id(work.connection, offer.household_id)
    if household is None:
        raise OfferRefused("unknown_household", conflict=False)
    return household
