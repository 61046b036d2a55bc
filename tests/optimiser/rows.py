"""Rows of a made-up city, spelled out only where a test needs it."""

from datetime import date
from typing import Any, TypeVar

from sqlmodel import SQLModel

from models.dataset import Dataset
from models.households import Household, Member
from models.stock import Pool

from ..cases.base import USUAL_HOUSEHOLD, USUAL_POOL

Row = TypeVar("Row", bound=SQLModel)


def made_row(kind: type[Row], values: dict[str, Any]) -> Row:
    unknown = set(values) - set(kind.model_fields)
    if unknown:
        raise ValueError(f"{kind.__name__} has no column {', '.join(sorted(unknown))}")
    return kind.model_validate(values)


def household(household_id: str, **values: Any) -> Household:
    """A household of whom everything is known and nothing special, but for the values given."""
    return made_row(Household, {**USUAL_HOUSEHOLD, "household_id": household_id, **values})


def adult(household_id: str, member_id: str = "", **values: Any) -> Member:
    """A woman of 40 or so, but for the values given."""
    row = {"household_id": household_id, "member_id": member_id or f"{household_id}-1"}
    return made_row(Member, {**row, "birth_date": date(1985, 6, 1), "sex": "woman", **values})


def child(household_id: str, number: int = 2, **values: Any) -> Member:
    """A child of eight without a school, but for the values given."""
    row = {"household_id": household_id, "member_id": f"{household_id}-{number}"}
    return made_row(Member, {**row, "birth_date": date(2017, 6, 1), "sex": "unknown", **values})


def pool(pool_id: str, **values: Any) -> Pool:
    """One place of supported housing without limits, but for the values given."""
    return made_row(Pool, {**USUAL_POOL, "pool_id": pool_id, **values})


def city(*rows: SQLModel, **tables: tuple[Any, ...]) -> Dataset:
    """A dataset of households, members and pools; a household without a member gets one adult."""
    households = tuple(row for row in rows if isinstance(row, Household))
    members = [row for row in rows if isinstance(row, Member)]
    peopled = {row.household_id for row in members}
    members += [adult(row.household_id) for row in households if row.household_id not in peopled]
    pools = tuple(row for row in rows if isinstance(row, Pool))
    return Dataset(households=households, members=tuple(members), pools=pools, **tables)
