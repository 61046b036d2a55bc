"""One queue without rules: the simulation beside a simpy twin, and beside the chain that needs no luck."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from scenarios.simulation.accounts_waits import PLACED
from scenarios.simulation.trajectory import Trajectory

from ...twin_queue.chain import expected
from ...twin_queue.intervals import Mean
from ...twin_queue.queue import Queue
from ...twin_queue.queue_city import simulated_queue
from ...twin_queue.simpy_queue import simpy_queue
from ...twin_queue.simpy_weekly import WeeklyQueue

LONG = Queue(places=12, waiting=8, arrivals=0.9, ends=0.07)
EVEN = Queue(places=6, waiting=5, arrivals=0.45, ends=0.09)
QUEUES = [pytest.param(EVEN, id="even"), pytest.param(LONG, id="long", marks=pytest.mark.slow)]
WEEKS, OURS, THEIRS = 60, {EVEN: 22, LONG: 30}, 300
WIDEST = {"waiting": 0.5, "occupied": 0.1, "placed": 0.15, "mean wait": 0.5}
"""Half width of an interval, as a share, beyond which it would tell too little to be worth a test."""


@cache
def runs(queue: Queue) -> list[Trajectory]:
    return [simulated_queue(queue, WEEKS, 11, number) for number in range(OURS[queue])]


@cache
def simulated(queue: Queue) -> dict[str, Mean]:
    waits = []
    for run in runs(queue):
        placed = run.waits.ended == PLACED
        waits.append(float((run.waits.until_day - run.waits.from_day)[placed].mean()) / 7)
    found = {
        what: Mean.of([run.totals[what] for run in runs(queue)]) for what in ("waiting", "occupied", "placed")
    }
    return found | {"mean wait": Mean.of(waits)}


@cache
def twin(queue: Queue) -> dict[str, Mean]:
    told = [simpy_queue(queue, WEEKS, seed) for seed in range(THEIRS)]
    return {
        "waiting": Mean.of([float(np.mean(run.waiting)) for run in told]),
        "occupied": Mean.of([float(np.mean(run.occupied)) for run in told]),
        "placed": Mean.of([run.placed[-1] for run in told]),
        "mean wait": Mean.of([float(np.mean(run.waits)) for run in told]),
    }


@pytest.mark.parametrize("what", WIDEST)
@pytest.mark.parametrize("queue", QUEUES)
def test_the_simpy_twin(queue: Queue, what: str) -> None:
    ours, theirs = simulated(queue)[what], twin(queue)[what]
    apart = ours.less(theirs)
    assert apart.covers(0), (ours, theirs)
    assert 0 < apart.half_width < WIDEST[what] * theirs.value, (ours, theirs)


@pytest.mark.parametrize("queue", QUEUES)
def test_the_chain(queue: Queue) -> None:
    waiting, occupied = expected(queue, WEEKS, 150)
    for what, exact in (("waiting", waiting), ("occupied", occupied)):
        assert simulated(queue)[what].covers(exact.mean())
        assert twin(queue)[what].covers(exact.mean())


@pytest.mark.parametrize("queue", QUEUES)
def test_week_by_week(queue: Queue) -> None:
    """The transient, not only its mean: no week is further off than chance makes the worst of sixty."""
    exact, _ = expected(queue, WEEKS, 150)
    told = np.array([run.weekly["waiting"] for run in runs(queue)])
    off = (told.mean(axis=0) - exact) / (told.std(axis=0, ddof=1) / np.sqrt(len(told)))
    assert np.abs(off).max() < 4


def test_the_weekly_twin_is_the_same_queue() -> None:
    """The twin that the benchmark runs: everybody asked every week."""
    told = [WeeklyQueue(EVEN, seed).run(WEEKS) for seed in range(100)]
    waiting, occupied = expected(EVEN, WEEKS, 150)
    assert Mean.of([float(np.mean(run.waiting)) for run in told]).covers(waiting.mean())
    assert Mean.of([float(np.mean(run.occupied)) for run in told]).covers(occupied.mean())
    waits = Mean.of([float(np.mean(run.waits)) for run in told])
    assert waits.less(twin(EVEN)["mean wait"]).covers(0)


@pytest.mark.parametrize(
    "other",
    [
        replace(EVEN, arrivals=0.8),
        replace(EVEN, ends=0.14),
        replace(EVEN, places=9),
        replace(EVEN, waiting=15),
    ],
)
def test_another_queue_is_told_from_it(other: Queue) -> None:
    assert not simulated(EVEN)["waiting"].less(twin(other)["waiting"]).covers(0)
