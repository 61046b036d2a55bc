"""Places added to a pool and taken out of it, one at a time: numbers go on from 1 without a gap."""

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlmodel import SQLModel

from models.tables import OfferRecord, PlaceRecord, PoolRecord
from models.walls import city_wide

_places = SQLModel.metadata.tables[str(PlaceRecord.__tablename__)]
_pools = SQLModel.metadata.tables[str(PoolRecord.__tablename__)]
_offers = SQLModel.metadata.tables[str(OfferRecord.__tablename__)]


def change_pool(connection: Connection, pool_id: str, **changes: object) -> None:
    """Change features of a pool; its places are settled apart."""
    connection.execute(update(_pools).where(_pools.c.pool_id == pool_id).values(changes))


def open_place(connection: Connection, pool_id: str) -> int:
    """Add an empty place to a pool; its number."""
    with city_wide(connection):
        last = connection.execute(
            select(func.max(_places.c.number)).where(_places.c.pool_id == pool_id)
        ).scalar()
        number = int(last or 0) + 1
        connection.execute(insert(_places).values(pool_id=pool_id, number=number))
    return number


def close_place(connection: Connection, pool_id: str, number: int) -> bool:
    """Take an empty place that is held for nobody out of a pool; False where it is not such a place.

    The last place of the pool takes its number over, with whoever lives there or is to come.
    """
    this = (_places.c.pool_id == pool_id, _places.c.number == number)
    empty = (_places.c.occupant.is_(None), _places.c.offer_id.is_(None))
    with city_wide(connection):
        if connection.execute(delete(_places).where(*this, *empty)).rowcount != 1:
            return False
        last = connection.execute(
            select(func.max(_places.c.number)).where(_places.c.pool_id == pool_id)
        ).scalar()
        if last is not None and int(last) > number:
            at_last = (_places.c.pool_id == pool_id, _places.c.number == int(last))
            offer = connection.execute(select(_places.c.offer_id).where(*at_last)).scalar()
            connection.execute(update(_places).where(*at_last).values(number=number))
            if offer is not None:
                connection.execute(
                    update(_offers).where(_offers.c.offer_id == offer).values(place_number=number)
                )
    return True
