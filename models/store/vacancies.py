"""How full each pool is, place by place."""

from dataclasses import dataclass

from sqlalchemy import Connection, case, func, select
from sqlmodel import SQLModel

from models.tables import PlaceRecord

_places = SQLModel.metadata.tables[str(PlaceRecord.__tablename__)]


@dataclass(frozen=True, slots=True)
class Fullness:
    """Places of a pool: where somebody lives, held for somebody who is to come, and neither.

    A place can be both lived in and held: who lives there is to move on first.
    """

    occupied: int = 0
    held: int = 0
    vacant: int = 0


def fullness(connection: Connection) -> dict[str, Fullness]:
    """How full every pool with places is."""
    lived_in, held = _places.c.occupant.is_not(None), _places.c.offer_id.is_not(None)
    counted = (func.sum(case((flag, 1), else_=0)) for flag in (lived_in, held, ~lived_in & ~held))
    rows = connection.execute(select(_places.c.pool_id, *counted).group_by(_places.c.pool_id))
    return {pool_id: Fullness(int(o), int(h), int(v)) for pool_id, o, h, v in rows}


def free_places(connection: Connection) -> dict[str, list[int]]:
    """Numbers of the places of each pool where nobody lives and that are held for nobody."""
    free: dict[str, list[int]] = {}
    wanted = select(_places.c.pool_id, _places.c.number).where(
        _places.c.occupant.is_(None), _places.c.offer_id.is_(None)
    )
    for pool_id, number in connection.execute(wanted.order_by(_places.c.pool_id, _places.c.number)):
        free.setdefault(pool_id, []).append(number)
    return free
