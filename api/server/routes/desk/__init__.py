"""Routes of the coordinator's casework."""

from fastapi import APIRouter

from api.server.routes.desk import (
    assistance,
    duplicates,
    flags,
    follow_ups,
    leaving,
    morning,
    next_steps,
    pins,
    requests,
    waitlist,
)

ROUTERS: tuple[APIRouter, ...] = (
    waitlist.router,
    duplicates.router,
    next_steps.router,
    morning.router,
    flags.router,
    leaving.router,
    assistance.router,
    requests.router,
    follow_ups.router,
    pins.router,
)
