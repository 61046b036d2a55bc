"""Signing in with the city's own login.

Two pages that a browser fetches, there and back, and one request that opens the session: nothing is decided
by fetching a page.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Cookie, Query, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, Field

from api.access.city_login import LoginRefused, Provider, ProviderAway
from api.access.tokens import ACCESS_MINUTES
from api.server.needs import public
from api.server.problems import Problem
from api.server.service import Here, Service
from api.usecases.city_login import (
    ATTEMPT_MINUTES,
    TICKET_SECONDS,
    UnknownToUs,
    begin,
    come_back,
    sign_in_with,
)

router = APIRouter(prefix="/session/oidc", tags=["session"])

COOKIE = "hemvist_oidc"
PATH = "/api/v1/session/oidc"
LONGEST = 4000


class Ticket(BaseModel):
    """What the browser came back with: good for one session, and for two minutes."""

    ticket: str = Field(min_length=1, max_length=LONGEST)


class TicketOut(Ticket):
    """A ticket, and the seconds that it holds."""

    expires_in: int


class CitySessionOut(BaseModel):
    """Tokens of a session, and where the browser may sign out of the city's login as well."""

    access_token: str
    refresh_token: str
    expires_in: int
    sign_out_address: str | None


@router.get("", dependencies=[public], status_code=303, response_class=RedirectResponse, responses={404: {}})
def leave(here: Here) -> Response:
    """Send the browser to the city's own login."""
    provider = _provider(here)
    try:
        address, note = begin(provider, here.secret, here.now())
    except ProviderAway:
        raise Problem(503, "city_login_away") from None
    response = RedirectResponse(address, 303)
    response.set_cookie(
        COOKIE,
        note,
        max_age=ATTEMPT_MINUTES * 60,
        path=PATH,
        secure=provider.client.redirect_uri.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return response


@router.get(
    "/callback", dependencies=[public], response_model=TicketOut, responses={303: {}, 401: {}, 404: {}}
)
def back(
    here: Here,
    state: Annotated[str, Query(max_length=LONGEST)] = "",
    code: Annotated[str, Query(max_length=LONGEST)] = "",
    iss: Annotated[str | None, Query(max_length=LONGEST)] = None,
    error: Annotated[str | None, Query(max_length=LONGEST)] = None,
    hemvist_oidc: Annotated[str | None, Cookie(max_length=LONGEST)] = None,
) -> Response:
    """Take the browser back from the city's login, with a ticket for a session."""
    provider = _provider(here)
    try:
        if error is not None or not code or iss not in (None, provider.client.issuer):
            raise LoginRefused
        ticket = come_back(here.secret, hemvist_oidc, state, code, here.now())
    except LoginRefused:
        raise Problem(401, "city_login_refused") from None
    there = here.settings.oidc_return
    told = TicketOut(ticket=ticket, expires_in=TICKET_SECONDS)
    response: Response = JSONResponse(told.model_dump())
    if there:
        # Behind the #, which browsers keep to themselves: no log and no Referer ever holds it.
        response = RedirectResponse(f"{there}#{urlencode({'ticket': ticket})}", 303)
    response.delete_cookie(COOKIE, path=PATH)
    return response


@router.post("", dependencies=[public], status_code=201, responses={401: {}, 403: {}, 404: {}})
def enter(body: Ticket, here: Here) -> CitySessionOut:
    """Open a session with a ticket from the city's login."""
    provider = _provider(here)
    try:
        tokens = sign_in_with(here.engine, provider, here.secret, body.ticket, here.now())
        leave_by = provider.sign_out_address(here.now())
    except LoginRefused:
        raise Problem(401, "city_login_refused") from None
    except UnknownToUs:
        raise Problem(403, "city_login_unknown") from None
    except ProviderAway:
        raise Problem(503, "city_login_away") from None
    return CitySessionOut(
        access_token=tokens.access,
        refresh_token=tokens.refresh,
        expires_in=ACCESS_MINUTES * 60,
        sign_out_address=leave_by,
    )


def _provider(here: Service) -> Provider:
    if here.city_login is None:
        raise Problem(404, "no_city_login")
    return here.city_login
