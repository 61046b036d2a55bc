"""What one plan changes against another for the whole: goal by goal, and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.matching import GOALS
from optimiser.problem import Problem

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference between two plans; households by index.

    Attributes
    ----------
    goals
        Change of each goal. Cost counts as a positive sum in SEK/month, so a positive change is dearer.
    gain, lose
        Households that are proposed a place only afterwards, only before.
    elsewhere
        Households that are proposed another pool than before.
    """

    goals: Mapping[str, int]
    gain: tuple[int, ...]
    lose: tuple[int, ...]
    elsewhere: tuple[int, ...]

    @property
    def placements(self) -> int:
        """How many more households are proposed a place."""
        return len(self.gain) - len(self.lose)

    @property
    def rank(self) -> tuple[int, ...]:
        """The change in the order and sense of the goals: the greater, the better for the whole."""
        return tuple(-value if name == "cost" else value for name, value in self.goals.items())


def effect(problem: Problem, before: Flags, after: Flags) -> Effect:
    """What changes from one choice of a problem's pairs to another, both of shape (k,)."""
    change = (problem.goals[: len(GOALS), after].sum(axis=1)) - problem.goals[: len(GOALS), before].sum(
        axis=1
    )
    old, new = (
        dict(zip(problem.seeker[some].tolist(), problem.pool[some].tolist(), strict=True))
        for some in (before, after)
    )
    return effect_of_plans(change.tolist(), old, new)


def effect_of_plans(change: list[int], old: Mapping[int, int], new: Mapping[int, int]) -> Effect:
    """An effect from the change of each goal, all maximised, and each household's pool before and after."""
    goals = {name: -value if name == "cost" else value for name, value in zip(GOALS, change, strict=True)}
    return Effect(
        goals,
        gain=tuple(sorted(new.keys() - old.keys())),
        lose=tuple(sorted(old.keys() - new.keys())),
        elsewhere=tuple(sorted(h for h in old.keys() & new.keys() if old[h] != new[h])),
    )
