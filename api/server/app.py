"""The web API put together."""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, FastAPI
from sqlalchemy import Engine

from api.server.bodies import limit_bodies
from api.server.headers import send_headers
from api.server.limits import limit_requests
from api.server.logs import Log
from api.server.methods import answer_heads, tell_methods
from api.server.metrics import Metrics
from api.server.needs import declared
from api.server.observing import catch_faults, name_routes, observe
from api.server.problems import answer_problems
from api.server.routes import (
    advice,
    audit,
    capacity,
    chains,
    city_login,
    counts,
    desk,
    docs,
    exports,
    extracts,
    health,
    households,
    imports,
    jobs,
    metrics,
    offers,
    plans,
    policy,
    pool_records,
    records,
    reports,
    scenario_data,
    scenarios,
    session,
    snapshots,
    stay_data,
    stock,
    users,
)
from api.server.service import Service
from api.server.slashes import keep_slashes
from api.settings import Settings
from api.usecases.city_login import provider_of
from api.usecases.city_view import CityViews
from models.encryption import use_keys
from models.store.jobs import job_counts

PREFIX = "/api/v1"
ROUTERS: tuple[APIRouter, ...] = (
    session.router,
    city_login.router,
    households.router,
    extracts.router,
    records.router,
    records.checks,
    advice.router,
    stock.router,
    pool_records.router,
    policy.router,
    chains.router,
    offers.router,
    *desk.ROUTERS,
    jobs.router,
    plans.router,
    counts.router,
    snapshots.router,
    reports.router,
    scenarios.router,
    scenario_data.router,
    stay_data.router,
    capacity.router,
    imports.router,
    exports.router,
    users.router,
    audit.router,
    health.router,
    docs.router,
)
AT_ROOT: tuple[APIRouter, ...] = (metrics.router,)


def build_server(
    engine: Engine, settings: Settings, clock: Callable[[], datetime], log: Log | None = None
) -> FastAPI:
    """The web API over a database; its log goes to standard error unless another is given.

    Raises
    ------
    UndeclaredRoute
        When a route does not say who may call it.
    """
    app = FastAPI(
        title="Hemvist", version="1", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False
    )
    service = Service(engine, settings, clock, CityViews(engine), provider_of(settings))
    app.state.service = service
    app.state.faults = deque(maxlen=100)
    app.state.closing = False
    app.state.metrics = Metrics(engine, lambda: job_counts(engine))
    use_keys(settings.key_list)
    answer_problems(app)
    templates: dict[int, str] = {}
    written = log or Log()
    # The last one added is met first: every answer is seen, has its headers, and no fault gets past.
    tell_methods(app)
    limit_bodies(app, settings)
    limit_requests(app, service)
    catch_faults(app, written, templates)
    send_headers(app)
    answer_heads(app)
    observe(app, written, app.state.metrics, templates)
    keep_slashes(app)
    for router in ROUTERS:
        app.include_router(router, prefix=PREFIX)
    for router in AT_ROOT:
        app.include_router(router)
    name_routes(app, templates)
    app.state.permissions = declared(app)
    return app
