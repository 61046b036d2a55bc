"""Every request seen: an id of its own, one line in the log, one count; and no fault gets past."""

from collections.abc import Mapping
from time import perf_counter
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.server.logs import Log, kinds
from api.server.metrics import Metrics
from api.server.needs import api_routes
from api.server.problems import Problem, as_response

REQUEST_ID = b"x-request-id"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "none"


class Observed:
    """Logs and counts requests by the template of their route; the path with its ids is never kept.

    The id of a request is always our own: one that was sent along could hold anything.
    """

    def __init__(self, app: ASGIApp, log: Log, metrics: Metrics, templates: Mapping[Any, str]) -> None:
        self.app = app
        self.log = log
        self.metrics = metrics
        self.templates = templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and write down how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        state["request_id"] = uuid4().hex
        status = 0

        async def with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID, state["request_id"].encode())]
            await send(message)

        began = perf_counter()
        with self.metrics.under_way.track_inprogress():
            try:
                await self.app(scope, receive, with_id)
            finally:
                self._write_down(scope, status, perf_counter() - began)

    def _write_down(self, scope: Scope, status: int, seconds: float) -> None:
        facts = named(scope, self.templates)
        self.metrics.answered(facts["method"], facts["route"], status, seconds)
        actor = scope["state"].get("actor")
        user = None if actor is None else actor.user_id
        self.log.say("info", "request", **facts, status=status, ms=round(seconds * 1000, 1), user=user)


class FaultsCaught:
    """Turns anything unforeseen into a problem that says nothing of it, and a line on where it happened."""

    def __init__(self, app: ASGIApp, of: FastAPI, log: Log, templates: Mapping[Any, str]) -> None:
        self.app = app
        self.of = of
        self.log = log
        self.templates = templates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; answer for it if it fails."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noted)
        except Exception as error:  # the one place of the web API that answers for anything unforeseen
            self.of.state.faults.append(kinds(error)[0])
            self.log.fault(error, **named(scope, self.templates))
            if not started:
                await as_response(Request(scope), Problem(500, "ours"))(scope, receive, send)


def named(scope: Scope, templates: Mapping[Any, str]) -> dict[str, str]:
    """Id, method and route of a request, in words that are ours."""
    method = scope["method"] if scope["method"] in METHODS else "other"
    route = templates.get(id(scope.get("route")), NO_ROUTE)
    return {"id": scope["state"]["request_id"], "method": method, "route": route}


def observe(app: FastAPI, log: Log, metrics: Metrics, templates: Mapping[int, str]) -> None:
    """Let an app log and count its requests."""
    app.add_middleware(Observed, log=log, metrics=metrics, templates=templates)


def catch_faults(app: FastAPI, log: Log, templates: Mapping[int, str]) -> None:
    """Let an app answer for its faults."""
    app.add_middleware(FaultsCaught, of=app, log=log, templates=templates)


def name_routes(app: FastAPI, templates: dict[int, str]) -> None:
    """Fill in the template of every route."""
    for route in api_routes(app):
        templates[id(route.original_route)] = str(route.path)
