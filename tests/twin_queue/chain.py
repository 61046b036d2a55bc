"""The queue as a Markov chain: how likely each number of households is, week by week, without any luck."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom, poisson

from .queue import Queue

Chances = NDArray[np.float64]


def transitions(queue: Queue, most: int) -> Chances:
    """Chance of each number of households at a week's end (columns) from that of the week before (rows)."""
    coming = poisson.pmf(np.arange(most + 1), queue.arrivals)
    found = np.zeros((most + 1, most + 1))
    for n in range(most + 1):
        lives = min(n, queue.places)
        left = binom.pmf(np.arange(lives + 1), lives, queue.ends)
        after = np.convolve(left[::-1], coming)[: most + 1 - (n - lives)]
        found[n, n - lives : n - lives + len(after)] = after
        found[n, most] += 1 - found[n].sum()
    return found


def expected(queue: Queue, weeks: int, most: int) -> tuple[Chances, Chances]:
    """Expected households waiting, and living in a place, at the end of each week; both (weeks,)."""
    step, at = transitions(queue, most), np.zeros(most + 1)
    at[queue.places + queue.waiting] = 1
    count = np.arange(most + 1)
    waiting, living = np.maximum(count - queue.places, 0), np.minimum(count, queue.places)
    told = []
    for _ in range(weeks):
        at = at @ step
        told.append((at @ waiting, at @ living))
    found = np.array(told)
    return found[:, 0], found[:, 1]


def settled(queue: Queue, most: int) -> tuple[float, float]:
    """Households waiting in the long run: the mean, and the standard deviation of one week's mean.

    The second, divided by the root of the weeks observed, is the standard error of their mean once the queue
    has settled: neighbouring weeks are alike, and what that adds solves Poisson's equation of the chain.
    """
    step, size = transitions(queue, most), most + 1
    rows = np.vstack([step.T - np.eye(size), np.ones(size)])
    at = np.linalg.lstsq(rows, np.append(np.zeros(size), 1), rcond=None)[0]
    waiting = np.maximum(np.arange(size) - queue.places, 0)
    mean = float(at @ waiting)
    off = waiting - mean
    ahead = np.linalg.solve(np.eye(size) - step + np.outer(np.ones(size), at), off)
    return mean, float(np.sqrt(at @ (2 * off * ahead - off**2)))
