"""Erlang's queue in continuous time: what the weekly queue comes to where a week is short against a wait."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.simulation.accounts_waits import PLACED

from ...twin_queue.chain import settled
from ...twin_queue.erlang import chance_of_waiting, mean_waiting
from ...twin_queue.intervals import WIDTH
from ...twin_queue.queue import Queue
from ...twin_queue.queue_city import simulated_queue

QUEUE = Queue(places=4, waiting=1, arrivals=0.15, ends=0.05)
"""Stays of twenty weeks, and in the long run waits of ten."""


@pytest.mark.parametrize(
    ("places", "offered", "share"), [(1, 0.6, 0.6), (2, 1, 1 / 3), (3, 2, 4 / 9), (5, 4, 0.554113)]
)
def test_known_values_of_erlang_c(places: int, offered: float, share: float) -> None:
    assert chance_of_waiting(places, offered) == pytest.approx(share, abs=1e-6)


def test_the_weekly_queue_nears_erlang_as_the_week_gets_shorter() -> None:
    """The same queue in weeks half as long, and again: each time half of what is left apart goes."""
    apart = []
    for parts in (1, 2, 4, 8):
        shorter = replace(QUEUE, arrivals=QUEUE.arrivals / parts, ends=QUEUE.ends / parts)
        assert mean_waiting(shorter) == pytest.approx(mean_waiting(QUEUE))
        apart.append(1 - settled(shorter, 60)[0] / mean_waiting(QUEUE))
    assert 0.02 < apart[0] < 0.03
    np.testing.assert_allclose(np.divide(apart[:-1], apart[1:]), 2, rtol=0.02)


@pytest.mark.slow
def test_many_queues_in_one_city() -> None:
    """Copies of the queue, watched for twenty-five years once they have settled."""
    copies, warming_up, weeks = 250, 300, 1600
    told = simulated_queue(QUEUE, weeks, 5, copies=copies)
    _, spread = settled(QUEUE, 120)
    error = spread / np.sqrt(copies * (weeks - warming_up))
    assert WIDTH * error < 0.2 * mean_waiting(QUEUE)
    waiting = told.weekly["waiting"][warming_up:].mean() / copies
    assert abs(waiting - mean_waiting(QUEUE)) < WIDTH * error
    # Little: waits are as long as the queue is, for each who comes.
    waits = told.waits
    settled_in = (waits.ended == PLACED) & (waits.until_day >= 7 * warming_up)
    weeks_waited = (waits.until_day - waits.from_day)[settled_in].mean() / 7
    assert abs(weeks_waited * QUEUE.arrivals - mean_waiting(QUEUE)) < WIDTH * error
    occupied = told.weekly["occupied"][warming_up:].mean() / copies
    assert occupied == pytest.approx(QUEUE.arrivals / QUEUE.ends, rel=0.02)
