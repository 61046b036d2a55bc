"""What cannot bring a household a place, told from best paths without solving again."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.gap.residual import OneMore, one_more_place, with_one_more
from optimiser.limits.model import Limits
from optimiser.match import Match
from optimiser.matching import matching_problem
from optimiser.priority import prioritise
from optimiser.reasons.regret import Base
from optimiser.reasons.shifts import Shifts, shifts, stands

Index = NDArray[np.int64]


class Screen:
    """Tells, in a pure flow, whom new pools cannot bring a place: no pool is worth what it costs others.

    A household left out gains one exactly if a pool is worth more to the whole than the best way to give
    that place up; limits across pools can only stop it, so who fails here is settled.
    """

    def __init__(self, match: Match, base: Base) -> None:
        self.match = match
        self.base = base
        self.nodes = stands(base.problem, base.chosen)
        self.paths: dict[int, Shifts] = {}
        self.one_more: OneMore | None = None

    def may_gain(self, known: Assessment, rows: Index, after: NDArray[np.bool_]) -> set[int]:
        """Those of some households, eligible after an answer as told (k, m), who may gain a place."""
        if not self.base.flow or not rows.size:
            return set(rows.tolist())
        order = np.argsort(rows)
        i, pools = np.nonzero(after[order])
        told = self.match.limits
        kept = Limits(blocks=told.blocks, reserves=told.reserves, like=told.like)
        pairs = rows[order][i], pools
        problem = matching_problem(known, prioritise(known), pairs, self.match.moves, kept)
        gaining = set()
        for h, p, worth in zip(
            problem.seeker.tolist(), problem.pool.tolist(), problem.goals.T.tolist(), strict=True
        ):
            path = self._path(int(self.nodes[h]))
            if h not in gaining and path.reachable[p]:
                gain = [int(w) - int(cost) for w, cost in zip(worth, path.loss[p], strict=True)]
                if gain > [0] * len(gain):
                    gaining.add(h)
        return gaining

    def _path(self, node: int) -> Shifts:
        if node not in self.paths:
            self.paths[node] = shifts(self.base.problem, self.base.chosen, node, outwards=False)
        return self.paths[node]

    def may_gain_by_place(self, h: int, p: int) -> bool:
        """Whether one more place in a pool may bring a household one; if not, that is settled."""
        problem, chosen = self.base.problem, self.base.chosen
        left_out = self.match.moves == "none" and problem.vacant[p] == 0
        if not self.base.flow or left_out:
            return True
        if self.one_more is None:
            self.one_more = one_more_place(problem, chosen)
        after = with_one_more(self.one_more, chosen, p)
        vacant = problem.vacant.copy()
        vacant[p] += 1
        roomier = replace(self.base, problem=replace(problem, vacant=vacant))
        return h in problem.seeker[after] or not roomier.keeps(after)
