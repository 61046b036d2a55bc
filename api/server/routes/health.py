"""Whether the service is alive and can reach its database."""

from fastapi import APIRouter, Response
from pydantic import BaseModel
from sqlalchemy import text

from api.server.needs import public
from api.server.service import Here
from models.database import reading
from models.problems import DatabaseProblem

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
