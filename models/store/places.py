"""Places one by one: kept in step with the pools and their residents, held and moved into."""

from collections import defaultdict

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from models.places import Place
from models.tables import HouseholdRecord, PlaceRecord, PoolRecord
from models.walls import city_wide

_places = SQLModel.metadata.tables[str(PlaceRecord.__tablename__)]
_pools = SQLModel.metadata.tables[str(PoolRecord.__tablename__)]
_households = SQLModel.metadata.tables[str(HouseholdRecord.__tablename__)]


class PlaceTaken(Exception):
    """The place went to somebody else first, or the household has another place held for it.

    `household` tells the second from the first.
    """

    def __init__(self, household: bool) -> None:
        super().__init__("household" if household else "place")
        self.household = household


def settle_places(connection: Connection) -> None:
    """Bring the places in step with pools and residents after a change of data; holds stay as they are."""
    with city_wide(connection):
        _settle(connection)


def _settle(connection: Connection) -> None:
    pools = connection.execute(select(_pools.c.pool_id, _pools.c.capacity))
    capacity = {row.pool_id: row.capacity for row in pools}
    residents = select(_households.c.household_id, _households.c.current_pool_id).where(
        _households.c.current_pool_id.is_not(None)
    )
    lives_in = {row.household_id: row.current_pool_id for row in connection.execute(residents)}
    stood: dict[str, dict[int, Place]] = defaultdict(dict)
    for row in connection.execute(select(_places)).mappings():
        place = Place.model_construct(**row)
        stood[place.pool_id][place.number] = place
    homeless = dict(lives_in)
    wanted: dict[tuple[str, int], str | None] = {}
    for pool_id in sorted(capacity.keys() | stood.keys()):
        most = capacity.get(pool_id, 0)
        numbers = set(range(1, most + 1)) | {n for n, p in stood[pool_id].items() if p.offer_id is not None}
        for number in sorted(numbers):
            before = stood[pool_id].get(number)
            stays = before is not None and lives_in.get(before.occupant or "") == pool_id
            wanted[pool_id, number] = before.occupant if before is not None and stays else None
            if before is not None and stays and before.occupant is not None:
                del homeless[before.occupant]
    free: dict[str, list[int]] = defaultdict(list)
    for (pool_id, number), occupant in sorted(wanted.items(), reverse=True):
        if occupant is None:
            free[pool_id].append(number)
    for household_id, pool_id in sorted(homeless.items()):
        wanted[pool_id, free[pool_id].pop()] = household_id
    _write(connection, stood, wanted)


def _write(
    connection: Connection, stood: dict[str, dict[int, Place]], wanted: dict[tuple[str, int], str | None]
) -> None:
    at = {(place.pool_id, place.number): place for numbers in stood.values() for place in numbers.values()}
    this = (_places.c.pool_id == bindparam("p"), _places.c.number == bindparam("n"))
    left = [{"p": p, "n": n} for (p, n), place in at.items() if place.occupant != wanted.get((p, n))]
    # Everybody who moves steps out first, or two would live in one place for a moment.
    if left:
        connection.execute(update(_places).where(*this).values(occupant=None), left)
    gone = [{"p": p, "n": n} for p, n in at if (p, n) not in wanted]
    if gone:
        connection.execute(delete(_places).where(*this), gone)
    new = [
        {"pool_id": p, "number": n, "occupant": occupant, "offer_id": None, "held_for": None}
        for (p, n), occupant in wanted.items()
        if (p, n) not in at
    ]
    if new:
        connection.execute(insert(_places), new)
    entered = [
        {"p": p, "n": n, "who": occupant}
        for (p, n), occupant in wanted.items()
        if (p, n) in at and occupant is not None and at[p, n].occupant != occupant
    ]
    if entered:
        connection.execute(update(_places).where(*this).values(occupant=bindparam("who")), entered)


def hold_place(
    connection: Connection, pool_id: str, offer_id: str, household_id: str, left_by: str | None = None
) -> int:
    """Hold a place for an accepted offer; its number.

    Parameters
    ----------
    left_by
        Household that is to leave the place first; None for a place that stands empty.

    Raises
    ------
    PlaceTaken
        When no such place is free any more, or the household has a place held already.
    """
    with city_wide(connection):
        return _hold(connection, pool_id, offer_id, household_id, left_by)


def _hold(connection: Connection, pool_id: str, offer_id: str, household_id: str, left_by: str | None) -> int:
    free: ColumnElement[bool] = (
        _places.c.occupant.is_(None) if left_by is None else _places.c.occupant == left_by
    )
    wanted = (_places.c.pool_id == pool_id, _places.c.offer_id.is_(None), free)
    number = connection.execute(select(func.min(_places.c.number)).where(*wanted)).scalar()
    if number is None:
        raise PlaceTaken(household=False)
    hold = update(_places).where(*wanted, _places.c.number == number)
    try:
        with connection.begin_nested():
            done = connection.execute(hold.values(offer_id=offer_id, held_for=household_id))
    except IntegrityError:
        raise PlaceTaken(household=True) from None
    if done.rowcount != 1:
        raise PlaceTaken(household=False)
    return int(number)


def release_place(connection: Connection, offer_id: str) -> None:
    """Let go of the place held for an offer."""
    with city_wide(connection):
        connection.execute(
            update(_places).where(_places.c.offer_id == offer_id).values(offer_id=None, held_for=None)
        )


def leave_places(connection: Connection, household_ids: list[str]) -> None:
    """Let households step out of the places they live in."""
    left = update(_places).where(_places.c.occupant.in_(household_ids)).values(occupant=None)
    with city_wide(connection):
        connection.execute(left)


def enter_place(connection: Connection, offer_id: str, household_id: str) -> bool:
    """Let a household live in the place held for its offer; False when somebody still lives there."""
    entered = (
        update(_places)
        .where(_places.c.offer_id == offer_id, _places.c.occupant.is_(None))
        .values(occupant=household_id, offer_id=None, held_for=None)
    )
    with city_wide(connection):
        return connection.execute(entered).rowcount == 1


def places_of(connection: Connection, pool_id: str) -> tuple[Place, ...]:
    """Places of a pool by number."""
    found = connection.execute(
        select(_places).where(_places.c.pool_id == pool_id).order_by(_places.c.number)
    ).mappings()
    return tuple(Place.model_construct(**row) for row in found)


def held(connection: Connection) -> tuple[Place, ...]:
    """Places held for somebody, of all pools."""
    rows = connection.execute(
        select(_places)
        .where(or_(_places.c.offer_id.is_not(None), _places.c.held_for.is_not(None)))
        .order_by(_places.c.pool_id, _places.c.number)
    ).mappings()
    return tuple(Place.model_construct(**row) for row in rows)
