"""Signing in and out, and who one is."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from api.access.actor import Actor
from api.access.roles import permissions_by_role
from api.access.tokens import ACCESS_MINUTES, BadToken
from api.server.needs import anyone, public
from api.server.problems import Problem
from api.server.service import Here
from api.usecases.signing_in import SignInRefused, Tokens, carry_on, sign_in, sign_out

router = APIRouter(prefix="/session", tags=["session"])


class SignIn(BaseModel):
    """A name and a password."""

    username: str = Field(min_length=1, max_length=200)
    password: str = Field(min_length=1, max_length=1000)


class Refresh(BaseModel):
    """A long token, used once."""

    refresh_token: str = Field(min_length=1, max_length=200)


class SessionOut(BaseModel):
    """Tokens of a session, and the seconds that the short one holds."""

    access_token: str
    refresh_token: str
    expires_in: int


class Me(BaseModel):
    """Who is signed in, and what the role may do."""

    user_id: str
    role: str
    unit: str | None
    permissions: list[str]


@router.post("", dependencies=[public], status_code=201)
def begin(body: SignIn, here: Here) -> SessionOut:
    """Sign in with a local account."""
    try:
        return _out(sign_in(here.engine, here.secret, body.username, body.password, here.now()))
    except SignInRefused:
        # A locked account is answered like a name that nobody has: it tells no stranger who works here.
        raise Problem(401, "wrong_password") from None


@router.post("/refresh", dependencies=[public])
def refresh(body: Refresh, here: Here) -> SessionOut:
    """Carry a session on."""
    try:
        return _out(carry_on(here.engine, here.secret, body.refresh_token, here.now()))
    except BadToken:
        raise Problem(401, "token_over") from None


@router.get("")
def me(actor: Annotated[Actor, anyone]) -> Me:
    """Who is signed in."""
    return Me(
        user_id=actor.user_id,
        role=str(actor.role),
        unit=actor.unit,
        permissions=sorted(permissions_by_role()[actor.role]),
    )


@router.delete("", status_code=204)
def end(actor: Annotated[Actor, anyone], here: Here) -> Response:
    """Sign out."""
    sign_out(here.engine, actor, here.now())
    return Response(status_code=204)


def _out(tokens: Tokens) -> SessionOut:
    return SessionOut(
        access_token=tokens.access, refresh_token=tokens.refresh, expires_in=ACCESS_MINUTES * 60
    )
