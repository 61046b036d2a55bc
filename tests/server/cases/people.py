"""Whom a person may be told of: every id of a household that stands anywhere in an answer."""

from collections.abc import Iterator
from typing import Any

from models.codes import SharingBasis
from models.database import writing
from models.store.homes import change_household, household_by_id
from models.store.revision import touch
from tests.server.conftest import AS_OF, Served


def named(answer: Any, known: set[str]) -> set[str]:
    """Ids of households in an answer."""
    return {text for text in texts(answer) if text in known}


def texts(answer: Any) -> Iterator[str]:
    """Every text in an answer, keys too."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        for key, value in answer.items():
            yield key
            yield from texts(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from texts(value)


def households(served: Served) -> dict[str, str | None]:
    """Unit of every household."""
    rows = served.client.app.state.service.city().dataset.households
    return {row.household_id: row.responsible_unit for row in rows}


def largest_unit(served: Served) -> str:
    """The unit with most households."""
    units = [unit for unit in households(served).values() if unit]
    return max(sorted(set(units)), key=units.count)


def change(served: Served, household_id: str, **changes: object) -> None:
    """Change facts of a household in the database."""
    with writing(served.engine) as connection:
        household = household_by_id(connection, household_id)
        assert household is not None
        change_household(connection, household, AS_OF, "test", **changes)
        touch(connection)


def share(served: Served, *household_ids: str) -> None:
    """Share cases with the city's placement function."""
    for household_id in household_ids:
        change(served, household_id, sharing_basis=SharingBasis.CONSENT, sharing_basis_on=AS_OF)
