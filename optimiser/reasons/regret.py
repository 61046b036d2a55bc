"""Regret: what it costs the whole, goal by goal, that one household is to have one place; exact."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from optimiser.chains import split
from optimiser.gap.residual import Paths, best_paths, is_pure_flow, stands
from optimiser.match import Match
from optimiser.matching import matching_problem, plan_of
from optimiser.problem import Problem
from optimiser.reasons.effect import Effect, effect
from optimiser.within import solve_within

Flags = NDArray[np.bool_]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Base:
    """The problem of a run and its choice of pairs (k,), to be forced away from.

    flow says that the choice is best also without limits across pools and on chains, so that what a
    forced pair changes can be read off the residual graph where the new plan keeps those limits.
    """

    problem: Problem
    chosen: Flags
    most: int | None
    flow: bool

    def pair(self, h: int, p: int) -> int | None:
        """The pair of a household and a pool, None where it is not eligible or cannot be proposed."""
        found = np.flatnonzero((self.problem.seeker == h) & (self.problem.pool == p))
        return int(found[0]) if found.size else None

    def keeps(self, after: Flags) -> bool:
        """Whether a choice keeps the limits across pools and on chains."""
        if any(side.load(after) > side.most for side in self.problem.sides):
            return False
        if self.most is None:
            return True
        return split(plan_of(self.problem, after), self.problem.vacant, self.most) is not None


def base_of(match: Match) -> Base:
    """A run as something to force a pair into."""
    pairs = match.compatible.eligible
    problem = matching_problem(match.assessment, match.priority, pairs, match.moves, match.limits)
    most = match.moves if isinstance(match.moves, int) else None
    return Base(problem, match.solution.chosen, most, is_pure_flow(problem, match.solution))


def regret(match: Match, h: int, p: int) -> Effect | None:
    """What changes for the whole when a household is to have a place in a pool; nothing where it has it.

    The best plan among those with the pair against the plan of the run, goal by goal. None when no plan
    has the pair: it is not eligible, nobody leaves a full pool, or a limit stands in the way.
    """
    return regrets(base_of(match), [(h, p)])[0]


def regrets(
    base: Base, pairs: Sequence[tuple[int, int]], progress: Progress | None = None
) -> list[Effect | None]:
    """The regret of each of some pairs (household, pool), each by itself."""
    at = stands(base.problem, base.chosen)
    paths: dict[tuple[int, bool], Paths] = {}
    # Paths from one pool serve all households that want it; paths to one node all pools for one household.
    outwards = len({p for _, p in pairs}) <= len({int(at[h]) for h, _ in pairs})
    found: list[Effect | None] = []
    for number, (h, p) in enumerate(pairs, start=1):
        pair = base.pair(h, p)
        if pair is None:
            found.append(None)
        else:
            one = p if outwards else int(at[h])
            if base.flow and (one, outwards) not in paths:
                paths[one, outwards] = best_paths(base.problem, base.chosen, one, outwards=outwards)
            path = paths.get((one, outwards))
            found.append(_regret(base, pair, path, int(at[h]) if outwards else p))
        if progress is not None:
            progress(number, len(pairs))
    return found


def _regret(base: Base, pair: int, path: Paths | None, node: int) -> Effect | None:
    if base.chosen[pair]:
        return effect(base.problem, base.chosen, base.chosen)
    if path is not None:
        if not path.reachable[node]:
            return None
        after = path.applied(base.chosen, node)
        after[(base.problem.seeker == base.problem.seeker[pair]) & base.chosen] = False
        after[pair] = True
        if base.keeps(after):
            return effect(base.problem, base.chosen, after)
    forced = _solved(base, pair)
    return None if forced is None else effect(base.problem, base.chosen, forced)


def _solved(base: Base, pair: int) -> Flags | None:
    """The best choice with a pair, by solving again with the pair as a goal before all others."""
    first = np.zeros((1, len(base.chosen)), dtype=np.int64)
    first[0, pair] = 1
    problem = replace(base.problem, goals=np.concatenate([first, base.problem.goals]))
    solution, _ = solve_within(problem, base.most)
    return solution.chosen if solution.chosen[pair] else None
