"""The desks' way to the API: signed in, carried on by itself; refusals are exceptions that pages show."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx2

PREFIX = "/api/v1"
MARGIN = timedelta(seconds=30)
"""How long before its end a short token is changed for a new one."""

UPLOAD_PATIENCE = 120.0
"""Seconds that sending files may take."""

PAGE = 200
"""Items asked for at a time where a whole list is wanted; the most that the API gives."""


class Refused(Exception):
    """The API said no: its sentence, in the reader's language, and what changed or was faulty.

    Attributes
    ----------
    status
        As in HTTP: 404 not there or not shared, 409 somebody was first, 412 changed meanwhile, 422 faulty.
    key
        The problem's own name, such as `place_gone`.
    """

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or status))
        self.status = status
        self.key = str(problem.get("type", "")).rsplit("/", 1)[-1]
        self.title = str(problem.get("title", ""))
        self.detail = str(problem.get("detail", ""))
        self.changed: Mapping[str, Any] = problem.get("changed") or {}
        self.errors: list[Mapping[str, Any]] = problem.get("errors") or []


class SignedOut(Exception):
    """The session is over: sign in again."""


class Away(Exception):
    """The API does not answer."""


@dataclass(slots=True)
class Tokens:
    """What a session is carried on with."""

    access: str
    refresh: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Me:
    """Who is signed in, and what the role may do."""

    user_id: str
    role: str
    unit: str | None
    permissions: frozenset[str]

    def may(self, permission: str) -> bool:
        """Whether the role has a permission; the API decides in any case."""
        return permission in self.permissions


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list: items, how many in all, and the cursor of the next page."""

    items: list[dict[str, Any]]
    total: int
    following: str | None


@dataclass
class DeskClient:
    """One person's way to the API. Threads may share it: the long token is turned by one at a time."""

    http: httpx2.Client
    language: str = "sv"
    tokens: Tokens | None = None
    _turning: Lock = field(default_factory=Lock, repr=False)

    def sign_in(self, username: str, password: str, address: str | None = None) -> None:
        """Open a session with a local account.

        Parameters
        ----------
        address
            Where the person is, so that tries are counted for each and not for the desks together.

        Raises
        ------
        Refused
            When the name or the password is wrong, or the account is locked.
        """
        headers = {} if address is None else {"X-Forwarded-For": address}
        body = {"username": username, "password": password}
        self.take_over(self._send("POST", "/session", json=body, headers=headers).json())

    def sign_in_with(self, ticket: str) -> None:
        """Open a session with what the browser came back with from the city's own login.

        Raises
        ------
        Refused
            When the ticket is over, or the person is not known to us.
        """
        self.take_over(self._send("POST", "/session/oidc", json={"ticket": ticket}).json())

    def take_over(self, session: Mapping[str, Any]) -> None:
        """Go on with the tokens of a session that the API has opened."""
        until = datetime.now(UTC) + timedelta(seconds=int(session["expires_in"]))
        self.tokens = Tokens(session["access_token"], session["refresh_token"], until)

    def sign_out(self) -> None:
        """End the session; one that is over already is no fault."""
        try:
            self.delete("/session")
        except SignedOut:
            pass
        finally:
            self.tokens = None

    def me(self) -> Me:
        """Who is signed in."""
        told = self.get("/session")
        return Me(told["user_id"], told["role"], told["unit"], frozenset(told["permissions"]))

    def get(self, path: str, **query: Any) -> Any:
        """What the API shows under a path; a query that is None is left out."""
        return self._ask("GET", path, params=_given(query)).json()

    def file(self, path: str, **query: Any) -> bytes:
        """A file of the API."""
        return self._ask("GET", path, params=_given(query)).content

    def versioned(self, path: str) -> tuple[Any, str | None]:
        """What the API shows under a path, and its version, to be sent with a change."""
        answer = self._ask("GET", path)
        return answer.json(), answer.headers.get("ETag")

    def listed(self, path: str, limit: int = 50, cursor: str | None = None, **query: Any) -> Listed:
        """One page of a list."""
        told = self.get(path, limit=limit, cursor=cursor, **query)
        return Listed(told["items"], told["total"], told["next"])

    def all_of(self, path: str, **query: Any) -> Iterator[dict[str, Any]]:
        """Every item of a list, page by page."""
        cursor = None
        while True:
            page = self.listed(path, PAGE, cursor, **query)
            yield from page.items
            if page.following is None:
                return
            cursor = page.following

    def post(self, path: str, body: Any = None, once: str | None = None, version: str | None = None) -> Any:
        """Do something, once for each key: a key of its own when none is given.

        Raises
        ------
        Refused
            When it is not done; 409 carries what somebody else changed.
        """
        headers = {"Idempotency-Key": once or new_key()} | ({"If-Match": version} if version else {})
        return _content(self._ask("POST", path, json={} if body is None else body, headers=headers))

    def send_files(
        self, path: str, files: Sequence[tuple[str, bytes]], form: Mapping[str, str], once: str | None = None
    ) -> Any:
        """Send files with what is to be known about them, once for each key."""
        answer = self._ask(
            "POST",
            path,
            files=[("files", (name, content)) for name, content in files],
            data=dict(form),
            headers={"Idempotency-Key": once or new_key()},
            timeout=UPLOAD_PATIENCE,
        )
        return _content(answer)

    def patch(self, path: str, body: Any, version: str | None) -> Any:
        """Change what is there, if it is still the version that was seen."""
        return _content(self._ask("PATCH", path, json=body, headers=_match(version)))

    def put(self, path: str, body: Any, version: str | None = None) -> Any:
        """Put something in the place of what is there."""
        return _content(self._ask("PUT", path, json=body, headers=_match(version)))

    def delete(self, path: str, version: str | None = None) -> Any:
        """Take something away, or stop it."""
        return _content(self._ask("DELETE", path, headers=_match(version)))

    def _ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        """As `_send`, signed in; a session that can be carried on is, and the request sent once more."""
        if self.tokens is None:
            raise SignedOut
        used = self._carried_on(None)
        try:
            return self._send(method, path, used, **more)
        except Refused as refused:
            if refused.status != 401:
                raise
        try:
            return self._send(method, path, self._carried_on(used), **more)
        except Refused as refused:
            if refused.status == 401:
                raise SignedOut from None
            raise

    def _carried_on(self, used: str | None) -> str:
        """A short token that holds: the present one unless it is the one `used` in vain, or nearly over."""
        with self._turning:
            if self.tokens is None:
                raise SignedOut
            if self.tokens.access != used and datetime.now(UTC) < self.tokens.until - MARGIN:
                return self.tokens.access
            try:
                body = {"refresh_token": self.tokens.refresh}
                self.take_over(self._send("POST", "/session/refresh", json=body).json())
            except Refused as refused:
                if refused.status == 401:
                    raise SignedOut from None
                raise
            return self.tokens.access

    def _send(self, method: str, path: str, token: str | None = None, **more: Any) -> httpx2.Response:
        headers = {"Accept-Language": self.language, **more.pop("headers", {})}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        try:
            answer = self.http.request(method, PREFIX + path, headers=headers, **more)
        except httpx2.TransportError as error:
            raise Away from error
        if answer.is_error:
            raise Refused(answer.status_code, _problem(answer))
        return answer


def part(reference: object) -> str:
    """A reference as a part of a path, whatever it holds."""
    return quote(str(reference), safe="")


def new_key() -> str:
    """A key under which something is done once."""
    return uuid4().hex


def _given(query: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value is not None and value != []}


def _match(version: str | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": version}


def _content(answer: httpx2.Response) -> Any:
    return answer.json() if answer.content else None


def _problem(answer: httpx2.Response) -> Mapping[str, Any]:
    try:
        problem = answer.json()
    except ValueError:
        return {}
    return problem if isinstance(problem, dict) else {}
