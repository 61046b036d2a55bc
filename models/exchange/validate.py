"""What must hold between rows: one small check each, all of them run so that nothing is found late."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from models.codes import DrugPolicy
from models.exchange.city import City
from models.exchange.faults import Fault
from models.exchange.members import households_without_adults, households_without_members
from models.exchange.rows import Found, Row
from models.forms import forms
from models.keys import key_columns, parent_of

told_by = {"quotas": "form", "declines": "declined_on"}
"""Column in which a repeated key is reported, where it is not the last of the key."""


def validate(city: City) -> list[Found]:
    """Every fault between the rows of a folder, and between them and what is stored."""
    return [found for check in checks for found in check(city)]


def repeated_keys(city: City) -> Iterator[Found]:
    """Two rows with one key; the later one is at fault."""
    for sheet, rows in city.rows.items():
        first: dict[object, int] = {}
        column = told_by.get(sheet, key_columns[sheet][-1])
        for row in rows:
            if row.key is None:
                continue
            row.repeats = row.key in first
            if row.repeats:
                name = " ".join(str(part) for part in row.key if part != "")
                yield row, row.fault(column, "duplicate key", key=name, first=str(first[row.key]))
            first.setdefault(row.key, row.number)


def unknown_ids(city: City) -> Iterator[Found]:
    """An id that points to no row, new or stored."""
    for sheet, columns in parent_of.items():
        for row in city.of(sheet):
            for column, parent in columns.items():
                if city.is_unknown(row, column) and not city.may_be_a_faulty_row(parent, row.values[column]):
                    yield row, row.fault(column, "unknown id", parent=parent)


def conflicts_with_itself(city: City) -> Iterator[Found]:
    """A household that is to keep away from itself."""
    for row in city.of("conflicts"):
        a, b = row.values.get("household_id_a"), row.values.get("household_id_b")
        if a is not None and a == b:
            yield row, row.fault("household_id_b", "conflict with itself")


def births_to_come(city: City) -> Iterator[Found]:
    """A member born after the as-of date."""
    for row in city.of("members"):
        birth_date = row.values.get("birth_date")
        if birth_date is not None and birth_date > city.as_of:
            kind = "after the as-of date or in the future"
            yield row, row.fault("birth_date", kind, as_of=city.as_of.isoformat())


def closing_before_opening(city: City) -> Iterator[Found]:
    """A pool that closes no later than it opens."""
    yield from _out_of_order(city, "pools", "opens_on", "closes_on", "closes before it opens", "opens")


def ending_before_starting(city: City) -> Iterator[Found]:
    """A stay that ends before it starts; one of a single day is possible."""
    yield from _out_of_order(city, "stays", "started_on", "ended_on", "ends before it starts", "starts")


def ages_out_of_order(city: City) -> Iterator[Found]:
    """A pool whose highest age lies below its lowest."""
    yield from _out_of_order(city, "pools", "min_age", "max_age", "lowest age above highest", "lowest")


def _out_of_order(city: City, sheet: str, lower: str, upper: str, kind: str, detail: str) -> Iterator[Found]:
    for row in city.of(sheet):
        low, high = city.value(row, lower), city.value(row, upper)
        if low is None or high is None:
            continue
        if high < low or (high == low and isinstance(low, date) and sheet == "pools"):
            told = upper if upper in row.headings else lower
            yield row, row.fault(told, kind, **{detail: str(low)})


def sober_homes(city: City) -> Iterator[Found]:
    """An own flat that demands sobriety: a home is never conditional on it."""
    for row in city.of("pools"):
        form = forms().get(city.value(row, "form") or "")
        if form and form.own_flat and city.value(row, "drug_policy") == DrugPolicy.DRUG_FREE:
            column = "drug_policy" if "drug_policy" in row.headings else "form"
            yield row, row.fault(column, "drug_free on an own flat", form=form.form_id)


def crowded_pools(city: City) -> Iterator[Found]:
    """More households living in a pool than it has places, all moves of the folder done.

    Reported at the pool where the folder has it, else at those who come on top.
    """
    living = {household.household_id: household.current_pool_id for household in city.stored.households}
    coming: dict[str, list[Row]] = {}
    for row in city.of("households"):
        if row.key and not row.repeats:
            pool = city.value(row, "current_pool_id")
            if pool is not None and living.get(row.key[0]) != pool:
                coming.setdefault(pool, []).append(row)
            living[row.key[0]] = pool
    pool_rows = {row.key[0]: row for row in city.of("pools") if row.key}
    for pool, residents in sorted(Counter(pool for pool in living.values() if pool).items()):
        told = _capacity(city, pool, pool_rows)
        if told is None or residents <= told:
            continue
        details = {"residents": str(residents), "pool": pool, "capacity": str(told)}
        if pool in pool_rows:
            yield _crowded(pool_rows[pool], "capacity", details)
        else:
            yield from (_crowded(row, "current_pool_id", details) for row in coming[pool][told - residents :])


def _capacity(city: City, pool: str, pool_rows: dict[str, Row]) -> int | None:
    if pool in pool_rows:
        capacity = pool_rows[pool].values.get("capacity")
    else:
        capacity = getattr(city.stored_by_key["pools"].get((pool,)), "capacity", None)
    return capacity if isinstance(capacity, int) else None


def _crowded(row: Row, column: str, details: dict[str, str]) -> tuple[Row, Fault]:
    return row, row.fault(column, "more residents than places", **details)


checks: tuple[Callable[[City], Iterator[Found]], ...] = (
    repeated_keys,
    unknown_ids,
    conflicts_with_itself,
    births_to_come,
    closing_before_opening,
    ending_before_starting,
    ages_out_of_order,
    sober_homes,
    households_without_members,
    households_without_adults,
    crowded_pools,
)
"""Repeated keys come first: later checks go by which rows repeat one."""
