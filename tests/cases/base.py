"""Reads the cases and builds, for each, the smallest dataset that poses its question.

What a case leaves out is made uninteresting: one woman of 40 who lives with friends, needs no support and
of whom everything is known; one place of supported housing without any limits.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import SQLModel

from models.dataset import Dataset
from models.households import Decline, Household, Member
from models.stock import Pool, School, TravelTime

Row = TypeVar("Row", bound=SQLModel)

CASES = Path(__file__).parent
HOUSEHOLD, POOL, CURRENT_POOL = "household", "place", "current"
QUESTIONS = ("verdict", "tier", "points", "fit", "candidate")
GIVEN = ("household", "pool", "current_pool", "members", "schools", "travel_times", "declines")

USUAL_HOUSEHOLD: Mapping[str, Any] = {
    "situation": "friends_temporary",
    "support_need": "none",
    "substance_use": "none",
    "mental_health": "none",
    "social_problems": "no",
    "mobility": "none",
    "violence_exposed": "no",
    "acute_danger": "no",
    "protected_identity": "no",
    "pregnant": "no",
    "wants_women_only": "no",
    "wants_drug_free": "no",
    "accepts_emergency_shelter": "no",
    "first_hand_barrier": "no",
    "registered_in_stockholm": "yes",
    "active_case": "yes",
    "right_of_residence": "yes",
    "housing_search_support": "no",
    "pet": "no",
    "shis_months": 0,
}
USUAL_POOL: Mapping[str, Any] = {"name": "Platsen", "form": "stodboende", "district": "Farsta", "capacity": 1}
USUAL_MEMBERS = ({"age": 40, "sex": "woman"},)
DAYS_SINCE_BIRTHDAY = 100
"""An age in a case is that old since some time, so that only a birth date can stand on a boundary."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case: where it stands, its sentence, its day, what it gives and what it expects."""

    file: str
    name: str
    as_of: date
    given: Mapping[str, Any]
    expected: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def read_cases(file: Path) -> list[Case]:
    """All cases of a file; what stands before the first case holds for all of them unless they say otherwise.

    Raises
    ------
    ValueError
        When a case has an entry that is not known, asks nothing, or shares its sentence with another.
    """
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    shared = {key: value for key, value in content.items() if key != "case"}
    cases = [_case(file.stem, shared, entry) for entry in content["case"]]
    sentences = [case.name for case in cases]
    twice = {name for name in sentences if sentences.count(name) > 1}
    if twice:
        raise ValueError(
            f"{file.name}: more than one case is called {', '.join(sorted(twice))}; tell them apart"
        )
    return cases


def _case(file: str, shared: Mapping[str, Any], entry: Mapping[str, Any]) -> Case:
    unknown = (set(shared) | set(entry)) - {"name", "as_of", *GIVEN, *QUESTIONS}
    if unknown:
        raise ValueError(f"{file}: a case has no entry {', '.join(sorted(unknown))}; see README.md")
    expected = {key: entry[key] for key in QUESTIONS if key in entry}
    if not expected:
        raise ValueError(f"{file}: {entry['name']}: asks nothing; give one of {', '.join(QUESTIONS)}")
    given = {key: _over(shared.get(key), entry.get(key)) for key in GIVEN if key in {*shared, *entry}}
    return Case(file, entry["name"], entry.get("as_of", shared.get("as_of")), given, expected)


def _over(shared: Any, own: Any) -> Any:
    """Tables are laid over each other; everything else is replaced."""
    if isinstance(shared, dict) and isinstance(own, dict):
        return {**shared, **own}
    return shared if own is None else own


def dataset_of(case: Case) -> Dataset:
    """The city of a case: one household, the place in question and, if given, where it lives today."""
    given = case.given
    current = given.get("current_pool")
    place = {**USUAL_POOL, **given.get("pool", {}), "pool_id": POOL}
    pools = [_row(Pool, place)]
    household = {**USUAL_HOUSEHOLD, **given.get("household", {}), "household_id": HOUSEHOLD}
    if current:
        pools.append(_row(Pool, {**USUAL_POOL, **current, "pool_id": CURRENT_POOL}))
        household["current_pool_id"] = CURRENT_POOL
    members = [
        _row(Member, {"household_id": HOUSEHOLD, "member_id": str(i), **_with_birth_date(member, case.as_of)})
        for i, member in enumerate(given.get("members", USUAL_MEMBERS), start=1)
    ]
    schools = [_row(School, {"name": school["school_id"], **school}) for school in given.get("schools", ())]
    declines = [
        _row(Decline, {"household_id": HOUSEHOLD, "pool_id": POOL, **decline})
        for decline in given.get("declines", ())
    ]
    return Dataset(
        households=(_row(Household, household),),
        members=tuple(members),
        pools=tuple(sorted(pools, key=lambda pool: pool.pool_id)),
        schools=tuple(sorted(schools, key=lambda school: school.school_id)),
        travel_times=tuple(_row(TravelTime, entry) for entry in given.get("travel_times", ())),
        declines=tuple(declines),
    )


def _with_birth_date(member: Mapping[str, Any], as_of: date) -> dict[str, Any]:
    row = dict(member)
    if "age" in row:
        day = as_of - timedelta(days=DAYS_SINCE_BIRTHDAY)
        row["birth_date"] = date(day.year - row.pop("age"), day.month, min(day.day, 28))
    return row


def _row(kind: type[Row], values: Mapping[str, Any]) -> Row:
    unknown = set(values) - set(kind.model_fields)
    if unknown:
        raise ValueError(f"{kind.__name__} has no column {', '.join(sorted(unknown))}; see models/")
    return kind.model_validate({key: None if value == "" else value for key, value in values.items()})
