"""Checks of who belongs to a household: at least one member, at least one adult."""

from collections.abc import Iterator
from datetime import date

from models.exchange.city import City
from models.exchange.rows import Found, Row

ADULT = 18


def households_without_members(city: City) -> Iterator[Found]:
    """A household that nobody belongs to, new or stored."""
    if "members" in city.lost:
        return
    owners: set[str | None] = {member.household_id for member in city.stored.members}
    owners.update(row.values.get("household_id") for row in city.of("members"))
    for row in city.of("households"):
        alone = row.key is not None and not row.repeats and row.key[0] not in owners
        if row.key and alone and not city.may_own_a_stray_member(row.key[0]):
            yield row, row.fault("household_id", "no members")


def households_without_adults(city: City) -> Iterator[Found]:
    """A household in which nobody is an adult; silent where a member's row is faulty itself."""
    if "members" in city.lost:
        return
    births = {(m.household_id, m.member_id): m.birth_date for m in city.stored.members}
    unclear: set[str] = set()
    new: dict[str, Row] = {}
    for row in city.of("members"):
        household_id = row.values.get("household_id")
        if household_id is None:
            continue
        new.setdefault(household_id, row)
        birth_date = row.values.get("birth_date")
        if row.key is None or row.repeats or birth_date is None or birth_date > city.as_of:
            unclear.add(household_id)
        else:
            births[row.key[0], row.key[1]] = birth_date
    new |= {row.key[0]: row for row in city.of("households") if row.key and not row.repeats}
    with_member, with_adult = set(), set()
    for (household_id, _), birth_date in births.items():
        with_member.add(household_id)
        if age_on(birth_date, city.as_of) >= ADULT:
            with_adult.add(household_id)
    for household_id, row in new.items():
        if household_id not in with_member or household_id in with_adult | unclear:
            continue
        if household_id in city.ids["households"] and not city.may_own_a_stray_member(household_id):
            column = "household_id" if row.sheet == "households" else "birth_date"
            details = {"as_of": city.as_of.isoformat(), "household": household_id}
            yield row, row.fault(column, "no adult", **details)


def age_on(birth_date: date, day: date) -> int:
    """Age in whole years on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
