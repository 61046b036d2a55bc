"""Unknown facts answered on the rows themselves, every answer in turn: slow and plain."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

from models.codes import Fact, MentalHealth, Mobility, Sex, SubstanceUse
from models.dataset import Dataset
from models.households import Household, Member
from optimiser.instance_build import age_on

from ..twin.rules import eligibility
from .made import Reading, reading

CODED: dict[str, Sequence[Any]] = {
    "substance_use": [value for value in SubstanceUse if value != SubstanceUse.UNKNOWN],
    "mental_health": [value for value in MentalHealth if value != MentalHealth.UNKNOWN],
    "mobility": [value for value in Mobility if value != Mobility.UNKNOWN],
}
DAYS_AGO = (0, 1, 182, 183, 184, 2000)
MONTHS = (0, 1, 46, 47, 48, 49, 58, 59, 60, 61, 100)


def facts_unknown(read: Reading, household: Household) -> list[str]:
    """Column names of what is not known about a household, its members and, for a child, the pools."""
    blank = [name for name in Household.model_fields if getattr(household, name) == "unknown"]
    blank += [
        name for name in ("homeless_since", "shis_months", "responsible_unit") if not_told(household, name)
    ]
    blank.append("safe_districts")
    if any(adult.sex in (Sex.UNKNOWN, Sex.OTHER) for adult in read.city.adults(household)):
        blank.append("sex")
    children = read.city.children(household)
    if any(child.special_stability_need == Fact.UNKNOWN for child in children):
        blank.append("special_stability_need")
    return [*blank, "children"] if children else blank


def not_told(household: Household, name: str) -> bool:
    return getattr(household, name) is None


def answered(read: Reading, household: Household, fact: str) -> Iterator[Dataset]:
    """The city with one fact about one household known, once for each answer."""
    data, mine = read.data, read.city.members[household.household_id]
    if fact == "children":
        pools = tuple(
            pool.model_copy(update={"children": Fact.YES}) if pool.children == Fact.UNKNOWN else pool
            for pool in data.pools
        )
        yield replace(data, pools=pools)
    elif fact == "sex":
        unsure = [m for m in mine if is_adult(read, m) and m.sex in (Sex.UNKNOWN, Sex.OTHER)]
        yield from with_members(data, unsure, "sex", (Sex.WOMAN, Sex.MAN))
    elif fact == "special_stability_need":
        unsure = [m for m in mine if not is_adult(read, m) and m.special_stability_need == Fact.UNKNOWN]
        yield from with_members(data, unsure, "special_stability_need", (Fact.YES, Fact.NO))
    else:
        for value in answers(read, household, fact):
            rows = tuple(
                row.model_copy(update={fact: value}) if row is household else row for row in data.households
            )
            yield replace(data, households=rows)


def is_adult(read: Reading, member: Member) -> bool:
    return age_on(member.birth_date, read.city.as_of) >= 18


def with_members(data: Dataset, unsure: list[Member], fact: str, values: Sequence[Any]) -> Iterator[Dataset]:
    """Every way to answer for each of some members."""
    for chosen in product(values, repeat=len(unsure)):
        told = {m.member_id: m.model_copy(update={fact: v}) for m, v in zip(unsure, chosen, strict=True)}
        yield replace(data, members=tuple(told.get(m.member_id, m) for m in data.members))


def answers(read: Reading, household: Household, fact: str) -> Sequence[Any]:
    if fact in CODED:
        return CODED[fact]
    if fact == "homeless_since":
        return [read.city.as_of - timedelta(days=days) for days in DAYS_AGO]
    if fact == "shis_months":
        return MONTHS
    if fact == "responsible_unit":
        return [*sorted({pool.district for pool in read.data.pools}), "En annan enhet"]
    if fact == "safe_districts":
        districts = sorted({pool.district for pool in read.data.pools})
        more = [tuple({*household.safe_districts, district}) for district in districts]
        return [*more, tuple({*household.safe_districts, *districts})]
    return (Fact.YES, Fact.NO)


def opened_by(read: Reading, household: Household, fact: str) -> bool:
    """Whether some answer to a fact turns some pool to yes for the household."""

    def yes(seen: Reading) -> set[str]:
        row = seen.city.households[household.household_id]
        pools = seen.data.pools
        return {pool.pool_id for pool in pools if eligibility(seen.city, row, pool) == "yes"}

    before = yes(read)
    current = {household.current_pool_id}
    return any(
        yes(reading(data, read.city.as_of)) - before - current for data in answered(read, household, fact)
    )
