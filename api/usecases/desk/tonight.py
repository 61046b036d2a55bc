"""Tonight's bed: the emergency places that stand empty and suit a household, and what to ring about."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from api.usecases.city_view import CityView
from models.codes import Fact
from models.forms import forms
from models.households import Household
from models.stock import Pool
from models.store.pins import live_pins
from models.store.rows import table_of
from models.tables import PlaceRecord
from models.walls import city_wide
from optimiser.reasons.explain import explain_pools

EMERGENCY = 0

_places = table_of(PlaceRecord)


@dataclass(frozen=True, slots=True)
class Bed:
    """A pool with an empty place tonight.

    Attributes
    ----------
    sure
        Whether every rule that can stop it is met; else a fact is missing (`needs`).
    ask
        Rules whose question is put when ringing.
    minutes
        To each child's school, by school id, where the time is known.
    wished
        Whether it lies in a district that the household wishes for.
    held
        Whether it cannot be given as things are: promised to somebody, blocked or barred by a conflict, all
        alike, so that nothing tells where anybody lives. Its places are then not counted.
    """

    pool: Pool
    vacant: int
    sure: bool
    fit: int
    needs: tuple[str, ...]
    ask: tuple[str, ...]
    minutes: dict[str, int]
    wished: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Tonight:
    """The shortlist, best first; `danger` when protected shelter is needed at once, and no list helps."""

    danger: bool
    beds: list[Bed]


def beds_tonight(connection: Connection, view: CityView, household: Household) -> Tonight:
    """Emergency places for a household: sure ones first, then by how well they fit, held ones last."""
    if household.acute_danger == Fact.YES:
        return Tonight(True, [])
    empty = empty_tonight(connection, view)
    day = view.assessment.instance.as_of
    _, blocks = live_pins(connection, day)
    barred = {pool for other, pool in blocks if other == household.household_id}
    barred |= _where_conflicts_live(view, household.household_id)
    row = view.row_of[household.household_id]
    columns = [view.pool_at[pool_id] for pool_id in sorted(empty)]
    beds = []
    for told in explain_pools(view.assessment, row, columns):
        if told.eligible == "no":
            continue
        pool = view.pools[view.assessment.instance.pool_ids[told.pool]]
        beds.append(
            Bed(
                pool=pool,
                vacant=0 if pool.pool_id in barred else empty[pool.pool_id],
                sure=told.eligible == "yes",
                fit=told.fit,
                needs=told.needs,
                ask=tuple(v.rule.rule_id for v in told.verdicts if v.verdict == "unknown"),
                minutes=_minutes(view, household, pool.district),
                wished=pool.district in household.preferred_districts,
                held=pool.pool_id in barred or not empty[pool.pool_id],
            )
        )
    return Tonight(False, sorted(beds, key=_best_first))


def _best_first(bed: Bed) -> tuple[bool, bool, int, str]:
    return bed.held, not bed.sure, -bed.fit, bed.pool.pool_id


def empty_tonight(connection: Connection, view: CityView) -> dict[str, int]:
    """Empty emergency places that nobody has been promised, by pool; 0 where all that are empty are."""
    with city_wide(connection):
        counted = connection.execute(
            select(_places.c.pool_id, func.count() - func.count(_places.c.offer_id))
            .where(_places.c.occupant.is_(None))
            .group_by(_places.c.pool_id)
        )
        free = {pool_id: int(number) for pool_id, number in counted}
    day = view.assessment.instance.as_of
    return {
        pool_id: free[pool_id]
        for pool_id, pool in view.pools.items()
        if pool_id in free
        and forms()[pool.form].level == EMERGENCY
        and (pool.opens_on is None or pool.opens_on <= day)
        and (pool.closes_on is None or pool.closes_on > day)
    }


def _where_conflicts_live(view: CityView, household_id: str) -> AbstractSet[str]:
    """Pools of the houses in which somebody lives who must never share a house with the household."""
    others = set()
    for conflict in view.dataset.conflicts:
        pair = (conflict.household_id_a, conflict.household_id_b)
        if household_id in pair:
            others.add(pair[0] if pair[1] == household_id else pair[1])
    homes = {view.households[other].current_pool_id for other in others if other in view.households}
    houses = {_house(view.pools[home]) for home in homes if home is not None}
    return {pool_id for pool_id, pool in view.pools.items() if _house(pool) in houses}


def _house(pool: Pool) -> str:
    return f"house {pool.facility_id}" if pool.facility_id else f"pool {pool.pool_id}"


def _minutes(view: CityView, household: Household, district: str) -> dict[str, int]:
    schools = {member.school_id for member in view.members.get(household.household_id, ())}
    return {
        time.school_id: time.minutes
        for time in view.dataset.travel_times
        if time.school_id in schools and time.district == district
    }
