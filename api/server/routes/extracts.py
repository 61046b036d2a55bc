"""Register extracts: what is held on a household, for the person who asks."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from api.access.actor import Actor
from api.extract_page import extract_as_data, extract_as_page
from api.server.needs import needs
from api.server.problems import Problem, language_of
from api.server.service import Here
from api.usecases.cases import case_seen
from api.usecases.extracting import extract
from api.usecases.work import working_for

router = APIRouter(prefix="/households/{household_id}/extract", tags=["households"])


class ExtractOut(BaseModel):
    """Everything that is held on a household: rows by table, opened."""

    household_id: str
    made_at: str
    tables: dict[str, list[dict[str, Any]]]


@router.get("", response_model=ExtractOut, responses={404: {}, 200: {"content": {"text/html": {}}}})
def show_extract(
    household_id: str, actor: Annotated[Actor, needs("case.read")], here: Here, request: Request
) -> Response | ExtractOut:
    """Show all that is held on a household, as JSON or as a page; that it was made is recorded."""
    if case_seen(here.city(), actor, household_id) is None:
        raise Problem(404, "unknown_household")
    with working_for(here.engine, actor, here.now()) as work:
        made = extract(work.connection, household_id, here.now())
        work.record("case.extract", "household", household_id, "extract")
    if "text/html" in request.headers.get("accept", ""):
        return HTMLResponse(extract_as_page(made, language_of(request)))
    return ExtractOut(**extract_as_data(made))
