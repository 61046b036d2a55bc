"""Nobody is lost: every household is in one state each week, and every change of it has an event."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import NONE, one_of
from scenarios.simulation.city import counted
from scenarios.simulation.population import Population, State
from scenarios.simulation.week import GONE, HOMELESS, OWN_HOME, Week

NAMED = 5
"""Most households that a fault names."""

AFTER_STAY = {OWN_HOME: State.HOUSED, HOMELESS: State.WAITING, GONE: State.LEFT}


class NotConserved(Exception):
    """A simulated week in which somebody is lost, or has no place of their own: an error of ours.

    `week` is its number; `faults` say what does not hold, with the numbers of the households.
    """

    def __init__(self, week: int, faults: list[str]) -> None:
        super().__init__(f"week {week}: {'; '.join(faults)}. This is an error of ours; please report it")
        self.week = week
        self.faults = tuple(faults)


class Conservation:
    """Follows who is where from week to week, and checks it against what is said to have happened."""

    def __init__(self, population: Population) -> None:
        self._state: NDArray[Any] = population["state"].copy()
        self._home: NDArray[Any] = population["current_pool"].astype(np.int64)

    @property
    def stock(self) -> int:
        """Households that wait or live in a pool, as last seen."""
        return int((self._state <= State.PLACED).sum())

    def check(self, week: Week) -> None:
        """Check a week against the one before.

        Raises
        ------
        NotConserved
            When a household is in no state or in another than its events say, two have one place, a pool
            takes in more than it has places, or arrivals less exits are not the change in stock.
        """
        state, home = week.population["state"], week.population["current_pool"].astype(np.int64)
        before = self.stock
        expected, at = self._carried_on(week)
        faults = [
            *_named(week, "are not where their events say", (state != expected) | (home != at)),
            *_named(
                week, "live in a pool without being placed, or the other way round", _homeless(state, home)
            ),
            *_listed(week, state),
            *self._places(week, home),
        ]
        self._state, self._home = state.copy(), home
        change = self.stock - before
        if change != len(week.arrived) - exits(week):
            faults.append(
                f"arrivals {len(week.arrived)} less exits {exits(week)} is not the change in stock {change}"
            )
        if faults:
            raise NotConserved(week.number, faults)

    def _carried_on(self, week: Week) -> tuple[NDArray[Any], NDArray[np.int64]]:
        come = week.population.n - len(self._state)
        state = np.append(self._state, np.full(come, NONE, dtype=self._state.dtype))
        home = np.append(self._home, np.full(come, NONE, dtype=np.int64))
        state[week.arrived] = State.WAITING
        left = home[week.ended.row] == week.ended.pool
        state[week.ended.row] = np.where(left, _table(AFTER_STAY)[week.ended.outcome], NONE)
        home[week.ended.row] = NONE
        waited = state[week.solved.row] == State.WAITING
        state[week.solved.row] = np.where(waited, _table(AFTER_STAY)[week.solved.outcome], NONE)
        came_from = home[week.entered.row] == week.entered.from_pool
        was_here = one_of(state[week.entered.row], (State.WAITING, State.PLACED))
        state[week.entered.row] = np.where(came_from & was_here, State.PLACED, NONE)
        home[week.entered.row] = week.entered.pool
        return state, home

    def _places(self, week: Week, home: NDArray[np.int64]) -> list[str]:
        lived_in, before = (counted(where, len(week.capacity)) for where in (home, self._home))
        faults = []
        for what, wrong in (
            ("count other residents than live there", lived_in != week.residents),
            ("have more residents than places", lived_in > np.maximum(week.capacity, before)),
        ):
            if wrong.any():
                pools = np.flatnonzero(wrong)[:NAMED].tolist()
                faults.append(f"{int(wrong.sum())} pools {what}, among them numbers {pools}")
        for rows, what in (
            (week.entered.row, "move in more than once"),
            (week.ended.row, "end more than one stay"),
            (week.solved.row, "stop waiting more than once"),
        ):
            often = np.bincount(rows, minlength=week.population.n) > 1
            faults += _named(week, what, often)
        return faults


def exits(week: Week) -> int:
    """Households that left the stock in a week: to an own home, or gone."""
    return int((week.ended.outcome != HOMELESS).sum()) + len(week.solved.row)


def _table(states: dict[int, State]) -> NDArray[np.int8]:
    return np.array([states[outcome] for outcome in sorted(states)], dtype=np.int8)


def _homeless(state: NDArray[Any], home: NDArray[np.int64]) -> NDArray[np.bool_]:
    return np.asarray((state == State.PLACED) != (home != NONE))


def _listed(week: Week, state: NDArray[Any]) -> list[str]:
    faults = []
    for rows, kind in ((week.waiting, State.WAITING), (week.living, State.PLACED)):
        listed = np.bincount(rows, minlength=len(state))
        faults += _named(week, f"are not once among the {kind.name.lower()}", listed != (state == kind))
    return faults


def _named(week: Week, what: str, wrong: NDArray[np.bool_]) -> list[str]:
    if not wrong.any():
        return []
    rows = np.flatnonzero(wrong)
    numbers = ", ".join(str(number) for number in week.population["number"][rows[:NAMED]].tolist())
    return [f"{len(rows)} households {what}: {numbers}{' and others' if len(rows) > NAMED else ''}"]
