"""Goals in order where chains and cycles hold at most so many proposals."""

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import Problem, Solution
from optimiser.solve.deadline import Deadline
from optimiser.solve.layered_face import LayeredFace, layered_bound, narrowed_layers, whole_layered_face
from optimiser.solve.layered_mip import best_in_layers
from optimiser.solve.layered_prices import price_layers
from optimiser.solve.layers import Layers, layers
from optimiser.solve.lexicographic import loose_bounds
from optimiser.solve.master import Columns
from optimiser.solve.mip import NoChoice, OutOfTime

LAST_PAIRS = 400
"""So few open pairs go straight to the integer programme, goal by goal."""


def solve_limited(
    problem: Problem,
    most: int,
    start: NDArray[np.bool_],
    in_hand: NDArray[np.bool_],
    deadline: Deadline,
    longest_cycle: int | None = None,
) -> Solution:
    """The best choice whose chains hold at most `most` proposals, and cycles at most `longest_cycle`.

    With no longest_cycle given, cycles keep the limit of chains.

    Walks the goals as `solve` does, with prices of places by step from a linear programme; the face that
    is left goes to the integer programme, which finds the choice or shows at which goal the bound is
    out of reach. start is a choice without the limit, to begin from; in_hand one within it, returned when
    time runs out before a better one is found.
    """
    walk = _Walk(problem, layers(problem, most, longest_cycle), start, deadline)
    try:
        chosen = walk.run()
    except OutOfTime:
        chosen = in_hand if walk.best is None else walk.best
        values = _values(problem, chosen)
        return Solution(chosen, values, loose_bounds(problem), "chains+mip", False)
    values = _values(problem, chosen)
    return Solution(chosen, values, values, "chains+mip", True)


class _Walk:
    def __init__(
        self, problem: Problem, structure: Layers, start: NDArray[np.bool_], deadline: Deadline
    ) -> None:
        self.problem = problem
        self.structure = structure
        self.deadline = deadline
        self.faces = [whole_layered_face(problem, structure)]
        self.columns = Columns(np.flatnonzero(start))
        self.best: NDArray[np.bool_] | None = None

    def run(self) -> NDArray[np.bool_]:
        goals = len(self.problem.goals)
        exact = 0
        while True:
            self._descend()
            try:
                chosen = self._choice(self.faces[-1], None)
            except NoChoice:
                exact = self._first_gap(exact)
                self._solve_exactly(exact)
                exact += 1
                continue
            self.best = chosen
            if len(self.faces) - 1 == goals:
                return chosen
            self._solve_exactly(len(self.faces) - 1)
            exact = len(self.faces) - 1

    def _descend(self) -> None:
        """Narrow by prices, goal by goal, until few pairs are open or the goals are out."""
        for goal in self.problem.goals[len(self.faces) - 1 :]:
            face = self.faces[-1]
            if len(face.pairs) <= LAST_PAIRS:
                return
            if self.deadline.passed():
                raise OutOfTime("the time limit came before a proof")
            worth = goal[face.pairs]
            prices = price_layers(self.problem, self.structure, face, worth, self.columns, self.deadline)
            value = layered_bound(self.problem, face, prices) // prices.scale
            self.faces.append(narrowed_layers(self.problem, self.structure, face, worth, prices, value))

    def _choice(self, face: LayeredFace, worth: NDArray[np.int64] | None) -> NDArray[np.bool_]:
        return best_in_layers(self.problem, self.structure, face, worth, self.deadline)

    def _first_gap(self, start: int) -> int:
        """The first goal, at or after a goal, that no choice brings to its bound; late faces are quick."""
        for goal in range(len(self.faces) - 2, start, -1):
            try:
                self._choice(self.faces[goal], None)
            except NoChoice:
                continue
            return goal
        return start

    def _solve_exactly(self, goal: int) -> None:
        del self.faces[goal + 1 :]
        face = self.faces[goal]
        worth = self.problem.goals[goal][face.pairs]
        self.best = self._choice(face, worth)
        value = int(self.problem.goals[goal][self.best].sum())
        prices = price_layers(self.problem, self.structure, face, worth, self.columns, self.deadline)
        self.faces.append(narrowed_layers(self.problem, self.structure, face, worth, prices, value))


def _values(problem: Problem, chosen: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(int(goal[chosen].sum()) for goal in problem.goals)
