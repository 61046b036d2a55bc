"""What simpler ways of placing reach on the same instance, to stand beside the optimum.

First come: who has been homeless longest chooses first. Priority-greedy: the scarcest pool first, to its
top-priority eligible household, as the nearest real systems do. Both keep every limit that a match keeps.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import MISSING
from optimiser.match import Match
from optimiser.matching import GOALS, Moves, matching_problem
from optimiser.problem import NO_HOME, Problem


@dataclass(frozen=True, slots=True)
class Baseline:
    """What one way of placing reaches: its name, households proposed, and the goals (cost positive)."""

    name: str
    proposed: int
    goals: dict[str, int]


def baselines(match: Match) -> list[Baseline]:
    """First come and priority-greedy on the instance, eligibility and moves of a run."""
    a, priority = match.assessment, match.priority
    problem = matching_problem(a, priority, match.compatible.eligible, match.moves)
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
    """Pairs chosen when seekers, longest waiting first, each take the place that suits them best.

    waited (n,) is lowest for who came first; rounds go on while places left by movers are taken.
    """
    round_of_places = _Round(problem, moves)
    order = sorted(np.unique(problem.seeker).tolist(), key=lambda seeker: (int(waited[seeker]), seeker))
    taken = True
    while taken:
        taken = False
        for seeker in order:
            pairs = round_of_places.open_pairs(seeker)
            if pairs:
                round_of_places.take(max(pairs, key=lambda pair: (int(fit[pair]), -pair)))
                taken = True
    return round_of_places.chosen


def priority_greedy(problem: Problem, moves: Moves) -> NDArray[np.bool_]:
    """Pairs chosen when the scarcest pool with a free place takes its top-priority eligible seeker.

    Scarcest: fewest seekers who could take a place there for each free place. Priority: the goals.
    """
    round_of_places = _Round(problem, moves)
    rank = np.lexsort([*problem.goals[::-1]])
    standing = np.empty(len(rank), dtype=np.int64)
    standing[rank] = np.arange(len(rank))
    while True:
        best: tuple[float, int, int] | None = None
        for pool in np.flatnonzero(round_of_places.free > 0).tolist():
            pairs = [pair for pair in round_of_places.pairs_of_pool(pool) if round_of_places.may(pair)]
            if pairs:
                scarcity = len(pairs) / int(round_of_places.free[pool])
                candidate = (scarcity, pool, max(pairs, key=lambda pair: int(standing[pair])))
                best = candidate if best is None else min(best, candidate)
        if best is None:
            return round_of_places.chosen
        round_of_places.take(best[2])


class _Round:
    """Places handed out one at a time: what is free, at which step of a chain, and what a limit stops."""

    def __init__(self, problem: Problem, moves: Moves) -> None:
        self.problem = problem
        self.most = moves if isinstance(moves, int) else len(problem.home) + 1
        self.steps: list[list[int]] = [[1] * int(places) for places in problem.vacant]
        self.free = problem.vacant.copy()
        self.chosen = np.zeros(len(problem.seeker), dtype=bool)
        self.placed = np.zeros(len(problem.home), dtype=bool)
        self.by_pool = [np.flatnonzero(problem.pool == pool).tolist() for pool in range(len(problem.vacant))]
        starts = np.searchsorted(problem.seeker, np.arange(len(problem.home) + 1))
        self.by_seeker = starts
        self.loads = [0] * len(problem.sides)
        self.sides_of: dict[int, list[tuple[int, int]]] = {}
        for number, side in enumerate(problem.sides):
            for pair, coefficient in zip(side.pairs.tolist(), side.coefficient.tolist(), strict=True):
                self.sides_of.setdefault(pair, []).append((number, coefficient))

    def pairs_of_pool(self, pool: int) -> Sequence[int]:
        return [pair for pair in self.by_pool[pool] if not self.placed[self.problem.seeker[pair]]]

    def open_pairs(self, seeker: int) -> list[int]:
        if self.placed[seeker]:
            return []
        pairs = range(int(self.by_seeker[seeker]), int(self.by_seeker[seeker + 1]))
        return [pair for pair in pairs if self.free[self.problem.pool[pair]] > 0 and self.may(pair)]

    def may(self, pair: int) -> bool:
        """Whether every limit across pools would still be kept."""
        return all(
            self.loads[number] + coefficient <= self.problem.sides[number].most
            for number, coefficient in self.sides_of.get(pair, ())
        )

    def take(self, pair: int) -> None:
        """Give the place; a mover leaves one for the next step of its chain, if chains may be so long."""
        seeker, pool = int(self.problem.seeker[pair]), int(self.problem.pool[pair])
        step = self.steps[pool].pop()
        self.free[pool] -= 1
        self.chosen[pair] = self.placed[seeker] = True
        for number, coefficient in self.sides_of.get(pair, ()):
            self.loads[number] += coefficient
        home = int(self.problem.home[seeker])
        if home != NO_HOME and step < self.most:
            self.steps[home].append(step + 1)
            self.steps[home].sort(reverse=True)
            self.free[home] += 1


def _baseline(name: str, problem: Problem, chosen: NDArray[np.bool_]) -> Baseline:
    sums = problem.goals[: len(GOALS)][:, chosen].sum(axis=1).tolist()
    goals = {goal: -value if goal == "cost" else value for goal, value in zip(GOALS, sums, strict=True)}
    return Baseline(name, int(chosen.sum()), goals)
