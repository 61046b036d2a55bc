"""Pins and blocks at rest."""

from datetime import date

from sqlalchemy import Connection, or_, select

from models.pins import Pin, PinKind
from models.store.rows import find, table_of
from models.tables import HouseholdRecord, PinRecord
from models.walls import city_wide

Pairs = tuple[tuple[str, str], ...]

_pins, _households = table_of(PinRecord), table_of(HouseholdRecord)


def live_pins(connection: Connection, day: date) -> tuple[Pairs, Pairs]:
    """Pairs that a plan of a day must propose, and pairs that it must not; sorted.

    A pin is carried out, and asks for nothing more, once the household lives in the pool.
    """
    wanted = (
        select(_pins.c.kind, _pins.c.household_id, _pins.c.pool_id)
        .join(_households, _households.c.household_id == _pins.c.household_id)
        .where(
            _pins.c.lifted_at.is_(None),
            _pins.c.expires_on >= day,
            or_(
                _households.c.current_pool_id.is_(None),
                _households.c.current_pool_id != _pins.c.pool_id,
                _pins.c.kind == PinKind.BLOCK,
            ),
        )
    )
    pairs: dict[PinKind, set[tuple[str, str]]] = {PinKind.PIN: set(), PinKind.BLOCK: set()}
    # A plan heeds every pin, whoever asks for it.
    with city_wide(connection):
        for kind, household_id, pool_id in connection.execute(wanted):
            pairs[kind].add((household_id, pool_id))
    return tuple(sorted(pairs[PinKind.PIN])), tuple(sorted(pairs[PinKind.BLOCK]))


def pins_in_force(connection: Connection, day: date) -> list[Pin]:
    """Pins and blocks that hold on a day, by household, pool and id."""
    found = find(connection, PinRecord, Pin, _pins.c.lifted_at.is_(None), _pins.c.expires_on >= day)
    return sorted(found, key=lambda pin: (pin.household_id, pin.pool_id, pin.pin_id))


def pin_by_id(connection: Connection, pin_id: str) -> Pin | None:
    """A pin or block by its id."""
    found = find(connection, PinRecord, Pin, _pins.c.pin_id == pin_id)
    return found[0] if found else None
