"""Where households live, changed by a decision: their home, their stays, the quotas they use."""

from datetime import date

from sqlalchemy import Connection, func, insert, select, update
from sqlmodel import SQLModel

from models.codes import DeclinedBy, Situation
from models.households import Household
from models.offers import OfferState
from models.store.facts import record_facts
from models.tables import (
    DeclineRecord,
    HouseholdRecord,
    OfferRecord,
    PoolRecord,
    QuotaRecord,
    StayRecord,
)

_households = SQLModel.metadata.tables[str(HouseholdRecord.__tablename__)]
_pools = SQLModel.metadata.tables[str(PoolRecord.__tablename__)]
_stays = SQLModel.metadata.tables[str(StayRecord.__tablename__)]
_declines = SQLModel.metadata.tables[str(DeclineRecord.__tablename__)]
_offers = SQLModel.metadata.tables[str(OfferRecord.__tablename__)]
_quotas = SQLModel.metadata.tables[str(QuotaRecord.__tablename__)]


def household_by_id(connection: Connection, household_id: str) -> Household | None:
    """A household as it stands now."""
    names = list(Household.model_fields)
    wanted = select(*(_households.c[name] for name in names))
    row = connection.execute(wanted.where(_households.c.household_id == household_id)).mappings().first()
    return None if row is None else Household.model_construct(**row)


def change_household(
    connection: Connection, household: Household, dated: date, source: str, **changes: object
) -> Household:
    """Change facts of a household, each with its date and source; the household as it then is."""
    after = household.model_copy(update=changes)
    connection.execute(
        update(_households).where(_households.c.household_id == household.household_id).values(changes)
    )
    record_facts(connection, {household.household_id: household}, [after], dated, source)
    return after


def move(
    connection: Connection,
    household: Household,
    pool_id: str | None,
    situation: Situation,
    on: date,
    source: str,
) -> Household:
    """Let a household live in a pool from a day on, or in none: its stay ends and the next begins."""
    end_stay(connection, household.household_id, on, "vidare till annat boende" if pool_id else None)
    if pool_id is not None:
        _begin_stay(connection, household.household_id, pool_id, on)
    return change_household(
        connection,
        household,
        on,
        source,
        current_pool_id=pool_id,
        moved_in_on=on if pool_id is not None else None,
        situation=situation,
        situation_ends_on=None,
    )


def end_stay(connection: Connection, household_id: str, on: date, reason: str | None) -> None:
    """End the stay that goes on, if there is one."""
    connection.execute(
        update(_stays)
        .where(_stays.c.household_id == household_id, _stays.c.ended_on.is_(None), _stays.c.started_on <= on)
        .values(ended_on=on, end_reason=reason)
    )


def _begin_stay(connection: Connection, household_id: str, pool_id: str, on: date) -> None:
    this = (
        _stays.c.household_id == household_id,
        _stays.c.pool_id == pool_id,
        _stays.c.started_on == on,
    )
    if connection.execute(select(func.count()).select_from(_stays).where(*this)).scalar():
        connection.execute(update(_stays).where(*this).values(ended_on=None, end_reason=None))
    else:
        connection.execute(insert(_stays).values(household_id=household_id, pool_id=pool_id, started_on=on))


def use_quotas(connection: Connection, form: str, unit: str | None, year: int) -> None:
    """Count an entry into a form against every quota of the year that speaks of it and of the unit."""
    rows = connection.execute(select(_quotas).where(_quotas.c.year == year)).mappings().all()
    for row in rows:
        if form in row["form"] and row["responsible_unit"] in (None, unit):
            connection.execute(
                update(_quotas)
                .where(
                    _quotas.c.year == year,
                    _quotas.c.forms_key == row["forms_key"],
                    _quotas.c.unit_key == row["unit_key"],
                )
                .values(used=(row["used"] or 0) + 1)
            )


def quota_is_full(connection: Connection, form: str, unit: str | None, year: int, promised: bool) -> bool:
    """Whether a quota of the year that speaks of a form and a unit has no entry left.

    Parameters
    ----------
    promised
        Count accepted offers too, whose households have not moved in yet.
    """
    rows = connection.execute(select(_quotas).where(_quotas.c.year == year)).mappings().all()
    speaking = [row for row in rows if form in row["form"] and row["responsible_unit"] in (None, unit)]
    if not speaking:
        return False
    coming: list[tuple[str, str | None]] = []
    if promised:
        accepted = (
            select(_pools.c.form, _households.c.responsible_unit)
            .select_from(_offers)
            .join(_pools, _pools.c.pool_id == _offers.c.pool_id)
            .join(_households, _households.c.household_id == _offers.c.household_id)
            .where(_offers.c.state == str(OfferState.ACCEPTED))
        )
        coming = [(row.form, row.responsible_unit) for row in connection.execute(accepted)]
    return any(
        (row["used"] or 0) + sum(f in row["form"] and row["responsible_unit"] in (None, u) for f, u in coming)
        >= row["places"]
        for row in speaking
    )


def stay_began(connection: Connection, household_id: str) -> date | None:
    """First day of the stay that goes on, None when there is none."""
    found: date | None = connection.execute(
        select(func.max(_stays.c.started_on)).where(
            _stays.c.household_id == household_id, _stays.c.ended_on.is_(None)
        )
    ).scalar()
    return found


def add_decline(
    connection: Connection, household_id: str, pool_id: str, on: date, by: DeclinedBy, reason: str | None
) -> None:
    """Keep a no, so that matches heed it; said twice in a day it counts once."""
    this = (
        _declines.c.household_id == household_id,
        _declines.c.pool_id == pool_id,
        _declines.c.declined_on == on,
        _declines.c.declined_by == str(by),
    )
    if connection.execute(select(func.count()).select_from(_declines).where(*this)).scalar():
        connection.execute(update(_declines).where(*this).values(reason=reason))
    else:
        connection.execute(
            insert(_declines).values(
                household_id=household_id,
                pool_id=pool_id,
                declined_on=on,
                by=by,
                declined_by=str(by),
                reason=reason,
            )
        )
