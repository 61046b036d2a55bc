"""How often one may ask: a bucket of tokens for each session or address, refilled evenly over a minute.

A bucket of our own rather than a package's decorators: the limit holds before a thread or the database is
taken up, follows the service's clock, and refuses in our own words. It counts within one process; a city that
runs several has as many buckets.
"""

import math
from dataclasses import dataclass
from datetime import datetime

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from api.access.tokens import BadToken, read_access_token
from api.server.problems import Problem, as_response
from api.server.service import Service

SESSION = "/api/v1/session"
REFRESH = f"{SESSION}/refresh"
MINUTE = 60.0


@dataclass(slots=True)
class Bucket:
    """What is left, and since when."""

    left: float
    at: datetime


class Buckets:
    """Buckets by key: `most` requests at once, and as many a minute."""

    KEPT = 10_000

    def __init__(self, most: int) -> None:
        self.most = most
        self._by_key: dict[str, Bucket] = {}

    def take(self, key: str, now: datetime) -> float:
        """Take a token; 0, or the seconds until there is one."""
        bucket = self._by_key.get(key)
        if bucket is None:
            self._make_room(now)
            bucket = self._by_key[key] = Bucket(self.most, now)
        bucket.left, bucket.at = self._refilled(bucket, now), now
        if bucket.left < 1:
            return (1 - bucket.left) * MINUTE / self.most
        bucket.left -= 1
        return 0

    def _refilled(self, bucket: Bucket, now: datetime) -> float:
        passed = max(0.0, (now - bucket.at).total_seconds())
        return min(self.most, bucket.left + passed * self.most / MINUTE)

    def _make_room(self, now: datetime) -> None:
        # A full bucket says nothing that a new one would not; when none is full, the oldest give way.
        if len(self._by_key) < self.KEPT:
            return
        kept = {key: one for key, one in self._by_key.items() if self._refilled(one, now) < self.most}
        newest = sorted(kept.items(), key=lambda entry: entry[1].at)[-self.KEPT // 2 :]
        self._by_key = dict(newest)


class Limited:
    """Refuses whoever asks too often: a session, or an address where there is none."""

    def __init__(self, app: ASGIApp, service: Service) -> None:
        self.app = app
        self.service = service
        self.requests = Buckets(service.settings.requests_per_minute)
        self.sign_ins = Buckets(service.settings.sign_ins_per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it with the seconds to wait."""
        wait = self._wait(Request(scope)) if scope["type"] == "http" else 0
        if wait <= 0:
            await self.app(scope, receive, send)
            return
        response = as_response(Request(scope), Problem(429, "too_many"))
        response.headers["Retry-After"] = str(math.ceil(wait))
        await response(scope, receive, send)

    def _wait(self, request: Request) -> float:
        now = self.service.now()
        address = request.client.host if request.client else ""
        if is_sign_in(request.method, request.scope["path"]):
            return self.sign_ins.take(address, now)
        return self.requests.take(self._session(request, now) or f"from {address}", now)

    def _session(self, request: Request, now: datetime) -> str | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        try:
            return read_access_token(self.service.secret, token.strip(), now)[1]
        except BadToken:
            return None


def is_sign_in(method: str, path: str) -> bool:
    """Whether a request tries to sign in, with a password or by the city's own login."""
    if path.rstrip("/") == SESSION:
        return method == "POST"
    return path.startswith(f"{SESSION}/") and path != REFRESH


def limit_requests(app: FastAPI, service: Service) -> None:
    """Let an app refuse whoever asks too often."""
    app.add_middleware(Limited, service=service)
