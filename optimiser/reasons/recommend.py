"""Recommended places for one household and households for one vacancy, by what each changes for the whole."""

from dataclasses import dataclass

import numpy as np

from optimiser.match import Match
from optimiser.matching import GOALS
from optimiser.reasons.effect import Effect
from optimiser.reasons.regret import Progress, base_of, regrets

MOST = 20
"""So many options are tried when nothing is said."""


@dataclass(frozen=True, slots=True)
class Option:
    """A household in a pool, with what that changes for the whole, and who would lose a place."""

    household: int
    pool: int
    effect: Effect


@dataclass(frozen=True, slots=True)
class Recommendation:
    """Options, the one that is best for the whole first.

    Attributes
    ----------
    tried, eligible
        How many options were tried out, of how many that are eligible; those left out are less promising
        by tier, points and fit.
    impossible
        How many of those tried no plan has.
    """

    options: tuple[Option, ...]
    tried: int
    eligible: int
    impossible: int


def recommended_places(
    match: Match, h: int, most: int = MOST, progress: Progress | None = None
) -> Recommendation:
    """Places for one household, ranked goal by goal by what each changes for the whole.

    Tried are its proposal and then the pools that fit it best, at most so many.
    """
    return _recommended(match, "seeker", h, most, progress)


def recommended_households(
    match: Match, p: int, most: int = MOST, progress: Progress | None = None
) -> Recommendation:
    """Households for one vacancy of a pool, ranked goal by goal by what each changes for the whole.

    Tried are those proposed it and then the others by tier, points and fit, at most so many.
    """
    return _recommended(match, "pool", p, most, progress)


def _recommended(match: Match, side: str, one: int, most: int, progress: Progress | None) -> Recommendation:
    base = base_of(match)
    problem = base.problem
    mine = np.flatnonzero(getattr(problem, side) == one)
    tier, points = match.priority.tier[problem.seeker[mine]], match.priority.points[problem.seeker[mine]]
    fit = problem.goals[GOALS.index("fit"), mine]
    promising = mine[np.lexsort((mine, -fit, -points, tier, ~base.chosen[mine]))]
    pairs = [(int(problem.seeker[pair]), int(problem.pool[pair])) for pair in promising[:most].tolist()]
    found = regrets(base, pairs, progress)
    options = [
        Option(h, p, change) for (h, p), change in zip(pairs, found, strict=True) if change is not None
    ]
    # A sort keeps equals in their order, so among equals the more promising one stays first.
    options.sort(key=lambda option: option.effect.rank, reverse=True)
    return Recommendation(tuple(options), len(pairs), len(mine), len(pairs) - len(options))
