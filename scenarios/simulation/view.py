"""The city as the rules read it: an instance of some households on a week's day."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import NONE, Instance, QuotaLimit
from scenarios.simulation.city import City
from scenarios.simulation.population import Population, Rows, seen_from
from scenarios.simulation.stock import Standing


class SeenColumns(Mapping[str, NDArray[Any]]):
    """Columns of some households as a day sees them; each is worked out when it is first asked for.

    What has been read stays as it was read; what is read later is as it is then.
    """

    def __init__(self, people: Population, names: tuple[str, ...], rows: Rows, day: int) -> None:
        self._people = people
        self._names = names
        self._rows = rows
        self._day = day
        self._read: dict[str, NDArray[Any]] = {}

    def __getitem__(self, name: str) -> NDArray[Any]:
        """One column."""
        if name not in self._read:
            if name not in self._names:
                raise KeyError(name)
            self._read[name] = seen_from(self._day, name, self._people[name].take(self._rows, axis=0))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Names of the columns."""
        return iter(self._names)

    def __len__(self) -> int:
        """Number of columns."""
        return len(self._names)


def instance_of(
    city: City,
    standing: Standing,
    rows: Rows,
    day: int,
    vacant: NDArray[np.int64],
    quotas: tuple[QuotaLimit, ...] = (),
) -> Instance:
    """Some households (rows sorted) and all pools on a day; columns are read when asked for.

    vacant (m,) are the places free; conflicts are those with both sides in view.
    """
    people, start = city.people, city.start
    place = np.full(people.n, NONE, dtype=np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    conflicts = place[start.conflicts]
    residents = city.residents().astype(np.int32)
    return replace(
        start,
        as_of=start.as_of + timedelta(days=day),
        household_ids=_ids(people, rows),
        households=SeenColumns(people, tuple(start.households), rows, day),
        pools={**standing.columns, "residents": residents, "vacant": vacant.astype(np.int32)},
        children=city.members.children(place),
        conflicts=conflicts[(conflicts != NONE).all(axis=1)],
        quotas=quotas,
        declines=city.declines.seen(place, day),
    )


def _ids(people: Population, rows: Rows) -> tuple[str, ...]:
    if len(rows) < 2:
        return tuple(people.ids[i] for i in rows.tolist())
    return tuple(itemgetter(*rows.tolist())(people.ids))
