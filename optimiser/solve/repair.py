"""A choice made to keep every limit by letting proposals go: what a run returns when time is up."""

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem


def repaired(problem: Problem, chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The choice without the proposals that break a side, and without those that then lack a place.

    The pairs of least worth, goal by goal, go first. Ends because every round lets one go, and the
    empty choice keeps every limit that import and build let through.
    """
    kept = chosen.copy()
    rank = np.lexsort(problem.goals[::-1]) if len(problem.goals) else np.arange(len(chosen))
    order = np.empty(len(chosen), dtype=np.int64)
    order[rank] = np.arange(len(chosen))
    while True:
        culprits = _culprits(problem, kept)
        if not culprits.size:
            return kept
        kept[culprits[np.argmin(order[culprits])]] = False


def _culprits(problem: Problem, kept: NDArray[np.bool_]) -> NDArray[np.int64]:
    for side in problem.sides:
        if side.load(kept) > side.most:
            loading = side.pairs[(side.coefficient > 0) & kept[side.pairs]]
            return np.asarray(loading)
    entries = np.bincount(problem.pool[kept], minlength=len(problem.vacant))
    homes = problem.home[problem.seeker[kept]]
    departures = np.bincount(homes[homes != NO_HOME], minlength=len(problem.vacant))
    over = entries - departures > problem.vacant
    return np.flatnonzero(kept & over[problem.pool])
