"""A route that does not say who may call it keeps the whole service from starting."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy import Engine
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.server import app as server
from api.server.needs import UndeclaredRoute, anyone, declared, public
from models.database import open_database
from tests.server.conftest import Clock, settings


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_database(str(tmp_path_factory.mktemp("needs") / "city.sqlite"))
    yield engine
    engine.dispose()


def nothing() -> None:
    return None


def test_a_route_in_a_router_that_says_nothing_stops_the_start(
    empty: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    router = APIRouter(prefix="/secrets")
    router.get("/{number}")(nothing)
    monkeypatch.setattr(server, "ROUTERS", (*server.ROUTERS, router))
    with pytest.raises(UndeclaredRoute, match=r"GET /api/v1/secrets/\{number\}"):
        server.build_server(empty, settings(), Clock())


def test_routes_within_routers_within_routers_are_found() -> None:
    inner, outer = APIRouter(prefix="/inner"), APIRouter(prefix="/outer")
    inner.get("/told", dependencies=[public])(nothing)
    inner.get("/untold")(nothing)
    outer.include_router(inner)
    app = FastAPI(openapi_url=None)
    app.include_router(outer, prefix="/api")
    with pytest.raises(UndeclaredRoute) as refusal:
        declared(app)
    assert str(refusal.value) == "say who may call GET /api/outer/inner/untold"


def test_saying_it_twice_is_saying_nothing() -> None:
    app = FastAPI(openapi_url=None)
    app.get("/both", dependencies=[public, anyone])(nothing)
    with pytest.raises(UndeclaredRoute, match="/both"):
        declared(app)


def test_a_door_beside_the_routes_is_found() -> None:
    async def door(request: Request) -> Response:
        return Response()

    app = FastAPI(openapi_url=None)
    app.router.routes.append(Route("/door", door, methods=["GET"]))
    with pytest.raises(UndeclaredRoute, match="/door"):
        declared(app)
