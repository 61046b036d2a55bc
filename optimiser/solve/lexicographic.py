"""The goals strictly in order, each proved: from the whole face to the one best choice."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NoPlan, Problem, Solution
from optimiser.solve.anyhow import any_choice
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import Face, Prices, narrowed, scaled_bound, whole_face
from optimiser.solve.flow import NoFlow
from optimiser.solve.forced import forced_face
from optimiser.solve.mip import NoChoice, OutOfTime, best_with_sides
from optimiser.solve.repair import filled, repaired
from optimiser.solve.sideprices import price_sides


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
    except NoChoice as found:
        raise NoPlan(str(found)) from found
    except OutOfTime as late:
        chosen = _best_found(problem, walk, late.best, deadline)
        values = values_of(problem, chosen)
        bounds = bounds_on_the_way(problem, values, [walk.values], deadline)
        return Solution(chosen, values, bounds, walk.engine, False)
    return Solution(chosen, values_of(problem, chosen), bounds, walk.engine, True)


def solve_by_prices(
    problem: Problem, deadline: Deadline
) -> tuple[NDArray[np.bool_], tuple[int, ...], Solution | None]:
    """The choice the walk by prices ends at, its bounds on the way, and the best choice if that is it.

    Spares the integer programme where the answer would only be a start for something else.

    Raises
    ------
    NoPlan
        When a limit by itself is out of reach: proved.
    """
    walk = _Walk(problem, deadline)
    values: list[int] = []
    try:
        chosen = walk.descend([forced_face(problem)], values)
    except (NoFlow, OutOfTime):
        return walk.latest, tuple(values), None
    if chosen is None:
        return walk.latest, tuple(values), None
    return chosen, tuple(values), Solution(chosen, tuple(values), tuple(values), walk.engine, True)


def values_of(problem: Problem, chosen: NDArray[np.bool_]) -> tuple[int, ...]:
    """What a choice is worth under each goal."""
    return tuple(int(goal[chosen].sum()) for goal in problem.goals)


def _best_found(
    problem: Problem, walk: "_Walk", late: NDArray[np.bool_] | None, deadline: Deadline
) -> NDArray[np.bool_]:
    """The best of the latest choice, mended, and of those that integer programmes gave, late or not."""
    candidates = (walk.held, late, repaired(problem, walk.latest))
    found = [choice for choice in candidates if choice is not None]
    if not found:
        found.append(any_choice(problem, deadline.extra()))
    return max((filled(problem, choice) for choice in found), key=lambda choice: values_of(problem, choice))


class _Walk:
    """The state of one walk: the latest choice seen, the bounds proved so far, the engine needed."""

    def __init__(self, problem: Problem, deadline: Deadline) -> None:
        self.problem = problem
        self.deadline = deadline
        self.latest = np.zeros(len(problem.seeker), dtype=bool)
        self.held: NDArray[np.bool_] | None = None
        self.values: list[int] = []
        self.engine = "flow"

    def run(self) -> tuple[NDArray[np.bool_], tuple[int, ...]]:
        """Walk until a choice reaches every bound.

        The face before the goal that is solved exactly holds a choice, but for the very first: NoChoice
        says that even that one is empty.
        """
        faces = [forced_face(self.problem)]
        values = self.values
        exact = 0
        while True:
            try:
                feasible = self.descend(faces, values)
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

    def descend(self, faces: list[Face], values: list[int]) -> NDArray[np.bool_] | None:
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
        del faces[goal + 1 :], values[goal + 1 :]
        face = faces[goal]
        worth = self.problem.goals[goal][face.pairs]
        try:
            chosen = best_with_sides(self.problem, face, worth, self.deadline)
        except OutOfTime as late:
            if late.bound is not None:
                values[goal:] = [min([late.bound, *values[goal:]])]
            raise
        self.held = chosen
        value = int(self.problem.goals[goal][chosen].sum())
        prices, _, _ = price_sides(self.problem, face, worth, self.deadline)
        faces.append(narrowed(self.problem, face, worth, prices, value))
        values[goal:] = [value]


def bounds_on_the_way(
    problem: Problem, values: tuple[int, ...], walks: Sequence[Sequence[int]], deadline: Deadline
) -> tuple[int, ...]:
    """Bounds for a choice of some values from those that walks have proved so far, goal after goal.

    Each of those holds for the choices that reach all before it: so they count up to the first goal at
    which the choice stays below. After that the bounds are those of goals alone, without sides; and
    where even overtime is up, those of seekers alone, as if every place were free for each of them.
    """
    known: dict[int, int] = {}
    for reached in walks:
        for goal, bound in enumerate(reached):
            known[goal] = min(bound, known.get(goal, bound))
            if values[goal] < bound:
                break
    overtime = deadline.overtime()
    return tuple(
        known[goal] if goal in known else _bound_alone(problem, worth, overtime)
        for goal, worth in enumerate(problem.goals)
    )


def _bound_alone(problem: Problem, goal: NDArray[np.int64], deadline: Deadline) -> int:
    free = replace(problem, sides=())
    whole = whole_face(free)
    if deadline.passed():
        nothing = np.zeros(len(free.vacant), dtype=np.int64)
        return scaled_bound(free, whole, goal, Prices(nothing, nothing[:0]))
    prices, _, _ = price_sides(free, whole, goal, deadline)
    return scaled_bound(free, whole, goal, prices)
