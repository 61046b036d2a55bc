"""The stock of each week: the pools that stand, their places, and what the year's quotas leave."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.dataset import Dataset
from models.stock import Pool, Quota
from optimiser.instance import MISSING, NONE, POOL_DATES, Columns, Instance, QuotaLimit
from optimiser.instance_build import build_instance
from scenarios.whatif.reform import Epoch, Reform, T

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class Standing:
    """The stock of one week.

    columns: as `Instance.pools` but for residents and vacant, dates seen from the day. capacity (m,): places
    that stand, 0 for a pool that is not open. is_open (m,). longest_days (m,): longest stay, infinite where
    none is set. epoch: number of the epoch of the stock.
    """

    columns: Columns
    capacity: NDArray[np.int64]
    is_open: NDArray[np.bool_]
    longest_days: NDArray[np.float64]
    epoch: int


class Stock:
    """Pools over the whole horizon; those whose lease is taken over are away until they are replaced."""

    def __init__(self, city: Dataset, as_of: date, reform: Reform) -> None:
        self.base = build_instance(replace(city, pools=reform.stock[0].state, quotas=()), as_of)
        self._epochs = reform.stock
        self._columns = [self.base.pools, *(self._later(city, as_of, e) for e in reform.stock[1:])]
        self._longest_days = [_longest_days(epoch.state, self.base.pool_ids) for epoch in reform.stock]
        self._away: list[tuple[int, int]] = []

    def on(self, week: int) -> Standing:
        """The stock of a week."""
        number = epoch_at(self._epochs, week)
        static, day = self._columns[number], 7 * week
        opens, closes = static["opens_on"], static["closes_on"]
        is_open = ((opens == MISSING) | (opens <= day)) & ((closes == MISSING) | (closes > day))
        capacity = np.where(is_open, static["capacity"], 0).astype(np.int64)
        self._away = [(pool, back) for pool, back in self._away if back > week]
        for pool, _ in self._away:
            capacity[pool] = max(0, capacity[pool] - 1)
        dates = {
            name: np.where(static[name] == MISSING, MISSING, static[name] - np.int32(day))
            for name in POOL_DATES
        }
        columns = {**static, **dates, "capacity": capacity.astype(np.int32)}
        return Standing(columns, capacity, is_open, self._longest_days[number], number)

    def copy(self) -> "Stock":
        """The same pools, with places taken away of its own."""
        same = copy(self)
        same._away = list(self._away)
        return same

    def forms(self, week: int) -> NDArray[np.integer[Any]]:
        """Index of the form of each pool in a week, past weeks included, shape (m,)."""
        return np.asarray(self._columns[epoch_at(self._epochs, week)]["form"])

    def take_away(self, pools: Sequence[int], until_week: int) -> None:
        """Places that leave the stock until a week, one of each pool named."""
        self._away += [(pool, until_week) for pool in pools]

    def _later(self, city: Dataset, as_of: date, epoch: Epoch[Any]) -> Columns:
        later = build_instance(replace(city, pools=epoch.state, quotas=()), as_of)
        if later.pool_ids != self.base.pool_ids or later.places != self.base.places:
            raise ValueError(
                f"stock from week {epoch.from_week}: has other pools or districts than at the start; "
                "let every pool stand from the start, with opens_on"
            )
        return later.pools


def _longest_days(pools: Iterable[Pool], pool_ids: tuple[str, ...]) -> NDArray[np.float64]:
    months = {row.pool_id: row.max_stay_months for row in pools}
    limits = [months[key] for key in pool_ids]
    return np.array([np.inf if n is None else n * DAYS_A_MONTH for n in limits], dtype=np.float64)


def epoch_at(epochs: Sequence[Epoch[T]], week: int) -> int:
    """Which of some epochs, in order of their first weeks, a week falls in."""
    return max(i for i, epoch in enumerate(epochs) if epoch.from_week <= week)


class Quotas:
    """Quotas of each calendar year, and how much of them is used.

    A row holds for its year; later years without a row for the same forms and unit renew the latest one,
    with nothing used.
    """

    def __init__(self, reform: Reform, base: Instance) -> None:
        self._epochs = reform.quotas
        self._forms = {key: i for i, key in enumerate(base.form_ids)}
        self._places = {key: i for i, key in enumerate(base.places)}
        self._used: dict[int, Counter[tuple[int, int]]] = defaultdict(Counter)

    def on(self, week: int, year: int) -> tuple[QuotaLimit, ...]:
        """What is left in a year, as a week finds it."""
        rows: dict[tuple[tuple[str, ...], str], Quota] = {}
        for row in sorted(self._epochs[epoch_at(self._epochs, week)].state, key=lambda row: row.year):
            if row.year <= year:
                rows[tuple(sorted(row.form)), row.responsible_unit or ""] = row
        return tuple(self._limit(*key, row, year) for key, row in sorted(rows.items()))

    def use(self, year: int, form: NDArray[Any], unit: NDArray[Any], count: int = 1) -> None:
        """Note places accepted in a year (count 1), or given back (count -1): forms and units, both (k,)."""
        for key in zip(form.tolist(), unit.tolist(), strict=True):
            self._used[year][key] += count

    def _limit(self, forms: tuple[str, ...], unit: str, row: Quota, year: int) -> QuotaLimit:
        indices = tuple(self._forms[name] for name in forms)
        # A unit that nobody belongs to has no place in the data; its quota can then bind nobody.
        place = self._places.get(unit, len(self._places)) if unit else NONE
        used = (row.used or 0) if row.year == year else 0
        used += sum(
            n for (form, of), n in self._used[year].items() if form in indices and place in (NONE, of)
        )
        return QuotaLimit(forms, indices, max(row.places - used, 0), place)
