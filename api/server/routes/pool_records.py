"""Pools changed by hand: features, places one at a time, and what was changed when."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Path, Response

from api.access.actor import Actor
from api.server.etags import IfMatch, must_match, send_etag
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.routes.record_bodies import PlaceRef, PoolChangeIn
from api.server.service import Here, Service
from api.usecases.city_view import CityView
from api.usecases.records.pools import add_place, change_features, take_place_out
from api.usecases.records.refusals import RecordRefused
from api.usecases.work import Work, working_for
from models.changes import PoolChange
from models.database import reading
from models.exchange.columns import LARGEST_NUMBER
from models.stock import Pool
from models.store.changes import changes_of_pool

Out = TypeVar("Out")

router = APIRouter(prefix="/pools", tags=["stock"])

Reader = Annotated[Actor, needs("place.read")]
Writer = Annotated[Actor, needs("place.write")]
Number = Annotated[int, Path(ge=1, le=LARGEST_NUMBER)]


@router.patch("/{pool_id}")
def change(
    pool_id: str,
    body: PoolChangeIn,
    actor: Writer,
    here: Here,
    response: Response,
    if_match: IfMatch = None,
) -> Pool:
    """Change a pool: capacity, days of opening and closing, rules of the house."""

    def act() -> None:
        with working_for(here.engine, actor, here.now()) as work:
            view, pool = _pool(here, work, pool_id)
            must_match(if_match, pool)
            change_features(work, view, pool, body.features)

    _done(act)
    shown = here.city().pools[pool_id]
    send_etag(response, shown)
    return shown


@router.post("/{pool_id}/places", status_code=201)
def open_one(pool_id: str, actor: Writer, here: Here, once: OnceOnly) -> PlaceRef:
    """Open one more place in a pool."""

    def act(work: Work) -> PlaceRef:
        _, pool = _pool(here, work, pool_id)
        return PlaceRef(pool_id=pool_id, capacity=add_place(work, pool))

    return _done(lambda: once.run(actor, PlaceRef, act))


@router.post("/{pool_id}/places/{number}/closing")
def close_one(pool_id: str, number: Number, actor: Writer, here: Here, once: OnceOnly) -> PlaceRef:
    """Close a free place; the last place of the pool takes its number over."""

    def act(work: Work) -> PlaceRef:
        _, pool = _pool(here, work, pool_id)
        return PlaceRef(pool_id=pool_id, capacity=take_place_out(work, pool, number))

    return _done(lambda: once.run(actor, PlaceRef, act))


@router.get("/{pool_id}/history")
def history(
    pool_id: str,
    actor: Reader,
    here: Here,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[PoolChange]:
    """List what was changed by hand about a pool, newest first."""
    if pool_id not in here.city().pools:
        raise Problem(404, "unknown_pool")
    with reading(here.engine) as connection:
        found = changes_of_pool(connection, pool_id)
    rows, following = page_of(found, _order, cursor, limit)
    return Page(items=rows, total=len(found), next=following)


def _order(one: PoolChange) -> tuple[Any, ...]:
    return -one.at.timestamp(), one.feature, one.change_id


def _pool(here: Service, work: Work, pool_id: str) -> tuple[CityView, Pool]:
    view = here.views.within(work.connection, here.as_of())
    if pool_id not in view.pools:
        raise Problem(404, "unknown_pool")
    return view, view.pools[pool_id]


def _done(act: Callable[[], Out]) -> Out:
    try:
        return act()
    except RecordRefused as refused:
        more = None if refused.errors is None else {"errors": refused.errors}
        raise Problem(refused.status, refused.key, more) from None
