"""Simulated waits: the baseline without moves, again and again."""

import os
from collections.abc import Callable, Iterable
from datetime import date

from models.dataset import Dataset
from optimiser.policy.load import PolicyData
from scenarios.assumptions.model import Assumptions
from scenarios.experiments.backends.orphans import end_with
from scenarios.simulation.trajectory import Waits
from scenarios.whatif.compile import compile_reform
from scenarios.whatif.reform import Reform

HORIZON_WEEKS = 104
"""Weeks that a wait from today is followed: twice the longest time asked about."""


def simulated_waits(
    city: Dataset,
    as_of: date,
    assumptions: Assumptions,
    policy: PolicyData,
    replications: int,
    seed: int,
    weeks: int = HORIZON_WEEKS,
    processes: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Waits, ...]:
    """The waits of each replication of the baseline without moves, in order.

    Parameters
    ----------
    weeks
        Length of each.
    processes
        How many to work side by side; the numbers are the same.
    progress
        Told how many replications are done, and of how many.
    """
    reform = compile_reform(city, as_of, [], weeks, policy)
    done = []
    for waits in _each(city, as_of, reform, assumptions, seed, range(replications), processes):
        done.append(waits)
        if progress is not None:
            progress(len(done), replications)
    return tuple(done)


def _each(
    city: Dataset,
    as_of: date,
    reform: Reform,
    assumptions: Assumptions,
    seed: int,
    numbers: Iterable[int],
    processes: int,
) -> Iterable[Waits]:
    if processes == 1:
        return (_one(city, as_of, reform, assumptions, seed, number) for number in numbers)
    # joblib and its worker processes take a second to start.
    from joblib import Parallel, delayed

    work = Parallel(n_jobs=processes, return_as="generator", batch_size=1)
    found: Iterable[Waits] = work(
        delayed(_one_there)(os.getpid(), city, as_of, reform, assumptions, seed, number) for number in numbers
    )
    return found


def _one_there(
    asking: int,
    city: Dataset,
    as_of: date,
    reform: Reform,
    assumptions: Assumptions,
    seed: int,
    number: int,
) -> Waits:
    end_with(asking)
    return _one(city, as_of, reform, assumptions, seed, number)


def _one(
    city: Dataset, as_of: date, reform: Reform, assumptions: Assumptions, seed: int, number: int
) -> Waits:
    # The engine brings the solver along.
    from scenarios.simulation.run import simulate

    return simulate(city, as_of, reform, assumptions, seed, number, "none").waits
