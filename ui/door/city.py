"""The city's own login: the browser goes there and back by the API's two pages, passed on from this address.

So a city opens one address to its people, and the API may stay inside. Nothing else of it is passed on.
"""

import time

import httpx2
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ui.here import here

LEAVE = "/api/v1/session/oidc"
BACK = f"{LEAVE}/callback"
LOOK_AGAIN_SECONDS = 300.0
CARRIED = ("location", "set-cookie", "content-type", "cache-control")
"""What is passed on of an answer."""

_looked: dict[str, tuple[float, bool]] = {}


def has_city_login() -> bool:
    """Whether the API has a login of the city's own; looked up now and then."""
    http = here().http
    key = str(http.base_url)
    at, found = _looked.get(key, (-LOOK_AGAIN_SECONDS, False))
    if time.monotonic() - at < LOOK_AGAIN_SECONDS:
        return found
    try:
        found = http.get(LEAVE, follow_redirects=False).status_code == 303
    except httpx2.TransportError:
        return False
    _looked[key] = (time.monotonic(), found)
    return found


async def pass_on(request: Request) -> Response:
    """Pass a page of the city's login on, with its cookie."""
    return await run_in_threadpool(_passed_on, request)


def _passed_on(request: Request) -> Response:
    headers = {
        name: request.headers[name] for name in ("cookie", "accept-language") if name in request.headers
    }
    try:
        told = here().http.get(
            request.url.path, params=request.query_params, headers=headers, follow_redirects=False
        )
    except httpx2.TransportError:
        return Response(status_code=503)
    answer = Response(told.content, told.status_code)
    for name, value in told.headers.multi_items():
        if name.lower() in CARRIED:
            answer.headers.append(name, value)
    return answer


CITY_ROUTES = (Route(LEAVE, pass_on, methods=["GET"]), Route(BACK, pass_on, methods=["GET"]))
