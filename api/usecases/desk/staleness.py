"""Stale cases: facts that nobody has learnt anew or confirmed for a long time."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from api.access.actor import Actor
from api.usecases.city_view import CityView
from api.usecases.desk.seen import household_seen
from api.usecases.desk.waitlist import WaitFilter, waitlist
from api.usecases.work import Work
from models.codes import Fact
from models.store.waiting import confirm, confirmations, facts_dated


@dataclass(frozen=True, slots=True)
class Stale:
    """A case to confirm: its unit, its oldest fact, the facts as old as that or older than asked."""

    household_id: str
    responsible_unit: str | None
    oldest_on: date
    facts: tuple[str, ...]
    confirmed_on: date | None


def stale_cases(connection: Connection, view: CityView, actor: Actor, days: int) -> list[Stale]:
    """Those who wait and have known facts older than some days, the oldest first.

    A fact counts from the day it was learnt, or the day the case was confirmed, if that is later.
    """
    before = view.assessment.instance.as_of - timedelta(days=days)
    dated, confirmed = facts_dated(connection, before), confirmations(connection)
    found = []
    for line in waitlist(view, actor, {}, WaitFilter()):
        household, on = line.household, confirmed.get(line.household.household_id)
        if on is not None and on >= before:
            continue
        old = {
            fact: day
            for fact, day in dated.get(household.household_id, {}).items()
            if getattr(household, fact) not in (None, Fact.UNKNOWN)
        }
        if old:
            found.append(
                Stale(
                    household.household_id,
                    household.responsible_unit,
                    min(old.values()),
                    tuple(sorted(old)),
                    on,
                )
            )
    return sorted(found, key=lambda case: (case.oldest_on, case.household_id))


def confirm_case(work: Work, view: CityView, household_id: str, day: date) -> None:
    """Confirm that the facts of a household still hold.

    Raises
    ------
    DeskRefused
        When the person may not see it.
    """
    household_seen(view, work.actor, household_id)
    confirm(work.connection, household_id, day, work.actor.user_id)
    work.record("household.confirm", "household", household_id)
