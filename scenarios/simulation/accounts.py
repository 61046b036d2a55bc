"""The accounts of a simulation: every week's state and events become the measures, groups and waits."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.codes import Situation
from optimiser.instance import NONE, code_of
from scenarios.assumptions import Assumptions
from scenarios.simulation.accounts_costs import (
    NIGHTS,
    WEEKS_A_MONTH,
    Prices,
    month_of_places,
    month_of_support,
    month_of_void,
)
from scenarios.simulation.accounts_groups import CELLS, MEMBERSHIP, SUMS, cells_of
from scenarios.simulation.accounts_totals import trajectory_of
from scenarios.simulation.accounts_waits import (
    OTHERWISE,
    PLACED,
    SHARES,
    STILL_WAITING,
    WaitBook,
    quantiles_of_groups,
)
from scenarios.simulation.conservation import Conservation
from scenarios.simulation.gaps import CONCERNING, WomensGaps, concerned
from scenarios.simulation.measures import GROUPS
from scenarios.simulation.population import Population, Rows, State
from scenarios.simulation.trajectory import Trajectory
from scenarios.simulation.week import HOMELESS, Week

UNITS: Mapping[str, float] = {
    "waiting": 1,
    "paused": 1,
    "placed": 1,
    "nights_outdoors": NIGHTS,
    "nights_shelter": NIGHTS,
    "nights_hotel": NIGHTS,
    "child_nights_hotel": NIGHTS,
    "moves_temporary": 1,
    "school_changes": 1,
    "entries": 1,
    "occupied": 1,
    "cost_sek": 1 / WEEKS_A_MONTH,
    "cost_support_sek": 1 / WEEKS_A_MONTH,
    "cost_hotel_sek": NIGHTS,
    "arrivals": 1,
    "exits": 1,
    "refusals": 1,
}
"""Measures that are sums over households, and what one unit of what is booked is worth."""

LASTING = 3
"""Level of lasting homes."""

CITY_WIDE = ("women_gap_now", "women_gap_structural", "cost_void_sek", "cost_restoration_sek")
WAITING_QUANTILES = ("waiting_median_days", "waiting_p90_days")
BY_FORM = ("entries", "occupied")
LINE = {name: number for number, name in enumerate(UNITS)}
OUTDOORS, SHELTER, HOTEL = (
    code_of("situation", name)
    for name in (Situation.ROUGH_SLEEPING, Situation.EMERGENCY_SHELTER, Situation.HOTEL_HOSTEL)
)


class Accounts:
    """The books of one replication of one scenario: booked week by week, closed at the end."""

    def __init__(
        self,
        scenario: str,
        replication: int,
        weeks: int,
        form_ids: tuple[str, ...],
        assumptions: Assumptions,
        population: Population,
    ) -> None:
        self.scenario = scenario
        self.replication = replication
        self._form_ids = form_ids
        self._shelter_form = form_ids.index("akutboende")
        self._prices = Prices(assumptions, form_ids)
        self._conservation = Conservation(population)
        self._gaps = WomensGaps()
        self._waits = WaitBook()
        self._people = population
        self._lines = np.zeros((weeks, len(UNITS), 1 + len(GROUPS)))
        self._forms = np.zeros((weeks, len(BY_FORM), len(form_ids)))
        self._still_waiting = np.full((weeks, len(SHARES), 1 + len(GROUPS)), np.nan)
        self._city_wide = np.zeros((weeks, len(CITY_WIDE)))

    def book(self, week: Week) -> None:
        """Check a week that has ended, and book it.

        Raises
        ------
        NotConserved
            When somebody is lost; see `Conservation.check`.
        """
        self._conservation.check(week)
        self._people = week.population
        self._book_waiting(week)
        self._book_living(week)
        self._book_events(week)
        self._city_wide[week.number] = (
            *self._gap(week),
            month_of_void(week) / WEEKS_A_MONTH,
            self._prices.restoring(week),
        )

    def close(self) -> Trajectory:
        """The measures of all weeks, their totals, and every wait, those of who still waits included."""
        weeks = len(self._lines)
        still = self._people.rows(State.WAITING)
        self._waits.end(self._people, still, cells_of(self._people, still), 7 * weeks, STILL_WAITING, NONE)
        worth = np.array([*UNITS.values()])[:, None]
        return trajectory_of(
            self.scenario,
            self.replication,
            dict(zip(UNITS, np.moveaxis(self._lines * worth, 0, -1), strict=True))
            | dict(zip(WAITING_QUANTILES, np.moveaxis(self._still_waiting, 0, -1), strict=True)),
            dict(zip(CITY_WIDE, self._city_wide.T, strict=True)),
            dict(zip(BY_FORM, np.moveaxis(self._forms, 0, -1), strict=True)),
            self._form_ids,
            self._waits.waits(),
        )

    def _book_waiting(self, week: Week) -> None:
        people, rows = week.population, week.waiting
        cells = cells_of(people, rows)
        self._add(week, "waiting", cells[week.candidate])
        self._add(week, "paused", cells[~week.candidate])
        situation, persons = people["situation"][rows], people["persons"][rows]
        for line, where in (
            ("nights_outdoors", OUTDOORS),
            ("nights_shelter", SHELTER),
            ("nights_hotel", HOTEL),
        ):
            there = situation == where
            self._add(week, line, cells[there], persons[there])
        in_hotel = situation == HOTEL
        self._add(week, "child_nights_hotel", cells[in_hotel], people["children"][rows[in_hotel]])
        hotel_night = np.full(int(in_hotel.sum()), self._prices.hotel_night)
        self._add(week, "cost_hotel_sek", cells[in_hotel], hotel_night)
        days = week.day - people["since"][rows[week.candidate]]
        self._still_waiting[week.number] = quantiles_of_groups(days, MEMBERSHIP[cells[week.candidate]])

    def _book_living(self, week: Week) -> None:
        people, rows = week.population, week.living
        cells, pool = cells_of(people, rows), people["current_pool"][rows]
        form = week.stock["form"][pool]
        self._add(week, "occupied", cells)
        self._forms[week.number, BY_FORM.index("occupied")] = np.bincount(form, minlength=len(self._form_ids))
        in_shelter = form == self._shelter_form
        self._add(week, "nights_shelter", cells[in_shelter], people["persons"][rows[in_shelter]])
        self._add(week, "cost_sek", cells, month_of_places(week.stock)[pool])
        self._add(week, "cost_support_sek", cells, month_of_support(self._prices, people, rows, week.stock))

    def _book_events(self, week: Week) -> None:
        people, entered, solved = week.population, week.entered, week.solved
        level, form = week.stock["level"][entered.pool], week.stock["form"][entered.pool]
        self._forms[week.number, BY_FORM.index("entries")] = np.bincount(form, minlength=len(self._form_ids))
        placed = entered.from_pool == NONE
        before = entered.level_before
        temporary = (level < LASTING) & (before != NONE) & (before < LASTING)
        gone = week.ended.row[week.ended.outcome != HOMELESS]
        concerned_by = (entered.row, solved.row, gone, week.school_change, week.arrived, week.refused.row)
        moving, solving, leaving, changing, coming, refusing = np.split(
            cells_of(people, np.concatenate(concerned_by)),
            np.cumsum([len(rows) for rows in concerned_by])[:-1],
        )
        self._add(week, "entries", moving)
        self._add(week, "placed", moving[placed])
        self._add(week, "moves_temporary", moving[temporary])
        self._add(week, "exits", leaving)
        self._add(week, "exits", solving)
        self._add(week, "school_changes", changing)
        self._add(week, "arrivals", coming)
        self._add(week, "refusals", refusing)
        self._waits.end(people, entered.row[placed], moving[placed], week.day, PLACED, form[placed])
        self._waits.end(people, solved.row, solving, week.day, OTHERWISE, NONE)

    def _gap(self, week: Week) -> tuple[int, int]:
        people = week.population
        here = np.sort(np.concatenate([week.waiting, week.living]))
        columns = {name: people[name][here] for name in CONCERNING}
        rows: Rows = here[concerned(columns, week.stock)]
        return self._gaps.count(week.policy, week.instance(rows))

    def _add(self, week: Week, line: str, cells: NDArray[Any], amounts: NDArray[Any] | None = None) -> None:
        by_cell = np.bincount(cells, amounts, minlength=CELLS)
        self._lines[week.number, LINE[line]] += by_cell @ SUMS
