"""What a route asks of whoever calls it. A route that says nothing does not start.

A route names its need in its signature: `actor: Annotated[Actor, needs("case.read")]`, `anyone` for every
signed-in person, `public` for the few pages that are open to all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.access.actor import Actor
from api.access.roles import PERMISSIONS
from api.access.tokens import BadToken
from api.server.problems import Problem
from api.server.service import the_service
from api.usecases.signing_in import arrived

bearer = HTTPBearer(auto_error=False, description="A short token from /api/v1/session.")


def signed_in(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
) -> Actor:
    """The person behind a request.

    Raises
    ------
    Problem
        401 when there is no token, or one that does not hold.
    """
    service = the_service(request)
    if credentials is None:
        raise Problem(401, "sign_in_needed")
    try:
        actor, moment = arrived(service.engine, service.secret, credentials.credentials, service.now())
    except BadToken:
        raise Problem(401, "token_over") from None
    request.state.actor, request.state.moment = actor, moment
    return actor


@dataclass(frozen=True, slots=True)
class Need:
    """What a route asks for: a permission, `signed_in`, or `public`."""

    permission: str

    async def __call__(self, actor: Annotated[Actor, Depends(signed_in)]) -> Actor:
        """The person, if the role has the permission; without a wait, so that it takes up no thread."""
        return self.met_by(actor)

    def met_by(self, actor: Actor) -> Actor:
        """The person, if the role has the permission.

        Raises
        ------
        Problem
            403 otherwise.
        """
        if self.permission != SIGNED_IN and not actor.may(self.permission):
            raise Problem(403, "not_yours_to_do")
        return actor


@dataclass(frozen=True, slots=True)
class Open:
    """A route open to all."""

    permission: str = "public"

    async def __call__(self) -> None:
        """Ask for nothing."""


SIGNED_IN = "signed_in"
PUBLIC = "public"


def needs(permission: str) -> Any:
    """A dependency that asks for a permission and gives the person who has it.

    Raises
    ------
    ValueError
        When there is no such permission.
    """
    if permission not in PERMISSIONS:
        raise ValueError(f"no permission is called {permission}")
    return Depends(Need(permission))


anyone = Depends(Need(SIGNED_IN))
public = Depends(Open())


class UndeclaredRoute(RuntimeError):
    """Routes that do not say who may call them."""


def declared(app: FastAPI) -> dict[tuple[str, str], str]:
    """What each route asks for, by method and path.

    Raises
    ------
    UndeclaredRoute
        When a route says nothing, or two things: the service then does not start.
    """
    found: dict[tuple[str, str], str] = {}
    faulty: list[str] = []
    for route in iter_route_contexts(app.routes):
        ours = isinstance(route.original_route, APIRoute)
        calls = _calls(route.dependant) if ours else iter(())
        asked = {call.permission for call in calls if isinstance(call, Need | Open)}
        for method in sorted(route.methods or ("ANY",)):
            if len(asked) == 1:
                found[method, str(route.path)] = next(iter(asked))
            else:
                faulty.append(f"{method} {route.path}")
    if faulty:
        raise UndeclaredRoute("say who may call " + ", ".join(faulty))
    return found


def api_routes(app: FastAPI) -> Iterator[RouteContext]:
    """The routes of an app, each with the whole path it answers under."""
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute):
            yield route


def _calls(dependant: Dependant) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
