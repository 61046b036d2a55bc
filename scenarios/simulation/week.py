"""One simulated week as the accounts see it: who is where at its end, and what happened in it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.instance import Columns, Instance
from optimiser.policy.model import Policy
from scenarios.simulation.population import Population, Rows

OUTCOMES = ("own_home", "homeless", "left")
"""How a stay ends: with an own home outside the stock, waiting again, or gone from the city's view."""

OWN_HOME, HOMELESS, GONE = range(3)


@dataclass(frozen=True, slots=True)
class Ended:
    """Stays that ended, all (k,): household, the pool it left, and outcome (index into OUTCOMES).

    A move to another pool ends no stay here: it is an entry with `from_pool`.
    """

    row: Rows
    pool: NDArray[np.int64]
    outcome: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Solved:
    """Waiting households that stopped waiting without a place, all (k,): OWN_HOME or GONE."""

    row: Rows
    outcome: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Entered:
    """Movings in, all (k,).

    Attributes
    ----------
    row, pool
        Household and the pool where it lives now.
    from_pool
        The pool that it left, NONE for who came from waiting.
    level_before
        Level of the form that it lived in last before this, then or long ago; NONE if never.
    """

    row: Rows
    pool: NDArray[np.int64]
    from_pool: NDArray[np.int64]
    level_before: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Refused:
    """Proposals that the household said no to, both (k,)."""

    row: Rows
    pool: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Week:
    """A week: its state when it ends, after everybody has moved in, and its events.

    Columns of the population tell who a household is: `adult_women`, `adults`, `children`, `pregnant`,
    `substance_use`, `wants_drug_free`, `situation`, `persons`, `tier` (as last assessed), `since` (when the
    latest wait began), `segment` (when it began). They hold after a household has left, too.

    Attributes
    ----------
    number, day, on
        Number from 0, days from the as-of date (7 x number), and the date.
    population
        Everybody who has come; do not change it.
    policy
        The policy of the week.
    waiting, candidate
        Households in state WAITING, and whether each is a candidate by the policy, both (k,). Those who
        are not are paused, in acute danger, or excluded otherwise.
    living
        Households in state PLACED; `current_pool` of the population says where.
    stock
        Columns of pools of the week, as in `Instance.pools` with dates seen from the week's day; `residents`
        and `vacant` stand as they were before the week's match, use those below instead.
    capacity, residents, held
        Places that stand this week (0 for a pool that is not open), households that live there, and
        empty places kept for somebody who has said yes, all (m,). Void places are
        maximum(capacity - residents, 0), the held among them.
    arrived, ended, solved, entered, refused
        What happened.
    school_change
        Household of each child who had to change school by moving in, (k,): one entry a child.
    instance
        Makes an instance of the day, with some of the population's rows and all pools, as it is at the end
        of the week; row order as given (sorted).
    assessment
        The week's policy read against the households that the match looked at, before it: rows `assessed`
        of the population, in that order. Tiers and candidates are those of the match; a condition that was
        not asked for then is read as things are at the end of the week.
    """

    number: int
    day: int
    on: date
    population: Population
    policy: Policy
    waiting: Rows
    candidate: NDArray[np.bool_]
    living: Rows
    stock: Columns
    capacity: NDArray[np.int64]
    residents: NDArray[np.int64]
    held: NDArray[np.int64]
    arrived: Rows
    ended: Ended
    solved: Solved
    entered: Entered
    refused: Refused
    school_change: Rows
    instance: Callable[[Rows], Instance]
    assessment: Assessment
    assessed: Rows
