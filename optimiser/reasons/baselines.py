"""What simpler ways of placing reach on the same instance, to stand beside the optimum.

First come: who has been homeless longest chooses first. Priority-greedy: the scarcest pool first, to its
top-priority eligible household, as the nearest real systems do. Both keep every limit that a match keeps,
but pins: no step by step way of placing can promise those.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import MISSING
from optimiser.match import Match
from optimiser.matching import GOALS, Moves, matching_problem
from optimiser.problem import NO_HOME, Problem

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What one way of placing reaches: its name, households proposed, and the goals (cost positive)."""

    name: str
    proposed: int
    goals: dict[str, int]


def baselines(match: Match) -> list[Baseline]:
    """First come and priority-greedy on the instance, eligibility and moves of a run."""
    a, priority = match.assessment, match.priority
    limits = replace(match.limits, pins=(), like=None)
    problem = matching_problem(a, priority, match.compatible.eligible, match.moves, limits)
    since = a.instance.households["homeless_since"].astype(np.int64)
    waited = np.where(since == MISSING, 1, since)
    fit = problem.goals[GOALS.index("fit")]
    return [
        _baseline("first_come", problem, first_come(problem, waited, fit, match.moves)),
        _baseline("priority_greedy", problem, priority_greedy(problem, match.moves)),
    ]


def first_come(
    problem: Problem, waited: NDArray[np.int64], fit: NDArray[np.int64], moves: Moves
) -> NDArray[np.bool_]:
    """Pairs chosen when, of all who may have a free place, who came first takes the one that fits best.

    waited (n,) is lowest for who came first. A place that a mover leaves is free for the next one.
    """
    hall = _Hall(problem, moves, waited[problem.seeker])
    while (pools := hall.open_pools()).size:
        seekers = {int(problem.seeker[hall.top(pool)]) for pool in pools.tolist()}
        pairs = hall.open_pairs(min(seekers, key=lambda seeker: (int(waited[seeker]), seeker)))
        hall.take(int(pairs[np.argmax(fit[pairs])]))
    return hall.chosen


def priority_greedy(problem: Problem, moves: Moves) -> NDArray[np.bool_]:
    """Pairs chosen when the scarcest pool with a free place takes its top-priority eligible seeker.

    Scarcest: fewest seekers who could take a place there for each free place. Priority: the goals.
    """
    rank = np.empty(len(problem.seeker), dtype=np.int64)
    rank[np.lexsort(problem.goals[::-1])[::-1]] = np.arange(len(rank))
    hall = _Hall(problem, moves, rank)
    while (pools := hall.open_pools()).size:
        scarcest = pools[np.argmin(hall.could[pools] / hall.free[pools])]
        hall.take(hall.top(int(scarcest)))
    return hall.chosen


class _Hall:
    """Places handed out one at a time: what is free, at which step of a chain, and what a limit stops.

    Attributes
    ----------
    free, could
        Free places of each pool, and pairs that could take one, shape (m,).
    stops
        How many things stand in the way of each pair: its seeker placed, a limit reached; shape (k,).
    """

    def __init__(self, problem: Problem, moves: Moves, rank: Index) -> None:
        k, m = len(problem.seeker), len(problem.vacant)
        self.problem = problem
        self.most = moves if isinstance(moves, int) else len(problem.home) + 1
        self.steps: list[list[int]] = [[1] * int(places) for places in problem.vacant]
        self.free = problem.vacant.copy()
        self.chosen = np.zeros(k, dtype=bool)
        self.stops = np.zeros(k, dtype=np.int64)
        self.could = np.bincount(problem.pool, minlength=m)
        self.by_pool = np.split(*_grouped(problem.pool, rank, m))
        self.seeker_starts = np.searchsorted(problem.seeker, np.arange(len(problem.home) + 1))
        self.loads = [0] * len(problem.sides)
        self.sides_of: dict[int, list[tuple[int, int]]] = {}
        for number, side in enumerate(problem.sides):
            self._stop(side.pairs, (side.coefficient > side.most).astype(np.int64))
            for pair, coefficient in zip(side.pairs.tolist(), side.coefficient.tolist(), strict=True):
                self.sides_of.setdefault(pair, []).append((number, coefficient))

    def open_pools(self) -> Index:
        """Pools with a free place that somebody could take."""
        return np.flatnonzero((self.free > 0) & (self.could > 0))

    def top(self, pool: int) -> int:
        """The first pair by rank that could take a place in a pool."""
        pairs = self.by_pool[pool]
        return int(pairs[np.argmax(self.stops[pairs] == 0)])

    def open_pairs(self, seeker: int) -> Index:
        """Pairs of a seeker that could be taken now."""
        pairs = self._pairs_of(seeker)
        is_open = (self.stops[pairs] == 0) & (self.free[self.problem.pool[pairs]] > 0)
        return np.asarray(pairs[is_open])

    def take(self, pair: int) -> None:
        """Give the place; a mover leaves one for the next step of its chain, if chains may be so long."""
        seeker, pool = int(self.problem.seeker[pair]), int(self.problem.pool[pair])
        step = self.steps[pool].pop()
        self.free[pool] -= 1
        self.chosen[pair] = True
        mine = self._pairs_of(seeker)
        self._stop(mine, np.ones(len(mine), dtype=np.int64))
        for number, coefficient in self.sides_of.get(pair, ()):
            side, before = self.problem.sides[number], self.loads[number]
            self.loads[number] += coefficient
            stood, stands = (side.coefficient + load > side.most for load in (before, self.loads[number]))
            self._stop(side.pairs, stands.astype(np.int64) - stood.astype(np.int64))
        home = int(self.problem.home[seeker])
        if home != NO_HOME and step < self.most:
            self.steps[home].append(step + 1)
            self.steps[home].sort(reverse=True)
            self.free[home] += 1

    def _pairs_of(self, seeker: int) -> Index:
        return np.arange(self.seeker_starts[seeker], self.seeker_starts[seeker + 1])

    def _stop(self, pairs: Index, more: Index) -> None:
        """Put so many things more in the way of some pairs, each named once."""
        before = self.stops[pairs] == 0
        self.stops[pairs] += more
        after = self.stops[pairs] == 0
        np.add.at(self.could, self.problem.pool[pairs], after.astype(np.int64) - before)


def _grouped(pool: Index, rank: Index, m: int) -> tuple[Index, Index]:
    """Pairs by pool and rank, and where each pool after the first begins."""
    order = np.lexsort((rank, pool))
    return order, np.searchsorted(pool[order], np.arange(1, m))


def _baseline(name: str, problem: Problem, chosen: NDArray[np.bool_]) -> Baseline:
    sums = problem.goals[: len(GOALS)][:, chosen].sum(axis=1).tolist()
    goals = {goal: -value if goal == "cost" else value for goal, value in zip(GOALS, sums, strict=True)}
    return Baseline(name, int(chosen.sum()), goals)
