"""The simulated city: people, stock and promises, and what every stage of a week needs to change them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.dataset import Dataset
from optimiser.instance import NONE, Columns, Instance
from scenarios.assumptions import Assumptions
from scenarios.luck import Luck
from scenarios.simulation.beginning import beginning_of
from scenarios.simulation.declines import DeclineLog
from scenarios.simulation.members import Members
from scenarios.simulation.population import Population
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
        begun = beginning_of(city, as_of, reform)
        stock, start = begun.stock.copy(), begun.stock.base
        return cls(
            start=start,
            reform=reform,
            assumptions=assumptions,
            luck=luck,
            people=begun.people.copy(),
            members=begun.members.copy(),
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
