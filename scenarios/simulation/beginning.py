"""What every replication of a reform begins with: the city on its as-of date, read from its rows once."""

from dataclasses import dataclass
from datetime import date
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from models.codes import Situation
from models.dataset import Dataset
from optimiser.instance import MISSING, NONE, Instance, code_of
from scenarios.segments import segments
from scenarios.simulation.members import Members
from scenarios.simulation.population import Population, State, blank_own_columns, numbers_of
from scenarios.simulation.stock import Stock
from scenarios.whatif.reform import Reform


@dataclass(frozen=True, slots=True)
class Beginning:
    """A city on its as-of date. A replication changes its own copies of these, never these themselves."""

    stock: Stock
    people: Population
    members: Members


_begun: dict[tuple[int, date, int], Beginning] = {}


def beginning_of(city: Dataset, as_of: date, reform: Reform) -> Beginning:
    """The beginning of a city under a reform; worked out once for the same two objects, which are frozen.

    It is kept no longer than both of them are: a worker that lives on keeps nobody of a city that it has done
    with. One of 3,400 households takes some 2 MB.
    """
    # Comparing two cities row by row would take too long: they are told apart by which objects they are.
    key = id(city), as_of, id(reform)
    if key not in _begun:
        stock = Stock(city, as_of, reform)
        schools = (row.school_id for row in city.schools)
        members = Members.of(city.members, stock.base, schools)
        _begun[key] = Beginning(stock, _people(city, as_of, stock.base), members)
        for one in (city, reform):
            finalize(one, _begun.pop, key, None).atexit = False
    return _begun[key]


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
