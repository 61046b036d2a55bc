"""What the desks have at hand in their process: the API's address, the sessions, and the demo's people."""

from dataclasses import dataclass, field

import httpx2

from ui.desk_client import DeskClient
from ui.door.sessions import Sessions

PATIENCE = 20.0
"""Seconds that an answer may take; long work is a job and answers at once."""


@dataclass(frozen=True, slots=True)
class DemoUser:
    """Somebody of the demo city, whom anyone who tries it may be."""

    username: str
    role: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class Here:
    """The desks as they were started.

    Attributes
    ----------
    http
        Connections to the API, shared by all who are signed in.
    demo
        The demo's people; empty where real people sign in.
    """

    http: httpx2.Client
    sessions: Sessions = field(default_factory=Sessions)
    demo: tuple[DemoUser, ...] = ()

    def client(self, language: str) -> DeskClient:
        """A way to the API for someone who is about to sign in."""
        return DeskClient(self.http, language)


_opened: list[Here] = []


def connections(api: str) -> httpx2.Client:
    """Connections to an API."""
    return httpx2.Client(base_url=api, timeout=PATIENCE)


def open_here(here: Here) -> Here:
    """Let the desks know what they have at hand."""
    _opened[:] = [here]
    return here


def here() -> Here:
    """What the desks have at hand.

    Raises
    ------
    RuntimeError
        When they have not been opened: start them with `hemvist demo` or `hemvist serve`.
    """
    if not _opened:
        raise RuntimeError("the desks start with `hemvist demo` or `hemvist serve --desks`")
    return _opened[0]
