"""The stock: pools, vacancies, who could come to each, and the map of housing."""

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.access.actor import Actor
from api.server.etags import send_etag
from api.server.needs import needs
from api.server.paging import Cursor, Limit, Page, page_of
from api.server.problems import Problem
from api.server.routes.policy import form_out, rule_line
from api.server.routes.stock_bodies import (
    CandidateOut,
    CandidatesOut,
    CellOut,
    DistrictOut,
    FormOnMapOut,
    HousingMapOut,
    PlaceState,
    PoolLine,
    PoolShown,
    Vacancy,
)
from api.server.service import Here, Service
from api.usecases.city_view import CityView
from api.usecases.stock.candidates import Candidate, candidates_for, order_of_need
from api.usecases.stock.districts import by_district
from api.usecases.stock.housing_map import FormOnMap, housing_map
from api.usecases.stock.pools import ORDERS, PoolFilter, PoolStock, stock
from api.usecases.work import looking_for
from models.codes import Admits, DrugPolicy, Fact, Mobility, Support
from models.database import reading
from models.store.places import places_of
from models.store.vacancies import free_places, fullness

router = APIRouter(tags=["stock"])

Reader = Annotated[Actor, needs("place.read")]
CaseReader = Annotated[Actor, needs("case.read")]
Order = Literal["id", "name", "form", "vacant", "cost"]
Word = Annotated[str | None, Query(max_length=200)]
Level = Annotated[int | None, Query(ge=0, le=3)]
NOT_TOLD: dict[str, int | None] = dict.fromkeys(("occupied", "held", "vacant"))
"""How full a pool is, to those who see counts alone: they have it from /occupancy, small counts hidden."""


@router.get("/pools")
def list_pools(
    actor: Reader,
    here: Here,
    form: Word = None,
    level: Level = None,
    district: Word = None,
    facility: Word = None,
    target: Admits | None = None,
    drug_policy: DrugPolicy | None = None,
    support: Annotated[Support | None, Query(description="Least staffing.")] = None,
    mobility: Annotated[Mobility | None, Query(description="Least access.")] = None,
    children: Fact | None = None,
    pets: Fact | None = None,
    vacant: bool = False,
    order: Order = "form",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[PoolLine]:
    """List the pools; with how full they are for those who see cases, as these are counts of people."""
    if not _sees_people(actor) and (vacant or order == "vacant"):
        raise Problem(403, "not_yours_to_do")
    wanted = PoolFilter(
        form, level, district, facility, target, drug_policy, support, mobility, children, pets, vacant
    )
    found = sorted(_stock(here, here.city(), wanted), key=ORDERS[order])
    rows, following = page_of(found, ORDERS[order], cursor, limit)
    return Page(items=[_line(one, actor) for one in rows], total=len(found), next=following)


@router.get("/pools/{pool_id}")
def show_pool(pool_id: str, actor: Reader, here: Here, response: Response) -> PoolShown:
    """Show a pool with its places one by one; their state for those who see cases."""
    view = here.city()
    one = _pool(here, view, pool_id)
    with reading(here.engine) as connection:
        places = places_of(connection, pool_id)
    a, column = view.assessment, view.pool_at[pool_id]
    rules = [rule.rule_id for rule in a.policy.rules if a.selected(rule.applies_to)[column]]
    send_etag(response, one.pool)
    told = [PlaceState.of(place, _sees_people(actor)) for place in places]
    return PoolShown(**_line(one, actor).model_dump(), places=told, rules=rules)


@router.get("/pools/{pool_id}/candidates")
def candidates(
    pool_id: str, actor: CaseReader, here: Here, limit: Limit = 50, cursor: Cursor = None
) -> CandidatesOut:
    """List the households that suit a pool, in the order of need; those of others are counted."""
    view = here.city()
    if pool_id not in view.pools:
        raise Problem(404, "unknown_pool")
    with looking_for(here.engine, actor, here.now()) as work:
        work.record("case.listed", "pool", pool_id, part="candidates")
    found = candidates_for(view, actor, pool_id)
    rows, following = page_of(found.seen, order_of_need, cursor, limit)
    return CandidatesOut(
        items=[_candidate(one) for one in rows], total=len(found.seen), others=found.others, next=following
    )


@router.get("/vacancies")
def vacancies(
    actor: CaseReader,
    here: Here,
    form: Word = None,
    level: Level = None,
    target: Admits | None = None,
    drug_policy: DrugPolicy | None = None,
    order: Order = "form",
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Vacancy]:
    """List the pools with places that are free and promised to nobody."""
    wanted = PoolFilter(form=form, level=level, target=target, drug_policy=drug_policy, vacant=True)
    found = sorted(_stock(here, here.city(), wanted), key=ORDERS[order])
    rows, following = page_of(found, ORDERS[order], cursor, limit)
    with reading(here.engine) as connection:
        free = free_places(connection)
    items = [Vacancy(**_line(one, actor).model_dump(), numbers=free[one.pool.pool_id]) for one in rows]
    return Page(items=items, total=len(found), next=following)


@router.get("/vacancies/districts")
def vacancies_by_district(actor: CaseReader, here: Here) -> list[DistrictOut]:
    """Count the open places of each district, and those that are free or held; most free places first."""
    found = by_district(_stock(here, here.city(), PoolFilter()))
    return [DistrictOut(**asdict(one)) for one in found]


@router.get("/boendekarta")
def boendekarta(actor: Reader, here: Here) -> HousingMapOut:
    """Show the map of housing: each form by target group, support and drug environment, and who may come."""
    view = here.city()
    told = housing_map(view, _stock(here, view, PoolFilter()))
    return HousingMapOut(
        as_of=view.assessment.instance.as_of,
        everywhere=[rule_line(rule) for rule in told.everywhere],
        by_house=[rule_line(rule) for rule in told.by_house],
        forms=[_on_map(one, actor) for one in told.forms],
    )


def _stock(here: Service, view: CityView, wanted: PoolFilter) -> list[PoolStock]:
    with reading(here.engine) as connection:
        return stock(view, fullness(connection), wanted)


def _pool(here: Service, view: CityView, pool_id: str) -> PoolStock:
    if pool_id not in view.pools:
        raise Problem(404, "unknown_pool")
    return next(one for one in _stock(here, view, PoolFilter()) if one.pool.pool_id == pool_id)


def _sees_people(actor: Actor) -> bool:
    return actor.may("case.read")


def _line(one: PoolStock, actor: Actor) -> PoolLine:
    full = asdict(one.fullness) if _sees_people(actor) else NOT_TOLD
    return PoolLine(
        pool=one.pool, form=form_out(one.form), capacity=one.pool.capacity, is_open=one.is_open, **full
    )


def _candidate(one: Candidate) -> CandidateOut:
    return CandidateOut(
        household_id=one.household.household_id,
        responsible_unit=one.household.responsible_unit,
        tier=one.tier,
        points=one.points,
        eligible=one.eligible,
        current_pool_id=one.household.current_pool_id,
    )


def _on_map(one: FormOnMap, actor: Actor) -> FormOnMapOut:
    hidden = {} if _sees_people(actor) else {"vacant": None}
    return FormOnMapOut(
        form=form_out(one.form),
        rules=[rule_line(rule) for rule in one.rules],
        cells=[CellOut(**{**asdict(cell), **hidden}) for cell in one.cells],
    )
