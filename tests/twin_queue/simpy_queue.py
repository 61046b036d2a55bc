"""The queue in simpy: every household is a process that asks for a place, keeps it and gives it back."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import simpy

from .queue import Queue

END_OF_WEEK = 0.5
"""Within a week first stays end, people come and move in; then it is counted who is where."""


@dataclass
class Told:
    """Per week the households that wait and live in a place, and every wait in weeks of who was placed."""

    waiting: list[int] = field(default_factory=list)
    occupied: list[int] = field(default_factory=list)
    placed: list[int] = field(default_factory=list)
    waits: list[int] = field(default_factory=list)


def simpy_queue(queue: Queue, weeks: int, seed: int) -> Told:
    """Live through some weeks from week 0.

    Residents moved in the week before, so that their stays may end from week 0 on; who waits at the start
    has waited since week 0.
    """
    rng, env, told = np.random.default_rng(seed), simpy.Environment(initial_time=-1), Told()
    places = simpy.Resource(env, queue.places)
    for _ in range(queue.places):
        env.process(_resident(env, places, queue, rng))
    env.process(_newcomers(env, places, queue, rng, told))
    env.process(_count(env, places, told))
    env.run(until=weeks)
    return told


def _resident(env: Any, places: Any, queue: Queue, rng: np.random.Generator) -> Iterator[Any]:
    with places.request() as place:
        yield place
        yield env.timeout(int(rng.geometric(queue.ends)))


def _household(env: Any, places: Any, queue: Queue, rng: np.random.Generator, told: Told) -> Iterator[Any]:
    came = env.now
    with places.request() as place:
        yield place
        told.waits.append(round(env.now - came))
        yield env.timeout(int(rng.geometric(queue.ends)))


def _newcomers(env: Any, places: Any, queue: Queue, rng: np.random.Generator, told: Told) -> Iterator[Any]:
    coming = queue.waiting
    while True:
        yield env.timeout(1)
        coming += int(rng.poisson(queue.arrivals))
        for _ in range(coming):
            env.process(_household(env, places, queue, rng, told))
        coming = 0


def _count(env: Any, places: Any, told: Told) -> Iterator[Any]:
    yield env.timeout(1 + END_OF_WEEK)
    while True:
        told.waiting.append(len(places.queue))
        told.occupied.append(places.count)
        told.placed.append(len(told.waits))
        yield env.timeout(1)
