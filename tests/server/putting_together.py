"""The web API for a test of its own, with the routes that the first one was put together with."""

from collections.abc import Callable
from datetime import datetime
from unittest.mock import patch

from fastapi import FastAPI
from sqlalchemy import Engine
from starlette.routing import BaseRoute

from api.server import app as server
from api.settings import Settings

_routes: list[BaseRoute] = []


class Routed(FastAPI):
    """An app that has its routes from the start: to read them takes most of the time, and none changes."""

    def __init__(self, **given: object) -> None:
        super().__init__(**given)  # type: ignore[arg-type]
        self.router.routes.extend(_routes)


def put_together(engine: Engine, settings: Settings, clock: Callable[[], datetime]) -> FastAPI:
    """The web API over a database: whole for the first test, and all but the routes for those that follow."""
    if not _routes:
        first = server.build_server(engine, settings, clock)
        _routes.extend(first.router.routes)
        return first
    with patch.multiple(server, FastAPI=Routed, ROUTERS=(), AT_ROOT=()):
        return server.build_server(engine, settings, clock)
