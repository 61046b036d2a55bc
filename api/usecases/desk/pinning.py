"""Pinning and blocking: a pair decided on, tried against the others before it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

import numpy as np
from sqlalchemy import Connection, Engine

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import household_seen, sees
from api.usecases.work import Work
from models.database import reading
from models.offers import DepartureReason
from models.pins import Pin, PinKind
from models.store.pins import Pairs, live_pins, pin_by_id, pins_in_force
from models.store.rows import change, keep
from models.tables import PinRecord
from optimiser.compatibility import eligibility
from optimiser.kleene import NO, YES
from optimiser.limits.conflict import has_plan, minimal_conflict
from optimiser.limits.model import LimitName, Limits
from optimiser.matching import Moves

MOVES: Moves = "unlimited"
"""Moves with which pins are tried: what no plan with any moves keeps, no run keeps."""


@dataclass(frozen=True, slots=True)
class NewPin:
    """A pair that a person decides on."""

    household_id: str
    pool_id: str
    kind: PinKind
    reason: DepartureReason
    expires_on: date
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Tried:
    """A pair tried together with those in force: these, and the fewest that no plan keeps together."""

    in_force: tuple[Pairs, Pairs]
    conflict: tuple[LimitName, ...]


def limits_with_pins(connection: Connection, day: date, limits: Limits) -> Limits:
    """Limits of a run, and with them the pins and blocks in force on its day."""
    must, must_not = live_pins(connection, day)
    return replace(limits, pins=limits.pins + must, blocks=limits.blocks + must_not)


def tried(engine: Engine, view: CityView, wanted: NewPin, day: date) -> Tried | None:
    """A pair tried before the transaction that keeps it, because that takes time; None where it cannot be."""
    if wanted.household_id not in view.row_of or wanted.pool_id not in view.pool_at:
        return None
    with reading(engine) as connection:
        return _try(view, wanted, live_pins(connection, day))


def make_pin(work: Work, view: CityView, wanted: NewPin, day: date, before: Tried | None = None) -> Pin:
    """Keep a pin or block; every plan from now on heeds it.

    Parameters
    ----------
    before
        The pair as tried just now; tried again if the others have changed meanwhile.

    Raises
    ------
    DeskRefused
        When the person may not see the household, the pair does not suit or is decided on already, or no plan
        keeps it together with the others: which of those is told, as far as the person may see them.
    """
    household = household_seen(view, work.actor, wanted.household_id)
    if wanted.pool_id not in view.pool_at:
        raise DeskRefused("unknown_pool", "missing")
    if wanted.expires_on < day:
        raise DeskRefused("day_past")
    if wanted.kind == PinKind.PIN:
        if household.current_pool_id == wanted.pool_id:
            raise DeskRefused("lives_there")
        _must_suit(view, wanted)
    for pin in pins_in_force(work.connection, day):
        if (pin.household_id, pin.pool_id, pin.kind) == (wanted.household_id, wanted.pool_id, wanted.kind):
            raise DeskRefused("pinned_already", "conflict", {"pin": pin.pin_id})
    in_force = live_pins(work.connection, day)
    if before is None or before.in_force != in_force:
        before = _try(view, wanted, in_force)
    if before.conflict:
        raise DeskRefused("pin_cannot_hold", "conflict", conflict_told(view, work.actor, before.conflict))
    pin = Pin(
        pin_id=uuid4().hex,
        household_id=wanted.household_id,
        pool_id=wanted.pool_id,
        kind=wanted.kind,
        reason=wanted.reason,
        note=wanted.note,
        made_by=work.actor.user_id,
        made_at=work.now,
        expires_on=wanted.expires_on,
    )
    keep(work.connection, PinRecord, pin)
    work.record(
        f"pin.{pin.kind}",
        "pin",
        pin.pin_id,
        str(pin.reason),
        household=pin.household_id,
        expires_on=str(pin.expires_on),
    )
    return pin


def lift_pin(work: Work, view: CityView, pin_id: str, day: date, reason: DepartureReason) -> None:
    """Take a pin or block back, and say why.

    Raises
    ------
    DeskRefused
        When it is not in force, or not for the person to see.
    """
    pin = pin_by_id(work.connection, pin_id)
    over = pin is None or pin.lifted_at is not None or pin.expires_on < day
    if pin is None or over or not sees(view, work.actor, pin.household_id):
        raise DeskRefused("unknown_pin", "missing")
    change(work.connection, PinRecord, pin, lifted_by=work.actor.user_id, lifted_at=work.now)
    work.record("pin.lift", "pin", pin_id, str(reason), household=pin.household_id)


def pins_seen(connection: Connection, view: CityView, actor: Actor, day: date) -> list[Pin]:
    """Pins and blocks in force for households that the person may see."""
    return [pin for pin in pins_in_force(connection, day) if sees(view, actor, pin.household_id)]


def conflict_told(view: CityView, actor: Actor, names: Sequence[LimitName]) -> dict[str, Any]:
    """Limits that stand in each other's way, as a person may be told: those of other households are counted.

    Only pairs of households that the person may see are named, so that nothing tells where others live.
    """
    pairs = [name for name in names if name.kind in ("pins", "blocks")]
    mine = [name for name in pairs if sees(view, actor, name.subject[0])]
    named = [
        {"kind": name.kind, "household_id": name.subject[0], "pool_id": name.subject[1]} for name in mine
    ]
    return {
        "together": named,
        "of_others": len(pairs) - len(mine),
        "limits": sorted({name.kind for name in names} - {"pins", "blocks"}),
    }


def _must_suit(view: CityView, wanted: NewPin) -> None:
    row, column = view.row_of[wanted.household_id], view.pool_at[wanted.pool_id]
    suits = eligibility(view.assessment, np.array([row]))[0, column]
    if suits != YES:
        raise DeskRefused("does_not_suit" if suits == NO else "needs_facts_first")
    if not view.priority.candidate[row]:
        raise DeskRefused("not_in_the_queue")


def _try(view: CityView, wanted: NewPin, in_force: tuple[Pairs, Pairs]) -> Tried:
    pair = ((wanted.household_id, wanted.pool_id),)
    must, must_not = in_force
    if wanted.kind == PinKind.PIN:
        limits = Limits(pins=must + pair, blocks=must_not)
    else:
        limits = Limits(pins=must, blocks=must_not + pair)
    if not limits.pins:
        return Tried(in_force, ())

    def possible(some: Limits) -> bool:
        return has_plan(view.assessment, view.priority, view.compatible.eligible, MOVES, some)

    return Tried(in_force, () if possible(limits) else minimal_conflict(limits, possible))
