"""From the rows of a dataset to the arrays of an instance."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.codes import DeclinedBy, Fact, Sex
from models.dataset import Dataset
from models.forms import forms
from models.households import Member
from optimiser.instance import (
    HOUSEHOLD_CODES,
    HOUSEHOLD_DATES,
    HOUSEHOLD_DISTRICTS,
    HOUSEHOLD_FORMS,
    MISSING,
    NONE,
    POOL_CODES,
    POOL_DATES,
    POOL_NUMBERS,
    Children,
    Declines,
    Instance,
    QuotaLimit,
)

ADULT_AGE = 18


def age_on(birth_date: date, day: date) -> int:
    """Whole years lived on a day; who is born on 29 February turns a year older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def build_instance(dataset: Dataset, as_of: date) -> Instance:
    """Freeze a dataset into arrays on a day; rows are sorted by id, so their order never matters."""
    households = sorted(dataset.households, key=lambda row: row.household_id)
    pools = sorted(dataset.pools, key=lambda row: row.pool_id)
    schools = sorted(dataset.schools, key=lambda row: row.school_id)
    household_ids = tuple(row.household_id for row in households)
    pool_ids = tuple(row.pool_id for row in pools)
    household_at = {key: i for i, key in enumerate(household_ids)}
    pool_at = {key: i for i, key in enumerate(pool_ids)}
    school_at = {row.school_id: i for i, row in enumerate(schools)}
    form_ids = tuple(forms())
    form_at = {key: i for i, key in enumerate(form_ids)}
    places = _places(dataset)
    place_at = {key: i for i, key in enumerate(places)}

    columns = _columns(households, as_of, HOUSEHOLD_CODES, HOUSEHOLD_DATES, ("shis_months",))
    for name in HOUSEHOLD_DISTRICTS:
        columns[name] = _listed(households, name, place_at)
    for name in HOUSEHOLD_FORMS:
        columns[name] = _listed(households, name, form_at)
    columns["responsible_unit"] = _indices((row.responsible_unit for row in households), place_at)
    columns["current_pool"] = _indices((row.current_pool_id for row in households), pool_at)
    members, children = _members(dataset.members, household_at, school_at, as_of, len(households))
    columns.update(members)

    stock = _columns(pools, as_of, POOL_CODES, POOL_DATES, POOL_NUMBERS)
    facility_of, facility_ids = _facilities(pools)
    stock.update(_stock(pools, form_at, place_at), facility=facility_of)
    lived_in = columns["current_pool"][columns["current_pool"] != NONE]
    stock["residents"] = np.bincount(lived_in, minlength=len(pools)).astype(np.int32)
    stock["vacant"] = np.maximum(stock["capacity"] - stock["residents"], 0)

    minutes = np.full((len(places), len(schools)), NONE, dtype=np.int32)
    for time in dataset.travel_times:
        if time.school_id in school_at:
            minutes[place_at[time.district], school_at[time.school_id]] = time.minutes
    return Instance(
        as_of=as_of,
        household_ids=household_ids,
        pool_ids=pool_ids,
        households=columns,
        pools=stock,
        children=children,
        form_ids=form_ids,
        places=places,
        school_place=_indices((row.district for row in schools), place_at),
        minutes=minutes,
        conflicts=_conflicts(dataset, household_at),
        quotas=_quotas(dataset, as_of.year, form_at, place_at),
        declines=_declines(dataset, as_of, household_at, pool_at),
        facility_ids=facility_ids,
    )


def rebuild_instance(before: Instance, was: Dataset, now: Dataset) -> Instance:
    """Build a city again of which sheets may have changed: equal to `build_instance(now, before.as_of)`.

    Parameters
    ----------
    before
        What was built of `was`; sheets that stand are the same tuples in `was` and `now`.
    """
    moved = {
        sheet.name for sheet in fields(Dataset) if getattr(was, sheet.name) is not getattr(now, sheet.name)
    }
    if not moved <= {"declines", "stays"}:
        return build_instance(now, before.as_of)
    if "declines" not in moved:
        return before
    household_at = {key: i for i, key in enumerate(before.household_ids)}
    pool_at = {key: i for i, key in enumerate(before.pool_ids)}
    return replace(before, declines=_declines(now, before.as_of, household_at, pool_at))


def _places(dataset: Dataset) -> tuple[str, ...]:
    names = {row.district for row in dataset.pools} | {row.district for row in dataset.schools}
    names |= {row.district for row in dataset.travel_times}
    names |= {row.responsible_unit for row in dataset.quotas if row.responsible_unit}
    for row in dataset.households:
        names.update(row.preferred_districts, row.avoid_districts, row.safe_districts)
        if row.responsible_unit:
            names.add(row.responsible_unit)
    return tuple(sorted(names))


def _columns(
    rows: Sequence[Any],
    as_of: date,
    codes: Any,
    dates: Iterable[str],
    numbers: Iterable[str],
) -> dict[str, NDArray[Any]]:
    columns: dict[str, NDArray[Any]] = {}
    for name, kind in codes.items():
        columns[name] = _coded(rows, name, kind)
    for name in dates:
        columns[name] = _array(rows, name, lambda day: int(MISSING) if day is None else (day - as_of).days)
    for name in numbers:
        columns[name] = _array(rows, name, lambda number: NONE if number is None else number)
    return columns


def _coded(rows: Sequence[Any], name: str, kind: type[StrEnum]) -> NDArray[np.int8]:
    position = {str(value): i for i, value in enumerate(kind)}
    found = map(position.__getitem__, map(attrgetter(name), rows))
    return np.fromiter(found, dtype=np.int8, count=len(rows))


def _array(rows: Sequence[Any], name: str, convert: Callable[[Any], int]) -> NDArray[np.int32]:
    return np.fromiter(map(convert, map(attrgetter(name), rows)), dtype=np.int32, count=len(rows))


def _indices(keys: Iterable[str | None], at: dict[str, int]) -> NDArray[np.int32]:
    return np.array([NONE if key is None else at[key] for key in keys], dtype=np.int32)


def _listed(rows: Sequence[Any], name: str, at: dict[str, int]) -> NDArray[np.bool_]:
    matrix = np.zeros((len(rows), len(at)), dtype=bool)
    for i, row in enumerate(rows):
        for key in getattr(row, name):
            matrix[i, at[key]] = True
    return matrix


def _members(
    rows: Iterable[Member],
    household_at: dict[str, int],
    school_at: dict[str, int],
    as_of: date,
    n: int,
) -> tuple[dict[str, NDArray[Any]], Children]:
    counts = {
        name: np.zeros(n, dtype=np.int32)
        for name in (
            *("persons", "adults", "children", "adult_women", "adult_men", "adult_unsure", "oldest_adult"),
            *("stability_yes", "stability_unknown"),
        )
    }
    counts["youngest_adult"] = np.full(n, np.iinfo(np.int32).max, dtype=np.int32)
    by_sex = {Sex.WOMAN: "adult_women", Sex.MAN: "adult_men"}
    stability = {Fact.YES: "stability_yes", Fact.UNKNOWN: "stability_unknown"}
    children: list[tuple[int, int, int]] = []
    for row in sorted(rows, key=lambda row: (row.household_id, row.member_id)):
        i = household_at[row.household_id]
        age = age_on(row.birth_date, as_of)
        counts["persons"][i] += 1
        if age >= ADULT_AGE:
            counts["adults"][i] += 1
            counts[by_sex.get(Sex(row.sex), "adult_unsure")][i] += 1
            counts["oldest_adult"][i] = max(counts["oldest_adult"][i], age)
            counts["youngest_adult"][i] = min(counts["youngest_adult"][i], age)
        else:
            counts["children"][i] += 1
            name = stability.get(Fact(row.special_stability_need))
            if name:
                counts[name][i] += 1
            children.append((i, age, NONE if row.school_id is None else school_at[row.school_id]))
    table = np.array(sorted(children), dtype=np.int32).reshape(-1, 3)
    return dict(counts), Children(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy())


def _stock(
    pools: Sequence[Any], form_at: dict[str, int], place_at: dict[str, int]
) -> dict[str, NDArray[Any]]:
    kinds = [forms()[row.form] for row in pools]
    return {
        "form": _indices((row.form for row in pools), form_at),
        "level": np.array([kind.level for kind in kinds], dtype=np.int8),
        "own_flat": np.array([kind.own_flat for kind in kinds], dtype=bool),
        "shis": np.array([kind.shis for kind in kinds], dtype=bool),
        "district": _indices((row.district for row in pools), place_at),
        "capacity": np.array([row.capacity for row in pools], dtype=np.int32),
    }


def _facilities(pools: Sequence[Any]) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Facility of each pool, and the ids of facilities; a pool without one has its own, with a blank id."""
    facilities: dict[tuple[str, str], int] = {}
    facility = [
        facilities.setdefault(
            (row.facility_id or "", "" if row.facility_id else row.pool_id), len(facilities)
        )
        for row in pools
    ]
    return np.array(facility, dtype=np.int32), tuple(house for house, _ in facilities)


def _conflicts(dataset: Dataset, household_at: dict[str, int]) -> NDArray[np.int32]:
    pairs = {
        tuple(sorted((household_at[row.household_id_a], household_at[row.household_id_b])))
        for row in dataset.conflicts
    }
    return np.array(sorted(pairs), dtype=np.int32).reshape(-1, 2)


def _quotas(
    dataset: Dataset, year: int, form_at: dict[str, int], place_at: dict[str, int]
) -> tuple[QuotaLimit, ...]:
    rows = sorted(
        (tuple(sorted(row.form)), row.responsible_unit or "", max(row.places - (row.used or 0), 0))
        for row in dataset.quotas
        if row.year == year
    )
    return tuple(
        QuotaLimit(names, tuple(form_at[name] for name in names), left, place_at[unit] if unit else NONE)
        for names, unit, left in rows
    )


def _declines(
    dataset: Dataset, as_of: date, household_at: dict[str, int], pool_at: dict[str, int]
) -> Declines:
    rows = sorted(
        (
            household_at[row.household_id],
            pool_at[row.pool_id],
            (row.declined_on - as_of).days,
            row.by == DeclinedBy.PROVIDER,
        )
        for row in dataset.declines
    )
    table = np.array(rows, dtype=np.int32).reshape(-1, 4)
    return Declines(table[:, 0].copy(), table[:, 1].copy(), table[:, 2].copy(), table[:, 3].astype(bool))
