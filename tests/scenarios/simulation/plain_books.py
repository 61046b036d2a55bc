"""The accounts once more, in plain Python: one household at a time, one measure after the other."""

from collections import defaultdict
from statistics import median
from typing import Any

import numpy as np

from models.codes import Situation, Support
from optimiser.instance import HOUSEHOLD_CODES, NONE
from scenarios.assumptions import Assumptions
from scenarios.simulation.week import HOMELESS, OWN_HOME, Week

TIERED = ("waiting", "paused", "placed", "nights_outdoors", "nights_hotel", "refusals")
UNSPLIT = ("child_nights_hotel",)
FLOWS_AND_STOCKS = (
    *("waiting", "paused", "placed", "nights_outdoors", "nights_shelter", "nights_hotel"),
    *("child_nights_hotel", "moves_temporary", "school_changes", "entries", "occupied"),
    *("cost_sek", "cost_support_sek", "cost_hotel_sek", "arrivals", "exits", "refusals"),
    *("cost_void_sek", "cost_restoration_sek"),
)
A_WEEK = 12 * 7 / 365.25


class PlainBooks:
    """Every measure of a week by name, added up as it is met; waits as lists of days by name."""

    def __init__(self, assumptions: Assumptions, form_ids: tuple[str, ...]) -> None:
        self.price, self.form_ids = assumptions.value, form_ids

    def told(self, week: Week) -> dict[str, float]:
        self.week, self.sums, self.days = (
            week,
            defaultdict[str, float](float),
            defaultdict[str, list[int]](list),
        )
        candidates = dict(zip(week.waiting.tolist(), week.candidate.tolist(), strict=True))
        for row in week.waiting.tolist():
            self._waits(row, candidates[row])
        for row in week.living.tolist():
            self._lives(row)
        for row, pool, left, before in zip(
            *(a.tolist() for a in (week.entered.row, week.entered.pool, week.entered.from_pool)),
            week.entered.level_before.tolist(),
            strict=True,
        ):
            self._enters(row, pool, left, before)
        for row, pool, outcome in zip(
            *(a.tolist() for a in (week.ended.row, week.ended.pool, week.ended.outcome)), strict=True
        ):
            form = self._form(pool)
            if not (outcome == OWN_HOME and form == "forsokslagenhet" and self.price("lease_takeover.share")):
                self.sums["cost_restoration_sek"] += self.price(f"cost.restoration_sek.{form}")
            if outcome != HOMELESS:
                self._add("exits", row)
        for name, rows in (
            ("exits", week.solved.row),
            ("arrivals", week.arrived),
            ("refusals", week.refused.row),
            ("school_changes", week.school_change),
        ):
            for row in rows.tolist():
                self._add(name, row)
        for pool, places in enumerate(week.capacity.tolist()):
            empty = max(places - int(week.residents[pool]), 0)
            self.sums["cost_void_sek"] += empty * self._rent(pool) * A_WEEK
        for name, days in self.days.items():
            measure, dot, group = name.partition(".")
            self.sums[f"{measure}_median_days{dot}{group}"] = median(days)
            self.sums[f"{measure}_p90_days{dot}{group}"] = float(np.percentile(days, 90))
        return self.sums

    def _waits(self, row: int, candidate: bool) -> None:
        persons, situation = self._of("persons", row), self._code("situation", row)
        self._add("waiting" if candidate else "paused", row)
        if candidate:
            self._note("waiting", row, self.week.day - self._of("since", row))
        if situation == Situation.ROUGH_SLEEPING:
            self._add("nights_outdoors", row, 7 * persons)
        elif situation == Situation.EMERGENCY_SHELTER:
            self._add("nights_shelter", row, 7 * persons)
        elif situation == Situation.HOTEL_HOSTEL:
            self._add("nights_hotel", row, 7 * persons)
            self._add("child_nights_hotel", row, 7 * self._of("children", row))
            self._add("cost_hotel_sek", row, 7 * self.price("cost.hotel_night_sek"))

    def _lives(self, row: int) -> None:
        pool = self._of("current_pool", row)
        self._add("occupied", row)
        self.sums[f"occupied.{self._form(pool)}"] += 1
        self._add("cost_sek", row, self._rent(pool) * A_WEEK)
        if self._form(pool) == "akutboende":
            self._add("nights_shelter", row, 7 * self._of("persons", row))
        if self.week.stock["own_flat"][pool]:
            level = list(Support)[self._of("support_need", row)]
            self._add("cost_support_sek", row, self.price(f"cost.support_month_sek.{level}") * A_WEEK)

    def _enters(self, row: int, pool: int, left: int, before: int) -> None:
        self._add("entries", row)
        self.sums[f"entries.{self._form(pool)}"] += 1
        if left == NONE:
            self._add("placed", row)
            self._note("wait", row, self.week.day - self._of("since", row))
        else:
            self.sums["cost_restoration_sek"] += self.price(f"cost.restoration_sek.{self._form(left)}")
        if before in (0, 1, 2) and self.week.stock["level"][pool] in (0, 1, 2):
            self._add("moves_temporary", row)

    def _groups(self, row: int) -> list[str]:
        adults, groups = self._of("adults", row), []
        if adults == self._of("adult_women", row):
            groups.append("women")
        elif adults == self._of("adult_men", row):
            groups.append("men")
        if self._of("children", row) or self._code("pregnant", row) == "yes":
            groups.append("families")
        if self._code("substance_use", row) == "active":
            groups.append("needs_tolerant")
        elif self._code("wants_drug_free", row) == "yes":
            groups.append("needs_drug_free")
        else:
            groups.append("either")
        return groups

    def _add(self, measure: str, row: int, amount: float = 1) -> None:
        self.sums[measure] += amount
        if measure in UNSPLIT:
            return
        for group in self._groups(row):
            self.sums[f"{measure}.{group}"] += amount
        if measure in TIERED and self._of("tier", row):
            self.sums[f"{measure}.tier_{self._of('tier', row)}"] += amount

    def _note(self, measure: str, row: int, days: int) -> None:
        tier = [f"tier_{self._of('tier', row)}"] if self._of("tier", row) else []
        for name in ("", *(f".{group}" for group in (*self._groups(row), *tier))):
            self.days[measure + name].append(days)

    def _of(self, column: str, row: int) -> Any:
        return self.week.population[column][row].item()

    def _code(self, column: str, row: int) -> str:
        return str(list(HOUSEHOLD_CODES[column])[self._of(column, row)])

    def _form(self, pool: int) -> str:
        return self.form_ids[self.week.stock["form"][pool]]

    def _rent(self, pool: int) -> int:
        return max(int(self.week.stock["monthly_cost_sek"][pool]), 0)
