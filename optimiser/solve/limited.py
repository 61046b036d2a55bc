"""Goals in order where chains and cycles hold at most so many proposals."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NoPlan, Problem, SideLimit, Solution
from optimiser.solve.deadline import Deadline
from optimiser.solve.layered_face import (
    LayeredPrices,
    layered_bound,
    narrowed_layers,
    whole_layered_face,
)
from optimiser.solve.layered_mip import best_in_layers, guess_in_layers
from optimiser.solve.layered_prices import price_layers
from optimiser.solve.layers import Layers, layers
from optimiser.solve.lexicographic import bounds_on_the_way, values_of
from optimiser.solve.master import first_columns
from optimiser.solve.mip import NoChoice, OutOfTime

LAST_PAIRS = 400
"""So few open pairs go straight to the integer programme, goal by goal."""


STEPS_DOWN = 2
"""Times that a goal which counts, and misses its bound, is tried with one less: mostly that is reached."""

MOST_CAPPED = 1 << 31
"""A goal is also held at its value from above, which later bounds gain from; but no greater sum than
this: equations over the large numbers of a tie-break make proofs slower."""


def solve_limited(
    problem: Problem,
    most: int,
    start: NDArray[np.bool_],
    in_hand: NDArray[np.bool_] | None,
    deadline: Deadline,
    longest_cycle: int | None = None,
    relaxed: Sequence[int] = (),
) -> Solution:
    """The best choice whose chains hold at most `most` proposals, and cycles at most `longest_cycle`.

    With no longest_cycle given, cycles keep the limit of chains.

    Walks the goals as `solve` does, with prices of places by step from a linear programme; the face that
    is left goes to the integer programme, which finds the choice or shows at which goal the bound is
    out of reach. start is a choice without the limit, to begin from; in_hand one within it, returned when
    time runs out before a better one is found. relaxed: bounds on the way that a walk without the limit
    has proved.

    Raises
    ------
    NoPlan
        When no choice keeps every limit: proved.
    OutOfTime
        When time runs out before any choice that keeps every limit was found.
    """
    walk = _Walk(problem, layers(problem, most, longest_cycle), start, deadline)
    try:
        chosen = walk.run()
    except NoChoice as none:
        raise NoPlan(str(none)) from none
    except OutOfTime as late:
        found = [choice for choice in (walk.best, late.best, in_hand) if choice is not None]
        if not found:
            raise
        chosen = max(found, key=lambda choice: values_of(problem, choice))
        values = values_of(problem, chosen)
        bounds = bounds_on_the_way(problem, values, [relaxed, walk.reached()], deadline)
        return Solution(chosen, values, bounds, "chains+mip", False)
    values = values_of(problem, chosen)
    return Solution(chosen, values, values, "chains+mip", True)


class _Walk:
    def __init__(
        self, problem: Problem, structure: Layers, start: NDArray[np.bool_], deadline: Deadline
    ) -> None:
        self.problem = problem
        self.structure = structure
        self.deadline = deadline
        self.faces = [whole_layered_face(problem, structure)]
        self.columns = first_columns(structure, self.faces[0], np.flatnonzero(start))
        self.prices: list[LayeredPrices] = []
        self.exact = 0
        self.best: NDArray[np.bool_] | None = None
        self.late: tuple[int, int] | None = None

    def run(self) -> NDArray[np.bool_]:
        """Walk until a choice reaches every bound: the goals by prices, then exactly from the last back.

        An exact goal on a face without a choice says that the goal before misses its bound. The face of
        the goal solved exactly last holds a choice; only the very first may hold none.
        """
        goals = len(self.problem.goals)
        while True:
            self._descend()
            goal = len(self.faces) - 1
            while True:
                try:
                    self.best = self._best_on(goal)
                    break
                except NoChoice:
                    if goal == self.exact:
                        raise
                    goal -= 1
                except OutOfTime as late:
                    if late.bound is not None:
                        self.late = goal, late.bound
                    raise
            if goal >= goals - 1:
                return self.best
            value = int(self.problem.goals[goal][self.best].sum())
            self._narrow(goal, value)
            self.exact = goal + 1

    def reached(self) -> list[int]:
        """Bounds on the way, though the walk did not end: each of a face, or of the programme under way.

        A face holds every choice that reaches the bounds before it.
        """
        reached = [-face.held[-1].most for face in self.faces[1:]]
        if self.late is not None:
            goal, bound = self.late
            reached[goal:] = [min([bound, *reached[goal : goal + 1]])]
        return reached

    def _descend(self) -> None:
        """Narrow by prices, goal by goal, until few pairs are open or the goals are out."""
        for goal in range(len(self.faces) - 1, len(self.problem.goals)):
            face = self.faces[goal]
            if len(face.pairs) <= LAST_PAIRS:
                return
            if self.deadline.passed():
                raise OutOfTime("the time limit came before a proof")
            prices = self._price(goal)
            self.prices.append(prices)
            self._narrow(goal, layered_bound(self.problem, face, prices) // prices.scale)

    def _best_on(self, goal: int) -> NDArray[np.bool_]:
        """The choice on the face before a goal that is best for it; any choice where the goals are out."""
        face = self.faces[goal]
        if goal == len(self.problem.goals):
            return best_in_layers(self.problem, self.structure, face, None, self.deadline)
        if goal < len(self.faces) - 1:
            return self._best_below(goal, -self.faces[goal + 1].held[-1].most)
        worth = self.problem.goals[goal][face.pairs]
        return best_in_layers(self.problem, self.structure, face, worth, self.deadline)

    def _best_below(self, goal: int, missed: int) -> NDArray[np.bool_]:
        """As `_best_on` for a goal that no choice brings to a value.

        Where the goal counts, values just below are tried first, since the prices close most of the face
        for them. Else a choice guessed first does so by its value: either it is best, or something better
        is among what the prices leave above that value.
        """
        face = self.faces[goal]
        worth = self.problem.goals[goal][face.pairs]
        if int(np.abs(worth).max(initial=0)) <= 1:
            for value in range(missed - 1, missed - 1 - STEPS_DOWN, -1):
                try:
                    return self._best_reaching(goal, value, value)
                except NoChoice:
                    missed = value
        below = SideLimit("bound missed", face.pairs, worth, missed - 1)
        held = replace(face, held=(*face.held, below))
        start = guess_in_layers(self.problem, self.structure, held, worth, self.deadline)
        if start is None:
            return best_in_layers(self.problem, self.structure, held, worth, self.deadline)
        self.best = start
        better = int(self.problem.goals[goal][start].sum()) + 1
        if better == missed:
            return start
        try:
            return self._best_reaching(goal, better, missed - 1)
        except NoChoice:
            return start

    def _best_reaching(self, goal: int, value: int, ceiling: int) -> NDArray[np.bool_]:
        """The choice that is best for a goal and brings it to a value, where none exceeds the ceiling."""
        worth = self.problem.goals[goal]
        on_face = worth[self.faces[goal].pairs]
        trial = narrowed_layers(
            self.problem, self.structure, self.faces[goal], on_face, self.prices[goal], value
        )
        return best_in_layers(self.problem, self.structure, trial, worth[trial.pairs], self.deadline, ceiling)

    def _price(self, goal: int) -> LayeredPrices:
        face = self.faces[goal]
        worth = self.problem.goals[goal][face.pairs]
        return price_layers(self.problem, self.structure, face, worth, self.columns, self.deadline)

    def _narrow(self, goal: int, value: int) -> None:
        """Leave open after a goal what reaches a value that none exceeds, by the prices of the goal."""
        del self.faces[goal + 1 :], self.prices[goal + 1 :]
        face = self.faces[goal]
        if goal == len(self.prices):
            self.prices.append(self._price(goal))
        worth = self.problem.goals[goal][face.pairs]
        if abs(value) < MOST_CAPPED:
            face = replace(face, held=(*face.held, SideLimit("goal", face.pairs, worth, value)))
        prices = self.prices[goal]
        self.faces.append(narrowed_layers(self.problem, self.structure, face, worth, prices, value))
