"""Changing the key of what is encrypted at rest, while the service goes on.

The new key is put first in HEMVIST_KEYS and the service is started again with both; then everything closed
with the old one is closed with the new. Once no value is left, the old key is not needed any more. Stopped
midway it goes on where it was: what is turned is recognised.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from models.database import writing
from models.store.audit import Act, append
from models.store.closed import Turned, closed_tables, closed_with_older_keys, turn_table


@dataclass(frozen=True, slots=True)
class KeysTurned:
    """What turning did.

    Attributes
    ----------
    again, already
        Values closed again with the newest key, and those that it had closed before.
    locked
        Values that none of the keys opens.
    left
        Values that the newest key alone does not open, looked for afterwards: 0 means that it is enough.
    """

    again: int
    already: int
    locked: int
    left: int


def turn_keys(engine: Engine, now: datetime, told: Callable[[int], None] | None = None) -> KeysTurned:
    """Close everything with the newest key.

    Parameters
    ----------
    told
        Called with the rows done after every few.
    """
    count, done = Turned(), 0
    for table in closed_tables():
        for rows in turn_table(engine, table, count):
            done += rows
            if told is not None:
                told(done)
    left = closed_with_older_keys(engine)
    with writing(engine) as connection:
        detail = {"again": count.again, "locked": count.locked, "left": left}
        append(connection, Act(now, "operator", "", "keys.turn", detail=detail))
    return KeysTurned(count.again, count.already, count.locked, left)
