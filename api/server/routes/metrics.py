"""Figures for Prometheus: for a scraper on this machine, and for those who may see the settings."""

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials

from api.server.metrics import CONTENT_TYPE, Metrics
from api.server.needs import Need, bearer, signed_in

router = APIRouter(tags=["operation"])

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class FromThisMachineOr(Need):
    """A permission, which a caller on this machine does without: a scraper has no account.

    A proxy on this machine speaks for others, so a request that was forwarded is not from here.
    """

    def __call__(  # type: ignore[override]
        self, request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
    ) -> None:
        """Let a caller on this machine through, and ask others for the permission."""
        if not from_this_machine(request):
            self.met_by(signed_in(request, credentials))


def from_this_machine(request: Request) -> bool:
    """Whether a request came from this machine and was not forwarded."""
    if request.client is None or any(name in request.headers for name in FORWARDED):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False


@router.get(
    "/metrics",
    dependencies=[Depends(FromThisMachineOr("config.read"))],
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(request: Request) -> Response:
    """Show figures on requests, connections and jobs in Prometheus' text format."""
    figures: Metrics = request.app.state.metrics
    return Response(figures.shown(), media_type=CONTENT_TYPE)
