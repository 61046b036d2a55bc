"""Who comes: households like those of their segment that wait in the data, at random times."""

import numpy as np
from numpy.typing import NDArray

from models.codes import Fact, Situation
from optimiser.instance import HOUSEHOLD_DATES, MISSING, NONE, Instance, code_of, one_of
from scenarios.luck import poisson
from scenarios.segments import SEGMENTS, segments
from scenarios.simulation.city import City
from scenarios.simulation.population import Rows, State, blank_own_columns, numbers_of

WEEKS_A_YEAR = 365.25 / 7

BEFORE_HOMELESS = (Situation.INSECURE_TENANCY, Situation.EVICTION_RISK, Situation.HOUSED)
"""Situations whose households are not homeless yet."""


def waiting_at_start(start: Instance) -> Rows:
    """Households that wait in the data and may take part: newcomers are like them, and as many for each.

    In no pool, not housed, not paused, not in acute danger; the same whatever a scenario changes.
    """
    c = start.households
    return np.flatnonzero(
        (c["current_pool"] == NONE)
        & (c["situation"] != code_of("situation", Situation.HOUSED))
        & (c["acute_danger"] != code_of("acute_danger", Fact.YES))
        & ((c["unavailable_until"] == MISSING) | (c["unavailable_until"] <= 0))
    )


class Inflow:
    """The stream of newcomers of one replication."""

    def __init__(self, city: City) -> None:
        start, value = city.start, city.assumptions.value
        rows = waiting_at_start(start)
        segment = segments(start)[rows]
        self._templates = [rows[segment == number] for number in range(len(SEGMENTS))]
        waiting = np.array([len(found) for found in self._templates])
        yearly = np.array([value(f"arrivals.{name}") for name in SEGMENTS]) * waiting
        self._mean = yearly / WEEKS_A_YEAR
        _, self._segment_numbers = numbers_of(SEGMENTS)
        self._counts = self._drawn(city, np.arange(city.reform.weeks), self._mean, "arrivals")
        self._prefix = _unused_prefix(start.household_ids)

    def arrive(self, city: City, week: int) -> Rows:
        """Let the week's newcomers come; their rows.

        A factor above 1 adds a stream of its own, one below 1 thins the stream that there is: those who
        come anyway are the same people with the same luck.
        """
        factor = city.reform.arrivals[week]
        ids, segment = self._named(week, "", self._counts[week])
        if (factor > 1).any():
            mean = self._mean * np.maximum(factor - 1, 0)
            counts = self._drawn(city, np.array([week]), mean, "more_arrivals")[0]
            more = self._named(week, "x", counts)
            ids, segment = ids + more[0], np.concatenate([segment, more[1]])
        if not ids:
            return np.zeros(0, dtype=np.int64)
        hashes, numbers = numbers_of(ids)
        if (factor < 1).any():
            stays = city.luck.of("thinning", numbers, week) < factor[segment]
            ids = [name for name, come in zip(ids, stays.tolist(), strict=True) if come]
            hashes, numbers, segment = hashes[stays], numbers[stays], segment[stays]
        luck = city.luck.of("template", numbers, week)
        chosen = [self._templates[s] for s in segment.tolist()]
        template = np.array(
            [found[int(u * len(found))] for found, u in zip(chosen, luck.tolist(), strict=True)]
        )
        return _settle(city, ids, hashes, numbers, template.astype(np.int64), segment, week)

    def _drawn(
        self, city: City, weeks: NDArray[np.int64], mean: NDArray[np.float64], purpose: str
    ) -> NDArray[np.int64]:
        """How many of each segment come in some weeks, shape (weeks, segments)."""
        numbers = np.tile(self._segment_numbers, len(weeks))
        luck = city.luck.of(purpose, numbers, weeks.repeat(len(SEGMENTS)))
        return poisson(np.tile(mean, len(weeks)), luck).reshape(len(weeks), len(SEGMENTS))

    def _named(self, week: int, mark: str, counts: NDArray[np.int64]) -> tuple[list[str], NDArray[np.int64]]:
        ids = [
            f"{self._prefix}{name}-{week}-{mark}{n}"
            for name, count in zip(SEGMENTS, counts.tolist(), strict=True)
            for n in range(count)
        ]
        return ids, np.repeat(np.arange(len(SEGMENTS)), counts)


def _unused_prefix(ids: tuple[str, ...]) -> str:
    """A beginning that no id of the data has."""
    prefix = "s-"
    while any(key.startswith(prefix) for key in ids):
        prefix = f"s{prefix}"
    return prefix


def _settle(
    city: City,
    ids: list[str],
    hashes: NDArray[np.uint64],
    numbers: NDArray[np.int64],
    template: Rows,
    segment: NDArray[np.int64],
    week: int,
) -> Rows:
    """Newcomers with the facts of their templates, dates and births moved to the day they come."""
    people, start, day = city.people, city.start.households, 7 * week
    k, rows = len(ids), np.arange(people.n, people.n + len(ids))
    columns = {name: column[template] for name, column in start.items()}
    for name in HOUSEHOLD_DATES:
        columns[name] = np.where(columns[name] == MISSING, MISSING, columns[name] + np.int32(day))
    settled = one_of(columns["situation"], [code_of("situation", value) for value in BEFORE_HOMELESS])
    columns["homeless_since"] = np.where(settled, columns["homeless_since"], np.int32(day))
    columns.update(city.members.come(template, rows, day))
    own = blank_own_columns(k)
    own |= {"hash": hashes, "number": numbers, "segment": segment.astype(np.int8)}
    own["state"][:] = State.WAITING
    own["came"][:] = own["since"][:] = day
    people.append(ids, {**columns, **own})
    return rows
