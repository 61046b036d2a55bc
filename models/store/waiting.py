"""Parkings, confirmations, dismissed pairs and ages of facts at rest."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from models.store.rows import batched, find, table_of
from models.tables import ConfirmationRecord, DismissedPairRecord, FactSource, ParkingRecord
from models.waiting import Parking

_parkings, _confirmations = table_of(ParkingRecord), table_of(ConfirmationRecord)
_dismissed, _sources = table_of(DismissedPairRecord), table_of(FactSource)


def parking_of(connection: Connection, household_id: str) -> Parking | None:
    """The latest parking of a household that nobody has ended, however long past its day."""
    found = find(
        connection,
        ParkingRecord,
        Parking,
        _parkings.c.household_id == household_id,
        _parkings.c.ended_at.is_(None),
    )
    return max(found, key=lambda parking: (parking.made_at, parking.parking_id), default=None)


def confirm(connection: Connection, household_id: str, on: date, by: str) -> None:
    """Keep the latest confirmation of a household's facts."""
    connection.execute(delete(_confirmations).where(_confirmations.c.household_id == household_id))
    connection.execute(
        insert(_confirmations).values(household_id=household_id, confirmed_on=on, confirmed_by=by)
    )


def confirmations(connection: Connection) -> dict[str, date]:
    """The latest day of confirmation by household."""
    found = connection.execute(select(_confirmations.c.household_id, _confirmations.c.confirmed_on))
    return {row.household_id: row.confirmed_on for row in found}


def facts_dated(connection: Connection, before: date) -> dict[str, dict[str, date]]:
    """Facts learnt before a day, with their days, by household."""
    wanted = select(_sources.c.household_id, _sources.c.fact, _sources.c.dated)
    found: dict[str, dict[str, date]] = {}
    for household_id, fact, dated in connection.execute(wanted.where(_sources.c.dated < before)):
        found.setdefault(household_id, {})[fact] = dated
    return found


def days_of_fact(connection: Connection, fact: str, of: Collection[str]) -> dict[str, date]:
    """The day on which a fact was learnt, by household, of some households."""
    wanted = select(_sources.c.household_id, _sources.c.dated).where(_sources.c.fact == fact)
    found: dict[str, date] = {}
    for some in batched(sorted(of)):
        rows = connection.execute(wanted.where(_sources.c.household_id.in_(some))).all()
        found.update((household_id, dated) for household_id, dated in rows)
    return found


def dismissed_pairs(connection: Connection) -> set[tuple[str, str]]:
    """Pairs that somebody has looked at and found to be different people."""
    found = connection.execute(select(_dismissed.c.household_id_a, _dismissed.c.household_id_b))
    return {(row.household_id_a, row.household_id_b) for row in found}
