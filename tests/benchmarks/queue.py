"""One queue without rules for thousands of households: the simulation beside simpy, on growing cities."""

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from scenarios.simulation.run import simulate

from ..twin_queue.queue import Queue
from ..twin_queue.queue_city import AS_OF, plain_reform, queue_assumptions, queue_city
from ..twin_queue.simpy_queue import simpy_queue
from ..twin_queue.simpy_weekly import WeeklyQueue
from .measure import Measured, show

SIZES = ((1_600, 104), (8_000, 52), (16_000, 26), (32_000, 26))
"""Places, as many households that wait, and weeks."""

AIM = 10
"""Times that the twin which asks everybody each week should take."""

FURTHEST = 4
"""Standard deviations by which a queue may end away from what is expected."""

Result = TypeVar("Result")


def run() -> None:
    """Time the simulation with its accounts, a simpy twin that lives week by week, and one of events only.

    Processor time; the last row says from which of the sizes on the first twin takes AIM times as long.
    """
    rows = []
    reached: dict[int, float] = {}
    for places, weeks in SIZES:
        queue = Queue(places, places, arrivals=0.016 * places, ends=0.015)
        city = queue_city(queue)
        reform, assumptions = plain_reform(city, weeks), queue_assumptions(queue)
        ours = timed(partial(simulate, city, AS_OF, reform, assumptions, 1, 0))
        weekly = timed(partial(WeeklyQueue(queue, 1).run, weeks))
        events = timed(partial(simpy_queue, queue, weeks, 1))
        queues = [ours.result.weekly["waiting"][-1], weekly.result.waiting[-1], events.result.waiting[-1]]
        # All places are taken all the time, so arrivals and departures alone say how long the queue gets.
        expected = places + weeks * (queue.arrivals - places * queue.ends)
        if max(abs(found - expected) for found in queues) > FURTHEST * (2 * weeks * queue.arrivals) ** 0.5:
            raise ValueError(f"a queue ends too far from {expected:.0f}: {queues}")
        reached[2 * places] = weekly.seconds / ours.seconds
        size = f"{2 * places:,} households, {weeks} weeks"
        rows += [
            (f"simulation, {size}", f"{ours.seconds:.2f}", "1", f"{queues[0]:.0f} wait at the end"),
            *(
                (
                    name,
                    f"{told.seconds:.2f}",
                    f"{told.seconds / ours.seconds:.1f} times ours",
                    f"{queues[n]} wait",
                )
                for n, (name, told) in enumerate(
                    (
                        ("simpy, everybody asked each week", weekly),
                        ("simpy, events of the queue alone", events),
                    ),
                    1,
                )
            ),
        ]
    rows.append(("simpy, everybody asked each week", "", f"aim {AIM} times ours", enough(reached)))
    show("One queue without rules, processor time", rows)


def timed(work: Callable[[], Result]) -> Measured[Result]:
    """What came out and the seconds of processor time it took."""
    started = time.process_time()
    result = work()
    return Measured(result, time.process_time() - started)


def enough(reached: dict[int, float]) -> str:
    """From which number of households on the aim holds, by the ratio at each number."""
    holds = None
    for households, ratio in sorted(reached.items(), reverse=True):
        if ratio < AIM:
            break
        holds = households
    return "not reached at any of these sizes" if holds is None else f"from {holds:,} households on"
