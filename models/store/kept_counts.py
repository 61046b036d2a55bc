"""Counts that stay when cases are erased, and the closed cases that are due."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, Row, insert, select, update
from sqlmodel import SQLModel

from models.codes import Fact
from models.kept_counts import Counted, KeptCount
from models.offers import OPEN, DeclineReason
from models.tables import (
    DeclineRecord,
    FactSource,
    HouseholdRecord,
    KeptCountRecord,
    OfferRecord,
    PlaceRecord,
    StayRecord,
)

_table = SQLModel.metadata.tables
_households = _table[str(HouseholdRecord.__tablename__)]
_sources = _table[str(FactSource.__tablename__)]
_offers = _table[str(OfferRecord.__tablename__)]
_stays = _table[str(StayRecord.__tablename__)]
_declines = _table[str(DeclineRecord.__tablename__)]
_places = _table[str(PlaceRecord.__tablename__)]
_kept = _table[str(KeptCountRecord.__tablename__)]

Key = tuple[str, str, str, str]


def closed_cases(connection: Connection) -> dict[str, date]:
    """Closed cases with nothing left to happen, and the day each was closed.

    A case is closed when it is known to be no active case; the last thing that happened in it counts. One
    whose household lives in a place of the city, or has an offer under way, is not closed whatever a file
    says.
    """
    wanted = (
        select(_households.c.household_id, _sources.c.dated)
        .join(_sources, _sources.c.household_id == _households.c.household_id)
        .where(
            _sources.c.fact == "active_case",
            _households.c.active_case == Fact.NO,
            _households.c.current_pool_id.is_(None),
        )
    )
    closed = {row.household_id: row.dated for row in connection.execute(wanted)}
    states = [str(state) for state in OPEN]
    for under_way in (
        select(_offers.c.household_id).where(_offers.c.state.in_(states)),
        select(_stays.c.household_id).where(_stays.c.ended_on.is_(None)),
        select(_places.c.occupant).where(_places.c.occupant.is_not(None)),
        select(_places.c.held_for).where(_places.c.held_for.is_not(None)),
    ):
        for key in connection.execute(under_way).scalars():
            closed.pop(key, None)
    for last in (
        select(_offers.c.household_id, _offers.c.changed_at),
        select(_stays.c.household_id, _stays.c.ended_on),
        select(_declines.c.household_id, _declines.c.declined_on),
    ):
        for key, when in connection.execute(last):
            if key in closed:
                day = when.date() if hasattr(when, "date") else when
                closed[key] = max(closed[key], day)
    return closed


def keep_counts(connection: Connection, cases: dict[str, date]) -> int:
    """Count what some cases are about to leave behind; how many were counted."""
    found = Counter[Key]()
    for row in _of(connection, cases.keys()):
        found[str(Counted.CASE), _month(cases[row.household_id]), "", str(row.situation)] += 1
    for offer in connection.execute(select(_offers).where(_offers.c.household_id.in_(cases))):
        found[str(Counted.OFFER), _month(offer.changed_at), offer.pool_id, str(offer.state)] += 1
    for no in connection.execute(select(_declines).where(_declines.c.household_id.in_(cases))):
        # A reason from a file may be anything that somebody wrote; only words of the list stay.
        reason = no.reason if no.reason in set(DeclineReason) else ""
        word = f"{no.declined_by} {reason}".strip()
        found[str(Counted.DECLINE), _month(no.declined_on), no.pool_id, word] += 1
    for stay in connection.execute(select(_stays).where(_stays.c.household_id.in_(cases))):
        found[str(Counted.STAY), _month(stay.ended_on or stay.started_on), stay.pool_id, ""] += 1
    for key, number in found.items():
        _add(connection, key, number)
    return found.total()


def kept_counts(connection: Connection, kind: Counted | None = None) -> list[KeptCount]:
    """What erased cases left behind, of one kind where given."""
    wanted = select(_kept).order_by(*_kept.primary_key)
    if kind is not None:
        wanted = wanted.where(_kept.c.kind == str(kind))
    return [KeptCount(**row) for row in connection.execute(wanted).mappings()]


def _of(connection: Connection, household_ids: Collection[str]) -> list[Row[tuple[str, str]]]:
    wanted = select(_households.c.household_id, _households.c.situation)
    return list(connection.execute(wanted.where(_households.c.household_id.in_(household_ids))))


def _add(connection: Connection, key: Key, number: int) -> None:
    this = [column == value for column, value in zip(_kept.primary_key, key, strict=True)]
    done = connection.execute(update(_kept).where(*this).values(number=_kept.c.number + number))
    if done.rowcount == 0:
        names = [column.name for column in _kept.primary_key]
        values = dict(zip(names, key, strict=True))
        connection.execute(insert(_kept).values(**values, number=number))


def _month(day: date) -> str:
    return f"{day:%Y-%m}"
