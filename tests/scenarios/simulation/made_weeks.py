"""Weeks spelled out by hand: a city on its as-of date, and what is said to happen to whom."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from models.dataset import Dataset
from optimiser.compatibility import assess
from optimiser.instance import MISSING, NONE, Instance
from optimiser.instance_build import build_instance
from optimiser.policy.load import load_policy
from optimiser.priority import prioritise
from scenarios.segments import segments
from scenarios.simulation.population import Population, State, blank_own_columns, seen_from
from scenarios.simulation.week import Ended, Entered, Refused, Solved, Week

AS_OF = date(2026, 1, 15)


def index(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


class MadeCity:
    """Households and pools by id, and hands to move them with; nothing happens by itself."""

    def __init__(self, data: Dataset, as_of: date = AS_OF) -> None:
        self.as_of = as_of
        self.start = build_instance(data, as_of)
        columns = {name: column.copy() for name, column in self.start.households.items()}
        own = blank_own_columns(self.start.n)
        own["number"] = np.arange(self.start.n, dtype=np.int64) + 100
        own["segment"] = segments(self.start)
        lives = columns["current_pool"] != NONE
        own["state"] = np.where(lives, State.PLACED, State.WAITING).astype(np.int8)
        own["since"] = np.where(columns["homeless_since"] == MISSING, 0, columns["homeless_since"])
        self.people = Population.of(self.start.household_ids, {**columns, **own})
        self.capacity = self.start.pools["capacity"].astype(np.int64)
        self.number = -1
        self.next_week()

    def next_week(self) -> None:
        self.number += 1
        self.day = 7 * self.number
        none = index()
        self.events: dict[str, Any] = {
            "arrived": none,
            "ended": Ended(none, none, none.astype(np.int8)),
            "solved": Solved(none, none.astype(np.int8)),
            "entered": Entered(none, none, none, none.astype(np.int8)),
            "refused": Refused(none, none),
            "school_change": none,
        }

    def row(self, household_id: str) -> int:
        return self.people.ids.index(household_id)

    def pool(self, pool_id: str) -> int:
        return self.start.pool_ids.index(pool_id)

    def come(self, household_id: str, like: str) -> None:
        template = self.row(like)
        columns = {name: column[[template]].copy() for name, column in self.people.columns.items()}
        columns["state"][:], columns["current_pool"][:], columns["since"][:] = State.WAITING, NONE, self.day
        columns["number"][:] = 500 + self.people.n
        self.events["arrived"] = np.append(
            self.events["arrived"], self.people.append([household_id], columns)
        )

    def move_in(self, household_id: str, pool_id: str, level_before: int = NONE) -> None:
        row, pool, past = self.row(household_id), self.pool(pool_id), self.events["entered"]
        home = int(self.people["current_pool"][row])
        self.people["current_pool"][row], self.people["state"][row] = pool, State.PLACED
        before = np.append(past.level_before, level_before).astype(np.int8)
        self.events["entered"] = Entered(
            np.append(past.row, row), np.append(past.pool, pool), np.append(past.from_pool, home), before
        )

    def end_stay(self, household_id: str, outcome: int) -> None:
        row, past = self.row(household_id), self.events["ended"]
        home = int(self.people["current_pool"][row])
        self.people["current_pool"][row] = NONE
        self.people["state"][row] = (State.HOUSED, State.WAITING, State.LEFT)[outcome]
        self.people["since"][row] = self.day
        outcomes = np.append(past.outcome, outcome).astype(np.int8)
        self.events["ended"] = Ended(np.append(past.row, row), np.append(past.pool, home), outcomes)

    def solve(self, household_id: str, outcome: int) -> None:
        row, past = self.row(household_id), self.events["solved"]
        self.people["state"][row] = (State.HOUSED, State.WAITING, State.LEFT)[outcome]
        outcomes = np.append(past.outcome, outcome).astype(np.int8)
        self.events["solved"] = Solved(np.append(past.row, row), outcomes)

    def refuse(self, household_id: str, pool_id: str) -> None:
        past = self.events["refused"]
        self.events["refused"] = Refused(
            np.append(past.row, self.row(household_id)), np.append(past.pool, self.pool(pool_id))
        )

    def instance(self, rows: np.ndarray) -> Instance:
        columns = {name: seen_from(self.day, name, self.people[name][rows]) for name in self.start.households}
        some = self.start.only(rows).with_households(**columns)
        lived_in = np.bincount(
            self.people["current_pool"][self.people["current_pool"] != NONE], minlength=self.start.m
        )
        return some.with_pools(
            capacity=self.capacity, residents=lived_in, vacant=np.maximum(self.capacity - lived_in, 0)
        )

    def week(self) -> Week:
        """The week as it stands, and on to the next."""
        people, on = self.people, self.as_of + timedelta(days=self.day)
        known = np.arange(self.start.n)
        here = self.instance(known)
        assessment = assess(load_policy(on), here)
        priority = prioritise(assessment)
        people["tier"][: self.start.n] = priority.tier
        waiting, living = people.rows(State.WAITING), people.rows(State.PLACED)
        candidate = np.ones(people.n, dtype=bool)
        candidate[: self.start.n] = priority.candidate
        stock = here.pools
        week = Week(
            number=self.number,
            day=self.day,
            on=on,
            population=people,
            policy=load_policy(on),
            waiting=waiting,
            candidate=candidate[waiting],
            living=living,
            stock=stock,
            capacity=self.capacity.copy(),
            residents=stock["residents"],
            held=np.zeros_like(self.capacity),
            instance=self.instance,
            assessment=assessment,
            assessed=known,
            **self.events,
        )
        self.next_week()
        return week
