"""The queue in simpy as the simulation lives it: everybody draws their luck and is counted every week.

What `simpy_queue` does with a few events a stay is enough for one queue; a model whose rates, rules and facts
may change every week has to ask everybody every week, in simpy as in the simulation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import simpy

from .queue import Queue
from .simpy_queue import END_OF_WEEK

DRAWS = 4
"""What a week brings: whether a stay ends, waiting does, use changes, and a question is answered."""


@dataclass(slots=True, eq=False)
class Person:
    """One household: week it came, and whether it lives in a place."""

    came: int
    housed: bool = False


@dataclass
class Books:
    """Per week: households that wait, their median and 90th percentile in weeks, and places taken."""

    waiting: list[int] = field(default_factory=list)
    median: list[float] = field(default_factory=list)
    p90: list[float] = field(default_factory=list)
    occupied: list[int] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)


class WeeklyQueue:
    """The queue, a week at a time; `here` are the households that wait or live in a place."""

    def __init__(self, queue: Queue, seed: int) -> None:
        self.queue = queue
        self.rng = np.random.default_rng(seed)
        self.env = simpy.Environment(initial_time=-1)
        self.places = simpy.Resource(self.env, queue.places)
        self.here: dict[Person, None] = {}
        self.books = Books()

    def run(self, weeks: int) -> Books:
        """Live through some weeks from week 0."""
        for _ in range(self.queue.places):
            self.env.process(self._resident())
        self.env.process(self._newcomers())
        self.env.process(self._count())
        self.env.run(until=weeks)
        return self.books

    def _newcomers(self) -> Iterator[Any]:
        coming = self.queue.waiting
        while True:
            yield self.env.timeout(1)
            coming += int(self.rng.poisson(self.queue.arrivals))
            for _ in range(coming):
                self.env.process(self._newcomer(round(self.env.now)))
            coming = 0

    def _resident(self) -> Iterator[Any]:
        person = Person(-1)
        self.here[person] = None
        with self.places.request() as place:
            yield place
            yield from self._stay(person)

    def _newcomer(self, week: int) -> Iterator[Any]:
        person = Person(week)
        self.here[person] = None
        with self.places.request() as place:
            while not place.triggered:
                yield place | self.env.timeout(1)
                self.rng.random(DRAWS)
            self.books.waits.append(round(self.env.now) - week)
            yield from self._stay(person)

    def _stay(self, person: Person) -> Iterator[Any]:
        person.housed = True
        while True:
            yield self.env.timeout(1)
            if self.rng.random(DRAWS)[0] < self.queue.ends:
                break
        del self.here[person]

    def _count(self) -> Iterator[Any]:
        yield self.env.timeout(1 + END_OF_WEEK)
        while True:
            week = int(self.env.now)
            waited = [week - person.came for person in self.here if not person.housed]
            self.books.waiting.append(len(waited))
            self.books.median.append(float(np.percentile(waited, 50)) if waited else np.nan)
            self.books.p90.append(float(np.percentile(waited, 90)) if waited else np.nan)
            self.books.occupied.append(sum(person.housed for person in self.here))
            yield self.env.timeout(1)
