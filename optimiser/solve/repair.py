"""A choice made to keep every limit by letting proposals go, and filled again: for when time is up."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem


def repaired(problem: Problem, chosen: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """The choice without the proposals that break a side, and without those that then lack a place.

    The pairs of least worth, goal by goal, go first; those that a limit asks for go last. Ends because
    every round lets one go. None when a limit is still broken then: it asks for more than the choice had.
    """
    kept = chosen.copy()
    rank = np.lexsort((*problem.goals[::-1], _asked_for(problem)))
    order = np.empty(len(chosen), dtype=np.int64)
    order[rank] = np.arange(len(chosen))
    while True:
        culprits = _culprits(problem, kept)
        if culprits is None:
            return kept
        if not culprits.size:
            return None
        kept[culprits[np.argmin(order[culprits])]] = False


def _asked_for(problem: Problem) -> NDArray[np.bool_]:
    """Pairs that ease a limit which no choice keeps without easing it, shape (k,)."""
    asked = np.zeros(len(problem.seeker), dtype=bool)
    for side in problem.sides:
        if side.most < 0:
            asked[side.pairs[side.coefficient < 0]] = True
    return asked


def _culprits(problem: Problem, kept: NDArray[np.bool_]) -> NDArray[np.int64] | None:
    """Chosen pairs of which one has to go; empty when none would help, None when all limits hold."""
    for side in problem.sides:
        if side.load(kept) > side.most:
            return np.asarray(side.pairs[(side.coefficient > 0) & kept[side.pairs]])
    entries = np.bincount(problem.pool[kept], minlength=len(problem.vacant))
    homes = problem.home[problem.seeker[kept]]
    departures = np.bincount(homes[homes != NO_HOME], minlength=len(problem.vacant))
    over = entries - departures > problem.vacant
    return np.flatnonzero(kept & over[problem.pool]) if over.any() else None


def filled(problem: Problem, kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """A choice that keeps every limit with more proposals into places that were vacant before the run.

    The pairs of greatest worth, goal by goal, come first; again and again, since one may make room for
    another in a limit. No chain gets longer: each of these begins one, and hands its place to nobody.
    """
    chosen = kept.copy()
    room = [side.most - side.load(chosen) for side in problem.sides]
    vacant = problem.vacant - np.bincount(problem.pool[chosen], minlength=len(problem.vacant))
    waits = np.ones(len(problem.home), dtype=bool)
    waits[problem.seeker[chosen]] = False
    open_pairs = np.flatnonzero(waits[problem.seeker] & (vacant > 0)[problem.pool])
    sides_of = _sides_of(problem, open_pairs)
    order = open_pairs[np.lexsort([goal[open_pairs] for goal in problem.goals[::-1]])[::-1]]
    tries = list(
        zip(order.tolist(), problem.seeker[order].tolist(), problem.pool[order].tolist(), strict=True)
    )
    free, placed = vacant.tolist(), set[int]()
    before = -1
    while before < len(placed):
        before = len(placed)
        tries = [(k, seeker, pool) for k, seeker, pool in tries if seeker not in placed and free[pool] > 0]
        for pair, seeker, pool in tries:
            if free[pool] < 1 or seeker in placed:
                continue
            loads = sides_of.get(pair, ())
            if any(load > max(room[i], 0) for i, load in loads):
                continue
            chosen[pair] = True
            placed.add(seeker)
            free[pool] -= 1
            for i, load in loads:
                room[i] -= load
    return chosen


def _sides_of(problem: Problem, pairs: NDArray[np.int64]) -> dict[int, list[tuple[int, int]]]:
    """The sides that each of some pairs loads, with its coefficient."""
    among = np.zeros(len(problem.seeker), dtype=bool)
    among[pairs] = True
    sides_of: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, side in enumerate(problem.sides):
        of_these = among[side.pairs]
        loads = zip(side.pairs[of_these].tolist(), side.coefficient[of_these].tolist(), strict=True)
        for pair, coefficient in loads:
            sides_of[pair].append((number, coefficient))
    return sides_of
