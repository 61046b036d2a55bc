"""A steady city: the inflow that keeps as many households waiting as today, segment by segment.

Data tell too little of who comes: households that came and went between two looks at a register are in none.
So the inflow of the baseline is not observed but chosen: such that the stock of those who wait neither grows
nor shrinks over some years if nothing changes, and a what-if is read against something still. The chances by
which stays and waits end are left as they are.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from models.dataset import Dataset
from optimiser.instance_build import build_instance
from optimiser.policy.load import PolicyData
from scenarios.assumptions.model import Assumptions
from scenarios.expected_wait.simulated import simulated_waits
from scenarios.segments import SEGMENTS, segments
from scenarios.simulation.arrivals import waiting_at_start
from scenarios.simulation.trajectory import Waits

WEEKS_A_YEAR = 365.25 / 7
SOURCE = "balances the baseline: as many wait over five simulated years as today"

STEP = 0.5
"""Part of the way to the best correction that a pass goes."""

WEEKS = 260
PASSES = 5
REPLICATIONS = 2
"""Five years, so often corrected, each time by the mean of so many simulations."""

Floats = NDArray[np.float64]
Simulated = Callable[[Assumptions], Sequence[Waits]]
"""Simulates the baseline under some assumptions: the waits of each replication."""


def steady_baseline(
    city: Dataset,
    as_of: date,
    assumptions: Assumptions,
    policy: PolicyData,
    seed: int,
    processes: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Assumptions:
    """The assumptions with the inflow that keeps a city's waiting households as many as today for five years.

    Parameters
    ----------
    progress
        Told how many simulations are done, and of how many.
    """
    done = 0

    def simulated(corrected: Assumptions) -> Sequence[Waits]:
        nonlocal done
        before, all_of_them = done, PASSES * REPLICATIONS

        def one_more(finished: int, _: int) -> None:
            if progress is not None:
                progress(before + finished, all_of_them)

        done += REPLICATIONS
        return simulated_waits(city, as_of, corrected, policy, REPLICATIONS, seed, WEEKS, processes, one_more)

    return steady_inflow(assumptions, waiting_now(city, as_of), WEEKS, PASSES, simulated)


def waiting_now(city: Dataset, as_of: date) -> Floats:
    """Households that wait on a day and are like those who come, shape (segments,)."""
    instance = build_instance(city, as_of)
    found = np.bincount(segments(instance)[waiting_at_start(instance)], minlength=len(SEGMENTS))
    return found.astype(np.float64)


def waiting_by_segment(waits: Waits, weeks: int) -> Floats:
    """Households that wait at the end of each week, shape (weeks, segments)."""
    ends = 7 * np.arange(1, weeks + 1)
    inside = (waits.from_day[None, :] < ends[:, None]) & (waits.until_day[None, :] >= ends[:, None])
    count = [inside[:, waits.segment == s].sum(axis=1) for s in range(len(SEGMENTS))]
    return np.array(count, dtype=np.float64).T


def steady_inflow(
    assumptions: Assumptions, waiting_today: Floats, weeks: int, passes: int, simulated: Simulated
) -> Assumptions:
    """Assumptions whose inflow keeps each segment's stock of waiting households near today's.

    Each pass simulates the baseline, looks at how far each segment's stock is from today's in every week, and
    changes its inflow by what fits those weeks best (least squares): one household more a week is
    (1 - exp(-k t)) / k more who wait after t weeks, if each stops waiting at the rate k. A newcomer may be
    placed as others are, or wait in another's stead, so that k counts half of those placed. As segments share
    the places, correcting all at once overshoots: each pass goes half the way.

    Parameters
    ----------
    waiting_today
        Households that wait today, shape (segments,).
    weeks
        Length of the baseline, weeks.
    passes
        How often to simulate and correct; four are enough where the first inflow is not far off.
    """
    for _ in range(passes):
        seen = simulated(assumptions)
        stock = np.mean([waiting_by_segment(waits, weeks) for waits in seen], axis=0)
        placed = np.mean(
            [np.bincount(w.segment[w.ended == 1], minlength=len(SEGMENTS)) for w in seen], axis=0
        )
        assumptions = _corrected(assumptions, waiting_today, stock, placed / np.maximum(stock.sum(axis=0), 1))
    return assumptions


def _corrected(assumptions: Assumptions, waiting_today: Floats, stock: Floats, placed: Floats) -> Assumptions:
    """One pass: stock (weeks, segments), and placed a week and waiting household, (segments,)."""
    entries = dict(assumptions.entries)
    after = np.arange(1, len(stock) + 1)
    for s, name in enumerate(SEGMENTS):
        if not waiting_today[s]:
            continue
        key = f"arrivals.{name}"
        rate = sum(assumptions.table(f"leaving.{name}").values()) + float(placed[s]) / 2
        response = -np.expm1(-rate * after) / rate if rate > 0 else after.astype(np.float64)
        excess = stock[:, s] - waiting_today[s]
        change = -float(response @ excess) / float(response @ response)
        yearly = entries[key].value + change * STEP * WEEKS_A_YEAR / float(waiting_today[s])
        entries[key] = replace(
            entries[key],
            value=round(max(yearly, 0.0), 4),
            basis="calibrated",
            source=SOURCE,
            low=None,
            high=None,
        )
    return Assumptions(entries)
