"""Pins and blocks: pairs decided on, for those who may decide and only for households that they may see."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.access.actor import Actor
from api.server.desk import Id, OfHousehold, Text, done, done_once, page_about
from api.server.needs import needs
from api.server.once import OnceOnly
from api.server.paging import Cursor, Limit, Page
from api.server.service import Here
from api.usecases.desk.pinning import NewPin, lift_pin, make_pin, pins_seen, tried
from api.usecases.work import reading_for
from models.days import Day
from models.offers import DepartureReason
from models.pins import Pin, PinKind

router = APIRouter(prefix="/pins", tags=["pins"])

Pinner = Annotated[Actor, needs("pin.write")]


class NewPinIn(BaseModel):
    """A household and a pool to propose in every plan, or in none, until a day."""

    household_id: Id
    pool_id: Id
    kind: PinKind
    reason: DepartureReason
    expires_on: Day
    note: Text | None = None


@router.get("")
def list_pins(
    actor: Pinner,
    here: Here,
    household: OfHousehold = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Pin]:
    """List the pins and blocks in force for households that the person may see."""
    with reading_for(here.engine, actor) as connection:
        found = pins_seen(connection, here.city(), actor, here.as_of())
    return page_about(here, actor, "pins", found, _order, limit=limit, cursor=cursor, household=household)


@router.post("", status_code=201)
def make(body: NewPinIn, actor: Pinner, here: Here, once: OnceOnly) -> Pin:
    """Pin or block a pair; what no plan could keep with the others is refused, and it is told with which."""
    view, day, wanted = here.city(), here.as_of(), NewPin(**body.model_dump())
    before = tried(here.engine, view, wanted, day)
    return done_once(once, actor, Pin, lambda work: make_pin(work, view, wanted, day, before))


@router.delete("/{pin_id}", status_code=204)
def lift(
    pin_id: str,
    actor: Pinner,
    here: Here,
    reason: Annotated[DepartureReason, Query(description="Why; kept in the log.")],
) -> Response:
    """Take a pin or block back."""
    view, day = here.city(), here.as_of()
    done(here, actor, lambda work: lift_pin(work, view, pin_id, day, reason))
    return Response(status_code=204)


def _order(pin: Pin) -> tuple[str, str, str]:
    return pin.household_id, pin.pool_id, pin.pin_id
