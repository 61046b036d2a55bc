"""Who is signed in at the desks: a cookie holds a number of chance, everything else stays here."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

from ui.desk_client import DeskClient, Me

COOKIE = "hemvist_session"
LANGUAGE_COOKIE = "hemvist_language"
HOURS = 10
"""How long a session may last; the API's own lasts as long."""

GRACE_HOURS = 4
"""How much longer it is remembered whose page it was, so that what is typed there waits for a new sign-in."""


def _remembered_until() -> datetime:
    return datetime.now(UTC) + timedelta(hours=HOURS + GRACE_HOURS)


@dataclass
class Session:
    """Somebody signed in: name, role, the way to the API, and whether by the city's own login."""

    username: str
    client: DeskClient
    me: Me
    by_city: bool = False
    until: datetime = field(default_factory=_remembered_until)

    def begin_again(self) -> None:
        """Count from now: the person has signed in once more."""
        self.until = _remembered_until()


class Sessions:
    """Sessions by the number in the cookie. They end with the process: everybody signs in again."""

    MOST = 10_000

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[str, Session] = {}

    def open(self, session: Session) -> str:
        """Keep a session; the number it goes by."""
        number = secrets.token_urlsafe(32)
        with self._lock:
            now = datetime.now(UTC)
            kept = {key: one for key, one in self._open.items() if one.until > now}
            self._open = dict(list(kept.items())[-self.MOST + 1 :]) | {number: session}
        return number

    def find(self, number: str | None) -> Session | None:
        """The session of a number, while it lasts."""
        session = self._open.get(number or "")
        return session if session is not None and session.until > datetime.now(UTC) else None

    def close(self, number: str | None) -> Session | None:
        """Forget a session; it is given back, so that the API can be told."""
        with self._lock:
            return self._open.pop(number or "", None)
