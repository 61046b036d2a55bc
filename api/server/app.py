"""The web API put together."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, FastAPI
from sqlalchemy import Engine

from api.server.headers import send_headers
from api.server.needs import declared
from api.server.problems import answer_problems
from api.server.routes import audit, health, households, offers, session, users
from api.server.service import Service
from api.settings import Settings
from api.usecases.city_view import CityViews
from models.encryption import use_keys

PREFIX = "/api/v1"
ROUTERS: tuple[APIRouter, ...] = (
    session.router,
    households.router,
    offers.router,
    users.router,
    audit.router,
    health.router,
)


def build_server(engine: Engine, settings: Settings, clock: Callable[[], datetime]) -> FastAPI:
    """The web API over a database.

    Raises
    ------
    UndeclaredRoute
        When a route does not say who may call it.
    """
    app = FastAPI(title="Hemvist", version="1", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.service = Service(engine, settings, clock, CityViews(engine))
    app.state.faults = []
    use_keys(settings.key_list)
    answer_problems(app)
    send_headers(app)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    app.state.permissions = declared(app)
    return app
