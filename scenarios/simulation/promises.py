"""Places promised to households that have said yes, from the proposal until they move in."""

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.compatibility import eligibility
from optimiser.instance import MISSING, NONE
from optimiser.kleene import YES
from scenarios.assumptions import Assumptions
from scenarios.simulation.city import City, counted
from scenarios.simulation.population import Rows, State
from scenarios.simulation.reading import Reading, whereabouts
from scenarios.simulation.school import changed_schools
from scenarios.simulation.situations import situation_of_pools
from scenarios.simulation.stock import Standing
from scenarios.simulation.week import Entered


def promised(city: City) -> Rows:
    """Households for which a place is kept."""
    return np.flatnonzero(city.people["held_pool"] != NONE)


def weeks_of_delay(assumptions: Assumptions, form_ids: tuple[str, ...]) -> NDArray[np.float64]:
    """Mean weeks from proposal to moving in by form, shape (forms,)."""
    return np.array([assumptions.value(f"delay.{form}") for form in form_ids])


def promise(city: City, rows: Rows, pools: NDArray[np.int64], weeks: NDArray[np.int64], week: int) -> None:
    """Keep places for households that say yes, in order; they may move in some weeks later."""
    people = city.people
    people["held_pool"][rows] = pools
    people["held_order"][rows] = city.accepted + np.arange(len(rows))
    people["held_week"][rows] = week
    people["due_week"][rows] = week + weeks
    city.accepted += len(rows)
    _count(city, rows, 1)


def release(city: City, rows: Rows) -> None:
    """Places promised to some households are free again; the year's quotas get them back."""
    if not rows.size:
        return
    _count(city, rows, -1)
    city.people["held_pool"][rows] = NONE


def release_the_gone(city: City) -> None:
    """Nobody keeps a place who is housed otherwise or has left."""
    rows = promised(city)
    release(city, rows[city.people["state"][rows] > State.PLACED])


def release_closed(city: City, standing: Standing) -> None:
    """No place is kept in a pool that is not open any more."""
    rows = promised(city)
    release(city, rows[~standing.is_open[city.people["held_pool"][rows]]])


def release_unfit(city: City, reading: Reading, doubted: Rows) -> None:
    """Free places promised to households that may no longer have them; doubted are those to look at.

    Everybody with a promise is among the rows read.
    """
    rows = doubted[city.people["held_pool"][doubted] != NONE]
    if rows.size:
        at = np.searchsorted(reading.rows, rows)
        pool = city.people["held_pool"][rows].astype(np.int64)
        release(city, rows[~_still_fits(reading.assessment, at, pool)])


def _still_fits(a: Assessment, h: NDArray[np.int64], pool: NDArray[np.int64]) -> NDArray[np.bool_]:
    pools, at = np.unique(pool, return_inverse=True)
    fits = eligibility(a, h, pools=pools)[np.arange(len(h)), at] == YES
    candidate = a.condition(a.policy.excluded_when)[h] != YES
    return np.asarray(fits & candidate)


def release_broken(city: City, capacity: NDArray[np.int64]) -> None:
    """Free promises that no longer fit, the latest first: a place was to be left, and is not."""
    while True:
        rows = promised(city)
        full = counted(whereabouts(city), city.start.m) > capacity
        broken = rows[full[city.people["held_pool"][rows]]]
        if not broken.size:
            return
        latest = broken[np.argmax(city.people["held_order"][broken])]
        release(city, np.array([latest]))


def move_in(city: City, capacity: NDArray[np.int64], week: int) -> tuple[Entered, Rows]:
    """Let everybody move in whose place is promised, due and free; and the household of each child that
    has to change school.

    Who is to take the place of somebody who moves waits until it is left; a round of moves is made at once.
    """
    people = city.people
    rows = promised(city)
    rows = _with_room(city, rows[people["due_week"][rows] <= week], capacity)
    pool, left = people["held_pool"][rows].astype(np.int64), people["current_pool"][rows].astype(np.int64)
    entered = Entered(rows, pool, left, people["last_level"][rows])
    children = changed_schools(city, rows, pool, left)
    people["state"][rows] = State.PLACED
    people["current_pool"][rows] = pool
    people["held_pool"][rows] = NONE
    people["moved_in"][rows] = 7 * week
    people["last_level"][rows] = city.standing.columns["level"][pool]
    people["situation"][rows] = situation_of_pools(city.standing.columns, city.start.form_ids)[pool]
    people["situation_ends_on"][rows] = MISSING
    return entered, children


def _with_room(city: City, rows: Rows, capacity: NDArray[np.int64]) -> Rows:
    people, lived_in = city.people, city.residents()
    while rows.size:
        pool, left = people["held_pool"][rows], people["current_pool"][rows]
        after = lived_in + np.bincount(pool, minlength=city.start.m)
        after -= counted(left, city.start.m)
        crowded = rows[(after > np.maximum(capacity, lived_in))[pool]]
        if not crowded.size:
            break
        rows = rows[rows != crowded[np.argmax(people["held_order"][crowded])]]
    return rows


def _count(city: City, rows: Rows, count: int) -> None:
    """Count promises against the quotas of the year in which each was made, as the form that it was then."""
    people = city.people
    pool, unit, weeks = (people[name][rows] for name in ("held_pool", "responsible_unit", "held_week"))
    for week in np.unique(weeks).tolist():
        then = weeks == week
        city.quotas.use(city.year(week), city.stock.forms(week)[pool[then]], unit[then], count)
