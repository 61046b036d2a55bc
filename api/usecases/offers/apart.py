"""Households that must never share a house: none is offered, promised or moved into where another is."""

from collections.abc import Collection

from sqlalchemy import or_, select

from api.usecases.offers.refusals import OfferRefused
from api.usecases.work import Work
from models.store.rows import table_of
from models.tables import ConflictRecord, PlaceRecord, PoolRecord

_conflicts, _places, _pools = table_of(ConflictRecord), table_of(PlaceRecord), table_of(PoolRecord)


def keep_apart(work: Work, household_id: str, pool_id: str, leaving: Collection[str] = ()) -> None:
    """Refuse a place in a house where somebody lives, or has a place held, whom the household must not meet.

    Parameters
    ----------
    leaving
        Households that move out before this one moves in.

    Raises
    ------
    OfferRefused
        As when the place has gone to somebody else, so that nothing tells who lives where.
    """
    # Whom it must not meet is often another unit's.
    with work.city_wide():
        met = _meets(work, household_id, pool_id, frozenset(leaving))
    if met:
        raise OfferRefused("place_gone")


def _meets(work: Work, household_id: str, pool_id: str, leaving: frozenset[str]) -> bool:
    a, b = _conflicts.c.household_id_a, _conflicts.c.household_id_b
    pairs = work.connection.execute(select(a, b).where(or_(a == household_id, b == household_id)))
    others = {other for pair in pairs for other in pair} - {household_id}
    if not others:
        return False
    facility = work.connection.execute(
        select(_pools.c.facility_id).where(_pools.c.pool_id == pool_id)
    ).scalar()
    house = [_pools.c.pool_id == pool_id]
    if facility:
        house.append(_pools.c.facility_id == facility)
    found = work.connection.execute(
        select(_places.c.occupant, _places.c.held_for)
        .join(_pools, _pools.c.pool_id == _places.c.pool_id)
        .where(or_(*house))
    )
    return any(occupant in others - leaving or held_for in others for occupant, held_for in found)
