"""The nightly round: what is past its day runs out, is forgotten or is erased.

Gone twice in a night it changes nothing the second time.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine

from api.access.actor import Actor
from api.usecases.erasing import erase
from api.usecases.offers.answering import expire
from api.usecases.work import Work
from models.access import Role
from models.database import writing
from models.days import months_later
from models.store.revision import touch
from models.store.worn_out import forget_files, forget_requests, forget_sessions, forget_tickets

SYSTEM = Actor("system", Role.ADMIN, None, "-")
REPEATS = timedelta(days=1)
"""How long a request sent again is answered as before: whoever lost the answer asks the same day."""
SESSIONS = timedelta(days=1)
FILES = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Tidied:
    """What the round did: how many of each."""

    expired_offers: int
    fallen_offers: int
    sessions: int
    tickets: int
    requests: int
    files: int
    cases: int


def tidy(engine: Engine, today: date, now: datetime, erase_after_months: int) -> Tidied:
    """Go the round.

    Parameters
    ----------
    erase_after_months
        How long a closed case is kept.
    """
    with writing(engine) as connection:
        work = Work(connection, SYSTEM, now)
        late = expire(work, today)
        if late:
            touch(connection)
        done: dict[str, Any] = {
            "sessions": forget_sessions(connection, now - SESSIONS),
            "tickets": forget_tickets(connection, now - SESSIONS),
            "requests": forget_requests(connection, now - REPEATS),
            "files": forget_files(connection, now - FILES),
        }
        work.record("tidy", offers=len(late), **done)
    erased = erase(engine, months_later(today, -erase_after_months), now, SYSTEM.user_id)
    fallen = sum(len(answered.fallen) for answered in late)
    return Tidied(len(late), fallen, cases=len(erased.cases), **done)
