"""Where the facts about households come from: the day and the file of each."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, get_args

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select
from sqlmodel import SQLModel

from models.codes import Fact
from models.database import reading
from models.households import Household
from models.tables import FactSource


def _is_fact(annotation: Any) -> bool:
    kinds = get_args(annotation) or (annotation,)
    return any(isinstance(kind, type) and issubclass(kind, StrEnum | date | int) for kind in kinds)


fact_columns: tuple[str, ...] = tuple(
    name for name, field in Household.model_fields.items() if _is_fact(field.annotation)
)
"""Columns of a household whose source is kept: answers, codes, dates and numbers."""

_sources = SQLModel.metadata.tables[str(FactSource.__tablename__)]


def record_facts(
    connection: Connection,
    before: Mapping[str, Household],
    households: Iterable[Household],
    dated: date,
    source: str,
) -> None:
    """Give every new or changed fact its date and source; an unchanged fact keeps its first."""
    learnt = [
        {"household_id": household.household_id, "fact": fact, "dated": dated, "source": source}
        for household in households
        for fact in _learnt(before.get(household.household_id), household)
    ]
    if not learnt:
        return
    changed = [
        {"of": entry["household_id"], "what": entry["fact"]}
        for entry in learnt
        if entry["household_id"] in before
    ]
    if changed:
        of_fact = _sources.c.household_id == bindparam("of"), _sources.c.fact == bindparam("what")
        connection.execute(delete(_sources).where(*of_fact), changed)
    connection.execute(insert(_sources), learnt)


def _learnt(before: Household | None, household: Household) -> Iterator[str]:
    for fact in fact_columns:
        value = getattr(household, fact)
        if before is None:
            if value is not None and value != Fact.UNKNOWN:
                yield fact
        elif getattr(before, fact) != value:
            yield fact


def sources_of_household(engine: Engine, household_id: str) -> dict[str, tuple[date, str]]:
    """Date and source of each fact about a household, by column name."""
    wanted = select(_sources.c.fact, _sources.c.dated, _sources.c.source)
    with reading(engine) as connection:
        found = connection.execute(wanted.where(_sources.c.household_id == household_id))
        return {row.fact: (row.dated, row.source) for row in found}


def source_of_fact(engine: Engine, household_id: str, fact: str) -> tuple[date, str] | None:
    """Date and source of one fact, None if it was never learnt."""
    return sources_of_household(engine, household_id).get(fact)
