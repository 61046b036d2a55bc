"""The description of the API for programs, and as a page for people that needs nothing from elsewhere."""

from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from api.server.needs import public
from api.server.openapi import described
from api.server.problems import language_of
from api.texts import Language

router = APIRouter(tags=["operation"])

STYLE = (files("api.server") / "reference.css").read_text(encoding="utf-8")


@router.get("/openapi.json", dependencies=[public], response_class=JSONResponse)
def openapi(request: Request) -> dict[str, Any]:
    """Describe the API (OpenAPI 3.1); it holds no data, so it is open to all."""
    return described(request.app)


@router.get("/docs", dependencies=[public], response_class=HTMLResponse)
def reference(
    request: Request, lang: Annotated[Language | None, Query(description="Language of the page.")] = None
) -> HTMLResponse:
    """Describe the API on a page, in the language asked for or the browser's own."""
    # Built when asked for: the command line and the first answer wait for none of it.
    from api.server.reference import page

    language = lang or language_of(request)
    headers = {"Content-Language": language, "Vary": "Accept-Language"}
    return HTMLResponse(page(described(request.app), language), headers=headers)


@router.get(
    "/docs/style.css",
    dependencies=[public],
    response_class=Response,
    responses={200: {"content": {"text/css": {"schema": {"type": "string"}}}}},
)
def style() -> Response:
    """Give the page's style sheet."""
    return Response(STYLE, media_type="text/css; charset=utf-8")
