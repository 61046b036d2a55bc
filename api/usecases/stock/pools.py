"""Pools with how full they are: filtered by form, rules of the house and free places."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from api.usecases.city_view import CityView
from models.codes import Admits, DrugPolicy, Fact, Mobility, Support
from models.forms import Form, forms
from models.stock import Pool
from models.store.vacancies import Fullness

SUPPORT, MOBILITY = list(Support), [Mobility.NONE, Mobility.STEP_FREE, Mobility.WHEELCHAIR]


@dataclass(frozen=True, slots=True)
class PoolFilter:
    """Which pools to list; None and False leave all in.

    Attributes
    ----------
    target
        Whom the house is for: women's or men's places, or those for all.
    support, mobility
        Least staffing and access on their ladders.
    vacant
        Only pools that are open and have a free place that nobody has been promised.
    """

    form: str | None = None
    level: int | None = None
    district: str | None = None
    facility: str | None = None
    target: Admits | None = None
    drug_policy: DrugPolicy | None = None
    support: Support | None = None
    mobility: Mobility | None = None
    children: Fact | None = None
    pets: Fact | None = None
    vacant: bool = False


@dataclass(frozen=True, slots=True)
class PoolStock:
    """A pool, its form, how full it is and whether it is open on the day."""

    pool: Pool
    form: Form
    fullness: Fullness
    is_open: bool


def is_open(pool: Pool, day: date) -> bool:
    """Whether a pool is open on a day."""
    return (pool.opens_on is None or pool.opens_on <= day) and (
        pool.closes_on is None or pool.closes_on > day
    )


def stock(view: CityView, full: dict[str, Fullness], wanted: PoolFilter) -> list[PoolStock]:
    """The pools that are asked for, by id."""
    day = view.assessment.instance.as_of
    found = (of_pool(pool, full, day) for pool in view.dataset.pools)
    return [one for one in found if _wanted(one, wanted)]


def of_pool(pool: Pool, full: dict[str, Fullness], day: date) -> PoolStock:
    """A pool as it stands on a day."""
    return PoolStock(pool, forms()[pool.form], full.get(pool.pool_id, Fullness()), is_open(pool, day))


def _wanted(one: PoolStock, wanted: PoolFilter) -> bool:
    pool = one.pool
    equal: Iterable[tuple[object, object]] = (
        (wanted.form, pool.form),
        (wanted.level, one.form.level),
        (wanted.district, pool.district),
        (wanted.facility, pool.facility_id),
        (wanted.target, pool.admits),
        (wanted.drug_policy, pool.drug_policy),
        (wanted.children, pool.children),
        (wanted.pets, pool.pets),
    )
    return (
        all(asked is None or asked == has for asked, has in equal)
        and (wanted.support is None or SUPPORT.index(pool.staffing) >= SUPPORT.index(wanted.support))
        and (wanted.mobility is None or _rank(pool.mobility) >= _rank(wanted.mobility))
        and (not wanted.vacant or (one.is_open and one.fullness.vacant > 0))
    )


def _rank(mobility: Mobility) -> int:
    return MOBILITY.index(mobility) if mobility in MOBILITY else 0


Key = Callable[[PoolStock], tuple[int | str, ...]]
ORDERS: dict[str, Key] = {
    "id": lambda one: (one.pool.pool_id,),
    "name": lambda one: (one.pool.name, one.pool.pool_id),
    "form": lambda one: (list(forms()).index(one.form.form_id), one.pool.name, one.pool.pool_id),
    "vacant": lambda one: (-one.fullness.vacant, one.pool.pool_id),
    "cost": lambda one: (one.pool.monthly_cost_sek or 0, one.pool.pool_id),
}
"""By what a list of pools may be ordered; most vacant places first, cheapest first."""
