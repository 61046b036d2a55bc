"""Thinking again: a household that said no to a place may have it proposed before the pause is over."""

from sqlalchemy import delete

from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import sees
from api.usecases.work import Work
from models.codes import DeclinedBy
from models.offers import Offer, OfferState
from models.store.casework import last_no
from models.store.offers import offer_by_id
from models.store.revision import touch
from models.store.rows import table_of
from models.tables import DeclineRecord

_declines = table_of(DeclineRecord)


def reconsider(work: Work, view: CityView, offer_id: str) -> Offer:
    """Let a household's own no keep the place away no longer; the decision itself stays in the record.

    Raises
    ------
    DeskRefused
        When the person may not see the offer, or the no was not the household's: a provider's is not its to
        take back.
    """
    offer = offer_by_id(work.connection, offer_id)
    if offer is None or not sees(view, work.actor, offer.household_id):
        raise DeskRefused("unknown_offer", "missing")
    if offer.state != OfferState.DECLINED:
        raise DeskRefused("not_declined", "conflict", {"state": str(offer.state)})
    if last_no(work.connection, offer_id) != DeclinedBy.HOUSEHOLD:
        raise DeskRefused("not_the_households_no", "conflict")
    gone = work.connection.execute(
        delete(_declines).where(
            _declines.c.household_id == offer.household_id,
            _declines.c.pool_id == offer.pool_id,
            _declines.c.declined_by == DeclinedBy.HOUSEHOLD,
        )
    ).rowcount
    if gone:
        touch(work.connection)
    work.record("offer.reconsider", "offer", offer_id, household=offer.household_id)
    return offer
