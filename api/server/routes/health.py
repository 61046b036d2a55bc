"""Whether the service is alive and can reach its database, and whether requests should be sent to it."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel
from sqlalchemy import text

from api.server.needs import public
from api.server.service import Here, Service
from models.database import reading
from models.problems import DatabaseProblem
from models.schema import revision_of, revisions

router = APIRouter(prefix="/health", tags=["health"])


class Health(BaseModel):
    """`ok`, or `down` with the part that does not answer."""

    status: str
    database: str


@router.get("", dependencies=[public], responses={503: {"model": Health}})
def health(here: Here, response: Response) -> Health:
    """Say whether requests can be served."""
    try:
        with reading(here.engine) as connection:
            connection.execute(text("SELECT 1"))
    except DatabaseProblem:
        response.status_code = 503
        return Health(status="down", database="down")
    return Health(status="ok", database="ok")


class Readiness(BaseModel):
    """`ready`, or why not: `closing`, `database_down`, or `schema_changed` by another version."""

    status: str


@router.get("/ready", dependencies=[public], responses={503: {"model": Readiness}})
def ready(request: Request, here: Here, response: Response) -> Readiness:
    """Say whether requests should be sent here."""
    status = "closing" if request.app.state.closing else _readiness(here)
    if status != "ready":
        response.status_code = 503
    return Readiness(status=status)


def _readiness(here: Service) -> str:
    try:
        with reading(here.engine) as connection:
            return "ready" if revision_of(connection) == revisions()[-1] else "schema_changed"
    except DatabaseProblem:
        return "database_down"
