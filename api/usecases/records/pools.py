"""A pool changed by hand: capacity, days of opening and closing, rules of the house, its places."""

from collections.abc import Mapping
from typing import Any

from api.usecases.city_view import CityView
from api.usecases.records.refusals import RecordRefused, refuse
from api.usecases.records.rows import Given, changed_columns, faults_between, written_row
from api.usecases.work import Work
from models.changes import PoolChange
from models.stock import Pool
from models.store.changes import keep_pool_changes, new_id, written
from models.store.place_numbers import change_pool, close_place, open_place
from models.store.places import places_of, settle_places
from models.store.revision import touch


def change_features(work: Work, view: CityView, pool: Pool, features: Given) -> None:
    """Change features of a pool.

    Raises
    ------
    RecordRefused
        With every fault of what was written; when fewer places are left than are lived in or held.
    """
    as_of = view.assessment.instance.as_of
    row, faults = written_row("pools", {"pool_id": pool.pool_id}, features, new=False)
    faults += faults_between({"pools": [row]}, view.dataset, as_of)
    refuse(faults)
    changes = changed_columns(row, pool)
    if not changes:
        return
    if "capacity" in changes:
        with work.city_wide():
            places = places_of(work.connection, pool.pool_id)
        if sum(1 for place in places if place.occupant or place.offer_id) > changes["capacity"]:
            raise RecordRefused("places_held")
    change_pool(work.connection, pool.pool_id, **changes)
    if "capacity" in changes:
        _close_up(work, pool.pool_id, changes["capacity"])
    _changed(work, pool, changes)


def add_place(work: Work, pool: Pool) -> int:
    """Open one more place in a pool; how many it has then."""
    open_place(work.connection, pool.pool_id)
    return _counted(work, pool, pool.capacity + 1)


def take_place_out(work: Work, pool: Pool, number: int) -> int:
    """Close one place of a pool; how many it has then.

    Raises
    ------
    RecordRefused
        When somebody lives there or is to come, or there is no such place.
    """
    with work.city_wide():
        places = places_of(work.connection, pool.pool_id)
    if number not in {place.number for place in places}:
        raise RecordRefused("unknown_place", 404)
    if not close_place(work.connection, pool.pool_id, number):
        raise RecordRefused("place_in_use")
    return _counted(work, pool, pool.capacity - 1)


def _close_up(work: Work, pool_id: str, capacity: int) -> None:
    """Close empty places, the last ones first, until so many are left, and open those that lack."""
    with work.city_wide():
        places = places_of(work.connection, pool_id)
    empty = [place.number for place in places if not place.occupant and not place.offer_id]
    for number in sorted(empty, reverse=True)[: max(len(places) - capacity, 0)]:
        close_place(work.connection, pool_id, number)
    settle_places(work.connection)


def _counted(work: Work, pool: Pool, capacity: int) -> int:
    change_pool(work.connection, pool.pool_id, capacity=capacity)
    _changed(work, pool, {"capacity": capacity})
    return capacity


def _changed(work: Work, pool: Pool, changes: Mapping[str, Any]) -> None:
    keep_pool_changes(
        work.connection,
        [
            PoolChange(
                change_id=new_id(),
                pool_id=pool.pool_id,
                feature=name,
                before=written(getattr(pool, name)),
                after=written(value),
                at=work.now,
                actor=work.actor.user_id,
            )
            for name, value in changes.items()
        ],
    )
    touch(work.connection)
    work.record("place.change", "pool", pool.pool_id, features=sorted(changes))
