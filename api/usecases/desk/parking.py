"""Parking: a household is proposed nothing until a day; its place in the order stays what it is."""

from datetime import date
from uuid import uuid4

from api.usecases.city_view import CityView
from api.usecases.desk.refusals import DeskRefused
from api.usecases.desk.seen import household_seen
from api.usecases.work import Work
from models.store.homes import change_household, household_by_id
from models.store.revision import touch
from models.store.rows import change, keep
from models.store.waiting import parking_of
from models.tables import ParkingRecord
from models.waiting import Parking, ParkReason


def park(
    work: Work,
    view: CityView,
    household_id: str,
    until: date,
    reason: ParkReason,
    note: str | None,
    day: date,
) -> Parking:
    """Park a household until a day; on that day it may be proposed a place again.

    Raises
    ------
    DeskRefused
        When the person may not see the household, the day has come already, or it is parked.
    """
    household_seen(view, work.actor, household_id)
    if until <= day:
        raise DeskRefused("day_past")
    household = household_by_id(work.connection, household_id)
    if household is None:
        raise DeskRefused("unknown_household", "missing")
    if household.unavailable_until is not None and household.unavailable_until > day:
        raise DeskRefused("parked_already", "conflict", {"until": str(household.unavailable_until)})
    earlier = parking_of(work.connection, household_id)
    if earlier is not None:
        change(work.connection, ParkingRecord, earlier, ended_by="system", ended_at=work.now)
    parking = Parking(
        parking_id=uuid4().hex,
        household_id=household_id,
        reason=reason,
        note=note,
        until=until,
        made_by=work.actor.user_id,
        made_at=work.now,
    )
    keep(work.connection, ParkingRecord, parking)
    change_household(work.connection, household, day, "parking", unavailable_until=until)
    touch(work.connection)
    work.record("household.park", "household", household_id, str(reason), until=str(until))
    return parking


def unpark(work: Work, view: CityView, household_id: str, day: date) -> None:
    """End a parking before its time, because the person says so.

    Raises
    ------
    DeskRefused
        When the person may not see the household, or it is not parked.
    """
    household_seen(view, work.actor, household_id)
    household = household_by_id(work.connection, household_id)
    if household is None or household.unavailable_until is None or household.unavailable_until <= day:
        raise DeskRefused("not_parked", "missing")
    parking = parking_of(work.connection, household_id)
    if parking is not None:
        change(work.connection, ParkingRecord, parking, ended_by=work.actor.user_id, ended_at=work.now)
    change_household(work.connection, household, day, "parking", unavailable_until=None)
    touch(work.connection)
    work.record("household.unpark", "household", household_id)
