"""What a provider is told of a household: only what the place's own conditions need."""

from datetime import date
from typing import Any

from api.usecases.desk.settings import desk_settings
from api.usecases.work import Work
from models.households import Household, Member
from models.stock import Pool

GROWN_UP = 18


def fields_for(pool: Pool) -> tuple[str, ...]:
    """What a provider is told of a household, by the conditions of its place."""
    asked = list(desk_settings()["request"]["always"])
    for entry in desk_settings()["request"]["when"]:
        condition = getattr(pool, entry["pool"])
        if ("" if condition is None else str(condition)) != entry["is_not"]:
            asked += entry["fields"]
    return tuple(asked)


def what_is_told(
    household: Household, members: list[Member], pool: Pool, work: Work, wished_from: date | None
) -> dict[str, Any]:
    """The facts of a request, by field."""
    day = work.now.date()
    ages = [age(member.birth_date, day) for member in members]
    adults = [years for years in ages if years >= GROWN_UP]
    whole: dict[str, Any] = {
        "persons": len(members),
        "adults": len(adults),
        "children": len(members) - len(adults),
        "support_need": str(household.support_need),
        "wished_from": None if wished_from is None else str(wished_from),
        "sexes": sorted(str(m.sex) for m, years in zip(members, ages, strict=True) if years >= GROWN_UP),
        "substance_use": str(household.substance_use),
        "mental_health": str(household.mental_health),
        "mobility": str(household.mobility),
        "pet": str(household.pet),
        "youngest_adult_is_at_least": min(adults, default=0) >= (pool.min_age or 0),
        "oldest_is_at_most": pool.max_age is None or max(ages, default=0) <= pool.max_age,
    }
    return {field: whole[field] for field in fields_for(pool)}


def age(born: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
