"""Ways to ask: HEAD as GET without a body, and to OPTIONS or a wrong way what an address takes."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from re import Pattern

from fastapi import FastAPI, Response
from starlette.datastructures import MutableHeaders
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.server.limits import is_sign_in

JOBS = "/api/v1/jobs/"


class HeadsAnswered:
    """Answers HEAD as GET would be, recorded like it, and leaves out the body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if begins_something(scope["path"]):
            await self.app(scope, receive, without_body)
            return
        # The scope itself, not a copy: whoever logs the request finds its route there.
        scope["method"] = "GET"
        try:
            await self.app(scope, receive, without_body)
        finally:
            scope["method"] = "HEAD"


class MethodsTold:
    """Says which methods an address takes: to OPTIONS, and to whoever asks in another way (RFC 9110)."""

    def __init__(self, app: ASGIApp, of: FastAPI) -> None:
        self.app = app
        self.of = of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS" and (allowed := self._allowed(scope["path"])):
            await Response(status_code=204, headers={"Allow": allowed})(scope, receive, send)
            return

        async def with_methods(message: Message) -> None:
            # The framework names only those of the first route that the address fits.
            if message["type"] == "http.response.start" and message["status"] == 405:
                MutableHeaders(scope=message)["Allow"] = self._allowed(scope["path"])
            await send(message)

        await self.app(scope, receive, with_methods)

    @cached_property
    def _methods(self) -> Mapping[Pattern[str], set[str]]:
        by_path: dict[str, set[str]] = {}
        for method, path in self.of.state.permissions:
            by_path.setdefault(path, {"OPTIONS"}).add(method)
        return {compile_path(path)[0]: methods for path, methods in by_path.items()}

    def _allowed(self, path: str) -> str:
        return ", ".join(sorted(with_head(self._methods_at(path), path)))

    def _methods_at(self, path: str) -> set[str]:
        # An address may fit several templates; each answers its own methods there.
        found = [methods for shape, methods in self._methods.items() if shape.match(path)]
        return set().union(*found)


def with_head(methods: Iterable[str], path: str) -> set[str]:
    """Methods of an address, HEAD among them where it is answered."""
    more = {"HEAD"} if "GET" in methods and not begins_something(path) else set()
    return {*methods, *more}


def begins_something(path: str) -> bool:
    """Whether a GET opens what a HEAD has no use for: a login with the city, a stream of events."""
    return is_sign_in("GET", path) or (path.startswith(JOBS) and path.endswith("/events"))


def answer_heads(app: FastAPI) -> None:
    """Let an app answer HEAD."""
    app.add_middleware(HeadsAnswered)


def tell_methods(app: FastAPI) -> None:
    """Let an app say which methods an address takes."""
    app.add_middleware(MethodsTold, of=app)
