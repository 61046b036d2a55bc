"""Following up: what moving in sets in motion, and how it went."""

from datetime import date, timedelta
from uuid import uuid4

from sqlalchemy import Connection

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.desk.granting import carry_out
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import sees
from api.usecases.work import Work
from models.days import months_later
from models.follow_ups import MONTHS, FollowUp, FollowUpOutcome
from models.offers import Offer
from models.store.casework import follow_up_by_id, follow_ups, later_follow_ups
from models.store.rows import change, keep
from models.tables import FollowUpRecord


def moved_in(work: Work, offer: Offer, form: str, on: date) -> None:
    """Set the days of the follow-ups after a moving in, and let it carry out the decision on assistance."""
    new = [
        FollowUp(
            follow_up_id=uuid4().hex,
            household_id=offer.household_id,
            pool_id=offer.pool_id,
            offer_id=offer.offer_id,
            moved_in_on=on,
            months=months,
            due_on=months_later(on, months),
        )
        for months in MONTHS
    ]
    keep(work.connection, FollowUpRecord, *new)
    carry_out(work, offer.household_id, form, on)


def follow_ups_seen(
    connection: Connection, view: CityView, actor: Actor, due_within: int | None
) -> list[FollowUp]:
    """Follow-ups to make, of households that the person may see, by day; all, or those soon due."""
    until = None
    if due_within is not None:
        until = view.assessment.instance.as_of + timedelta(days=due_within)
    found = [
        one
        for one in follow_ups(connection, done=False)
        if sees(view, actor, one.household_id) and (until is None or one.due_on <= until)
    ]
    return sorted(found, key=lambda one: (one.due_on, one.follow_up_id))


def follow_up_seen(connection: Connection, view: CityView, actor: Actor, follow_up_id: str) -> FollowUp:
    """A follow-up of a household that the person may see.

    Raises
    ------
    DeskRefused
        When there is none.
    """
    found = follow_up_by_id(connection, follow_up_id)
    if found is None or not sees(view, actor, found.household_id):
        raise DeskRefused("unknown_follow_up", "missing")
    return found


def follow_up(
    work: Work, view: CityView, follow_up_id: str, outcome: FollowUpOutcome, note: str | None
) -> FollowUp:
    """Note how it went. Where the household no longer lives there, the later follow-ups say the same.

    Raises
    ------
    DeskRefused
        When the person may not see it, or it has been made.
    """
    found = follow_up_seen(work.connection, view, work.actor, follow_up_id)
    if found.outcome is not None:
        raise DeskRefused("followed_up_already", "conflict", {"outcome": str(found.outcome)})
    said = {"outcome": outcome, "done_by": work.actor.user_id, "done_at": work.now}
    change(work.connection, FollowUpRecord, found, note=note, **said)
    if outcome != FollowUpOutcome.STAYS:
        for later in later_follow_ups(work.connection, found):
            change(work.connection, FollowUpRecord, later, **said)
    work.record(
        "follow_up.made",
        "follow_up",
        follow_up_id,
        str(outcome),
        household=found.household_id,
        months=found.months,
    )
    return found
