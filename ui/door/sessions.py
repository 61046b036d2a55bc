"""Who is signed in at the desks: a cookie holds a number of chance, everything else stays here."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock

from ui.desk_client import DeskClient, Me

COOKIE = "hemvist_session"
LEFT_COOKIE = "hemvist_left"
"""The number of the session that was ended in this browser: its other pages go on with the next one."""
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


@dataclass(frozen=True, slots=True)
class _Left:
    """A session that is over: whose it was, and the number that came after it."""

    user_id: str
    until: datetime
    following: str | None = None


class Sessions:
    """Sessions by the number in the cookie. They end with the process: everybody signs in again."""

    MOST = 10_000

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: dict[str, Session] = {}
        self._left: dict[str, _Left] = {}

    def open(self, session: Session, *after: str | None) -> str:
        """Keep a session; the number it goes by.

        Parameters
        ----------
        after
            Numbers of sessions before it in the same browser: pages left open under one that was the same
            person's go on in this one, with what is typed there.
        """
        number = secrets.token_urlsafe(32)
        with self._lock:
            now = datetime.now(UTC)
            kept = {key: one for key, one in self._open.items() if one.until > now}
            self._open = dict(list(kept.items())[-self.MOST + 1 :]) | {number: session}
            left = {key: one for key, one in self._left.items() if one.until > now}
            self._left = dict(list(left.items())[-self.MOST :])
            for old in filter(None, after):
                whose = self._whose(old)
                if whose is not None and whose == session.me.user_id:
                    self._left[old] = _Left(whose, session.until, number)
        return number

    def find(self, number: str | None) -> Session | None:
        """The session of a number, while it lasts."""
        session = self._open.get(number or "")
        return session if session is not None and session.until > datetime.now(UTC) else None

    def close(self, number: str | None) -> Session | None:
        """Forget a session; it is given back, so that the API can be told."""
        with self._lock:
            session = self._open.pop(number or "", None)
            if session is not None and number is not None:
                self._left[number] = _Left(session.me.user_id, _remembered_until())
            return session

    def latest(self, number: str | None) -> str | None:
        """The number that a page goes on by: that of the last session that came after its own."""
        while number is not None:
            left = self._left.get(number)
            if left is None or left.following is None or left.until <= datetime.now(UTC):
                return number
            number = left.following
        return None

    def _whose(self, number: str) -> str | None:
        if number in self._open:
            return self._open[number].me.user_id
        left = self._left.get(number)
        return left.user_id if left is not None and left.following is None else None
