"""What one more place, or new pools for one household, would change: read off best paths."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from optimiser.assessment import Assessment
from optimiser.chains import split
from optimiser.compatibility import compatibility
from optimiser.gap.open_doors import opened_by_one_more, problem_with_doors_open, same_choice
from optimiser.gap.residual import Paths, best_paths, one_more_place, stands
from optimiser.gap.within_face import first_reached
from optimiser.limits.model import Limits
from optimiser.match import Match
from optimiser.matching import GOALS, Plan, matching_problem
from optimiser.priority import prioritise
from optimiser.reasons.regret import Base
from optimiser.solve.lexicographic import solve, values_of
from optimiser.solve.repair import filled

TIERS = sum(name.startswith("tier_") for name in GOALS)
"""So many goals count households with a proposal; they come first."""

Index = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Gain:
    """The best that new pools bring a household: the pool, and the change of every goal, all maximised."""

    pool: int
    change: tuple[int, ...]


class Openings:
    """What a household without a proposal would gain, seen from a run's best choice.

    Attributes
    ----------
    exact
        The run is a pure flow, so that gains are exact where the plan after them keeps all limits.
    goals
        Those that gains count, (goals, k): all of an exact run, else the first ones of GOALS that are as
        high as without limits across pools and on chains. A gain in these is never too low: who gains
        nothing in them changes none of them.
    telling
        Whether the goals that count places, the tiers, are among them.
    """

    def __init__(self, match: Match, base: Base) -> None:
        self.match = match
        self.base = base
        self.exact = base.flow
        self.goals = base.problem.goals[: None if self.exact else self._as_high_as_without_limits()]
        self.telling = len(self.goals) >= TIERS
        self.nodes = stands(base.problem, base.chosen)
        self.paths: dict[int, Paths] = {}

    def by_pools(self, known: Assessment, rows: Index, after: Flags, names: Index) -> dict[int, Gain]:
        """What households gain by name, those that gain nothing left out.

        Parameters
        ----------
        known
            A city in which they are told apart from the run, or they alone.
        rows, names
            Their rows there and in the run, shape (k,).
        after
            Pools that are eligible for them there, shape (k, m).
        """
        order = np.argsort(rows)
        i, pools = np.nonzero(after[order])
        name_of = dict(zip(rows.tolist(), names.tolist(), strict=True))
        pairs = rows[order][i], pools
        problem = matching_problem(known, prioritise(known), pairs, self.match.moves, self._kept(known))
        worth = problem.goals[: len(self.goals)].T.tolist()
        best: dict[int, Gain] = {}
        for row, p, gains in zip(problem.seeker.tolist(), problem.pool.tolist(), worth, strict=True):
            name = name_of[row]
            path = self._path(int(self.nodes[name]))
            if path.reachable[p]:
                change = tuple(w - c for w, c in zip(gains, path.loss[p].tolist(), strict=True))
                if change > (best[name].change if name in best else (0,) * len(change)):
                    best[name] = Gain(p, change)
        return best

    def plan_after(self, h: int, gain: Gain) -> Plan:
        """The plan once a household has its gain, by household."""
        problem = self.base.problem
        after = self._path(int(self.nodes[h])).applied(self.base.chosen, gain.pool)
        household = np.append(problem.seeker[after], h)
        order = np.argsort(household)
        pool = np.append(problem.pool[after], gain.pool)[order]
        return Plan(household[order], pool, problem.home[household[order]])

    def keeps(self, known: Assessment, plan: Plan) -> bool:
        """Whether a plan keeps the limits across pools and on chains in a city."""
        moves, limits = self.match.moves, self.match.limits
        problem = matching_problem(known, prioritise(known), (plan.household, plan.pool), moves, limits)
        everything = np.ones(len(problem.seeker), dtype=bool)
        if len(problem.seeker) < len(plan.household):
            return False
        if any(side.load(everything) > side.most for side in problem.sides):
            return False
        most = self.base.most
        return most is None or split(plan, self.base.problem.vacant, most) is not None

    def by_place(self, p: int) -> tuple[Flags, tuple[int, ...]] | None:
        """The choice of `roomy` pairs with one more place in a pool, and the change of GOALS.

        None where the run is no pure flow, or the choice would break a limit.
        """
        if not self.exact:
            return None
        if not self.opened[p]:
            return self.roomy.chosen, (0,) * len(GOALS)
        after = self.one_more.applied(self.roomy.chosen, p)
        vacant = self.roomy.problem.vacant.copy()
        vacant[p] += 1
        if not replace(self.roomy, problem=replace(self.roomy.problem, vacant=vacant)).keeps(after):
            return None
        return after, tuple((-self.one_more.loss[p, : len(GOALS)]).tolist())

    def may_place(self, h: int, changed: Assessment) -> bool:
        """Whether a plan with a household can be best in a city changed for it; False is proved.

        The run's plan is still there after a change that closes nothing, and can be filled with more where
        there is room. A plan with the household has to be as good as that, and none is better than the best
        with it without limits across pools and on chains.
        """
        pairs = compatibility(changed).eligible
        priority, moves = prioritise(changed), self.match.moves
        problem = matching_problem(changed, priority, pairs, moves, self.match.limits)
        kept = same_choice(self.base.problem, self.base.chosen, problem)
        at_hand = values_of(problem, filled(problem, kept))
        free = matching_problem(changed, priority, pairs, moves, self._kept(changed))
        placed = (free.seeker == h).astype(np.int64)
        best = solve(replace(free, goals=np.concatenate([placed[None], free.goals]), sides=())).values
        return best[0] > 0 and best[1:] >= at_hand

    @cached_property
    def roomy(self) -> Base:
        """The run with the pairs into full pools among its pairs."""
        if self.match.moves != "none":
            return self.base
        a, pairs = self.match.assessment, self.match.compatible.eligible
        problem = problem_with_doors_open(a, self.match.priority, pairs, "none", self.match.limits)
        chosen = same_choice(self.base.problem, self.base.chosen, problem)
        return Base(problem, chosen, self.base.most, self.base.flow)

    @cached_property
    def one_more(self) -> Paths:
        """Best paths for one more place in each pool."""
        return one_more_place(self.roomy.problem, self.roomy.chosen)

    @cached_property
    def opened(self) -> Index:
        """Places that come open with one more in each pool, shape (m,)."""
        return opened_by_one_more(self.match.assessment.instance, self.match.limits)

    def _as_high_as_without_limits(self) -> int:
        """How many goals of GOALS, counted from the first without a gap."""
        problem = replace(self.base.problem, goals=self.base.problem.goals[: len(GOALS)], sides=())
        return first_reached(values_of(problem, self.base.chosen), solve(problem).values)

    def _kept(self, known: Assessment) -> Limits:
        """The limits that are no rows across pools, as far as they speak of households in view."""
        told, ids = self.match.limits, set(known.instance.household_ids)
        blocks = tuple(pair for pair in told.blocks if pair[0] in ids)
        return Limits(blocks=blocks, reserves=told.reserves, like=told.like)

    def _path(self, node: int) -> Paths:
        """Best ways for others to give up a place to who stands at a node."""
        if node not in self.paths:
            problem = replace(self.base.problem, goals=self.goals)
            self.paths[node] = best_paths(problem, self.base.chosen, node, outwards=False)
        return self.paths[node]
