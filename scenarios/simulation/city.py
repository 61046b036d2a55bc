"""The simulated city: people, stock and promises, and what every stage of a week needs to change them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.codes import Situation
from models.dataset import Dataset
from optimiser.instance import MISSING, NONE, Columns, Instance, code_of
from scenarios.assumptions import Assumptions
from scenarios.luck import Luck
from scenarios.segments import segments
from scenarios.simulation.declines import DeclineLog
from scenarios.simulation.members import Members
from scenarios.simulation.population import Population, State, blank_own_columns, numbers_of
from scenarios.simulation.situations import situation_of_pools
from scenarios.simulation.stock import Quotas, Standing, Stock
from scenarios.whatif.reform import Reform


@dataclass(slots=True)
class City:
    """Everything that one replication changes from week to week.

    Attributes
    ----------
    start
        The city on its as-of date, as an instance of the first week's stock.
    people, members, declines
        Households, their members, and who said no to which pool when.
    stock, quotas
        Pools and quotas of every week.
    standing
        The stock of the week that it is.
    accepted
        Promises made so far; they are numbered in their order.
    """

    start: Instance
    reform: Reform
    assumptions: Assumptions
    luck: Luck
    people: Population
    members: Members
    declines: DeclineLog
    stock: Stock
    quotas: Quotas
    standing: Standing
    accepted: int = field(default=0)

    @classmethod
    def begin(
        cls, city: Dataset, as_of: date, reform: Reform, assumptions: Assumptions, luck: Luck
    ) -> "City":
        """The city on its as-of date."""
        stock = Stock(city, as_of, reform)
        start = stock.base
        schools = (row.school_id for row in city.schools)
        return cls(
            start=start,
            reform=reform,
            assumptions=assumptions,
            luck=luck,
            people=_people(city, as_of, start),
            members=Members.of(city.members, start, schools),
            declines=DeclineLog(start.declines),
            stock=stock,
            quotas=Quotas(reform, start),
            standing=stock.on(0),
        )

    def turn(self, week: int) -> None:
        """Let a week begin: pools open and close, and become what they are converted to."""
        before, self.standing = self.standing, self.stock.on(week)
        if before.epoch != self.standing.epoch:
            self._settle_in(before.columns, self.standing.columns)

    def _settle_in(self, before: Columns, now: Columns) -> None:
        """Who lives in a converted pool lives in its new form, and is in the situation that this means."""
        people, forms = self.people, self.start.form_ids
        rows = np.flatnonzero(people["current_pool"] != NONE)
        rows = rows[(before["form"] != now["form"])[people["current_pool"][rows]]]
        pool = people["current_pool"][rows]
        people["last_level"][rows] = now["level"][pool]
        usual = people["situation"][rows] == situation_of_pools(before, forms)[pool]
        people["situation"][rows[usual]] = situation_of_pools(now, forms)[pool[usual]]

    def year(self, week: int) -> int:
        """Calendar year in which a week begins."""
        return (self.start.as_of + timedelta(weeks=week)).year

    def residents(self) -> NDArray[np.int64]:
        """Households that live in each pool, shape (m,)."""
        return counted(self.people["current_pool"], self.start.m)


def counted(pool: NDArray[np.integer[Any]], m: int) -> NDArray[np.int64]:
    """Households in each of m pools, from the pool of each, NONE for none; shape (m,)."""
    # Counting those without a pool as well is quicker than leaving them out first.
    return np.bincount(pool - NONE, minlength=m + 1)[1:]


def _people(city: Dataset, as_of: date, start: Instance) -> Population:
    columns = {name: column.copy() for name, column in start.households.items()}
    own = blank_own_columns(start.n)
    own["hash"], own["number"] = numbers_of(start.household_ids)
    lives = columns["current_pool"] != NONE
    housed = columns["situation"] == code_of("situation", Situation.HOUSED)
    own["state"] = np.where(lives, State.PLACED, np.where(housed, State.HOUSED, State.WAITING)).astype(
        np.int8
    )
    own["segment"] = segments(start)
    own["since"] = np.where(columns["homeless_since"] == MISSING, 0, np.minimum(columns["homeless_since"], 0))
    moved_in = {row.household_id: row.moved_in_on for row in city.households}
    days = [moved_in[key] for key in start.household_ids]
    own["moved_in"] = np.array(
        [MISSING if day is None else (day - as_of).days for day in days], dtype=np.int32
    )
    own["last_level"] = _last_levels(city, start)
    return Population.of(start.household_ids, {**columns, **own})


def _last_levels(city: Dataset, start: Instance) -> NDArray[np.int8]:
    """Level of the form that each household lives in, or lived in last by the stays; NONE for none."""
    pool_at = {key: i for i, key in enumerate(start.pool_ids)}
    last: dict[str, tuple[date, str]] = {}
    for row in city.stays:
        latest = (row.started_on, row.pool_id)
        last[row.household_id] = max(last.get(row.household_id, latest), latest)
    pools = [pool_at[last[key][1]] if key in last else NONE for key in start.household_ids]
    home = start.households["current_pool"]
    at = np.where(home == NONE, np.array(pools, dtype=np.int64).reshape(-1), home)
    levels = np.append(start.pools["level"], NONE)
    return np.asarray(levels[at], dtype=np.int8)
