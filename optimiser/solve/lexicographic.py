"""The goals strictly in order, each proved: from the whole face to the one best choice."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NoPlan, Problem, Solution
from optimiser.solve.anyhow import any_choice
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import Face, narrowed, scaled_bound, whole_face
from optimiser.solve.flow import NoFlow
from optimiser.solve.forced import forced_face
from optimiser.solve.mip import NoChoice, OutOfTime, best_with_sides
from optimiser.solve.repair import repaired
from optimiser.solve.sideprices import price_sides

OVERTIME = 0.1
"""Part of a time limit that may be spent beyond it to find any plan at all."""


def solve(problem: Problem, deadline: Deadline | None = None) -> Solution:
    """The best choice of pairs: goals strictly in order, every limit kept, each value proved.

    Each goal is met as a flow on the face that the goals before left open; where a limit across pools
    is broken, its price makes the bound exact, and only the last, small face goes to the integer
    programme. If that finds no choice, a goal cannot reach its bound: that goal is solved exactly by
    itself, and the walk goes on from there. With a time limit the best choice found is returned with
    bounds that hold, and `optimal` says whether every bound is met.

    Raises
    ------
    NoPlan
        When no choice keeps every limit: proved.
    OutOfTime
        When the time limit came before any choice that keeps every limit was found.
    """
    deadline = deadline or Deadline()
    walk = _Walk(problem, deadline)
    try:
        chosen, bounds = walk.run()
        proved = True
    except NoChoice as found:
        raise NoPlan(str(found)) from found
    except OutOfTime:
        chosen, bounds = _best_found(problem, walk, deadline), loose_bounds(problem)
        proved = False
    values = values_of(problem, chosen)
    return Solution(chosen, values, bounds, walk.engine, proved and values == bounds)


def values_of(problem: Problem, chosen: NDArray[np.bool_]) -> tuple[int, ...]:
    """What a choice is worth under each goal."""
    return tuple(int(goal[chosen].sum()) for goal in problem.goals)


def _best_found(problem: Problem, walk: "_Walk", deadline: Deadline) -> NDArray[np.bool_]:
    """The better of the latest choice, mended, and the best that an integer programme gave."""
    found = [choice for choice in (walk.held, repaired(problem, walk.latest)) if choice is not None]
    if not found:
        found.append(any_choice(problem, Deadline(OVERTIME * (deadline.seconds or 0.0))))
    return max(found, key=lambda choice: values_of(problem, choice))


class _Walk:
    """The state of one walk: the latest choice seen, the bounds proved so far, the engine needed."""

    def __init__(self, problem: Problem, deadline: Deadline) -> None:
        self.problem = problem
        self.deadline = deadline
        self.latest = np.zeros(len(problem.seeker), dtype=bool)
        self.held: NDArray[np.bool_] | None = None
        self.engine = "flow"

    def run(self) -> tuple[NDArray[np.bool_], tuple[int, ...]]:
        """Walk until a choice reaches every bound.

        The face before the goal that is solved exactly holds a choice, but for the very first: NoChoice
        says that even that one is empty.
        """
        faces = [forced_face(self.problem)]
        values: list[int] = []
        exact = 0
        while True:
            try:
                feasible = self._descend(faces, values)
                if feasible is not None:
                    return feasible, tuple(values)
                self.engine = "flow+mip"
                chosen = best_with_sides(self.problem, faces[-1], None, self.deadline)
                return chosen, tuple(values)
            except (NoChoice, NoFlow):
                self.engine = "flow+mip"
                exact = self._first_gap(faces, exact)
            self._solve_exactly(faces, values, exact)
            exact += 1

    def _descend(self, faces: list[Face], values: list[int]) -> NDArray[np.bool_] | None:
        """Narrow the face goal by goal; the last choice if it keeps every side, else None."""
        keeps = not faces[-1].sides
        chosen = self.latest
        for goal in self.problem.goals[len(values) :]:
            if self.deadline.passed():
                raise OutOfTime("the time limit came before a proof")
            face = faces[-1]
            worth = goal[face.pairs]
            prices, chosen, keeps = price_sides(self.problem, face, worth, self.deadline)
            self.latest = chosen
            if prices.side.any():
                self.engine = "flow+prices"
            value = scaled_bound(self.problem, face, worth, prices) // prices.scale
            faces.append(narrowed(self.problem, face, worth, prices, value))
            values.append(value)
        return chosen if keeps else None

    def _first_gap(self, faces: list[Face], start: int) -> int:
        """The first goal whose bound no choice reaches, at or after a goal, by halving."""
        low, high = start, len(faces) - 2
        while low < high:
            middle = (low + high) // 2
            try:
                self.held = best_with_sides(self.problem, faces[middle + 1], None, self.deadline)
                low = middle + 1
            except NoChoice:
                high = middle
        return low

    def _solve_exactly(self, faces: list[Face], values: list[int], goal: int) -> None:
        """Solve one goal as an integer programme on its face and narrow to what reaches its value."""
        del faces[goal + 1 :], values[goal:]
        face = faces[goal]
        worth = self.problem.goals[goal][face.pairs]
        chosen = best_with_sides(self.problem, face, worth, self.deadline)
        self.held = chosen
        value = int(self.problem.goals[goal][chosen].sum())
        prices, _, _ = price_sides(self.problem, face, worth, self.deadline)
        faces.append(narrowed(self.problem, face, worth, prices, value))
        values.append(value)


def loose_bounds(problem: Problem) -> tuple[int, ...]:
    """For each goal alone, a value that no choice at all exceeds."""
    free = replace(problem, sides=())
    whole = whole_face(free)
    bounds = []
    for goal in problem.goals:
        prices, _, _ = price_sides(free, whole, goal, Deadline())
        bounds.append(scaled_bound(free, whole, goal, prices))
    return tuple(bounds)
