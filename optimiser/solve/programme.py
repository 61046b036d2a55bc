"""Integer programmes by CP-SAT, which counts in whole numbers, so that its proofs need no tolerance."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from optimiser.solve.deadline import Deadline
from optimiser.solve.guess import Row, guess

FIRST_EFFORT = 0.5
"""Effort of the first attempt, about seconds but counted in steps and not by the clock, so that every
machine goes the same way; it doubles after each round."""

CUT_ROUNDS = 30
"""Rounds of cuts before the search, in the way that relies on them."""

Way = Literal["cuts", "tree", "plain", "downward"]
"""`cuts` tightens the linear programme and then goes from the bound downward, `tree` divides where the bound
is weakest, `plain` goes from the best solution upward, `downward` from the bound. Now the one is faster, now
the other, by far."""

COUNTED: tuple[Way, ...] = ("cuts", "plain", "downward", "tree")
"""Where solutions are counted, and cuts mostly prove that a bound just out of reach is that."""

WEIGHED: tuple[Way, ...] = ("tree", "cuts", "plain", "downward")
WITHOUT_WORTH: tuple[Way, ...] = ("plain", "cuts")

TWICE: tuple[Way, ...] = ("cuts", "tree")
"""Ways with twice the effort of the others: half done, they prove nothing."""


class NoChoice(Exception):
    """No choice on the face keeps every side."""


class OutOfTime(Exception):
    """The time limit came before a proof.

    Attributes
    ----------
    best
        The best choice found of all the problem's pairs, shape (k,); None when there is none.
    bound
        A value that no choice on the face exceeds, where one was asked for and is known.
    """

    def __init__(self, message: str, best: NDArray[np.bool_] | None = None, bound: int | None = None) -> None:
        super().__init__(message)
        self.best = best
        self.bound = bound


class Found(NamedTuple):
    """Values of all variables (None: none found), a bound on the worth, and whether it is reached."""

    values: NDArray[np.int64] | None
    bound: int | None
    proved: bool


class Programme:
    """Whole variables from 0 up and rows over them; variables are known by their number, from 0."""

    def __init__(self) -> None:
        self.most: list[int] = []
        self.rows: list[Row] = []

    def add(self, most: Sequence[int]) -> range:
        """More variables, each with the greatest value it may take; returns their numbers."""
        first = len(self.most)
        self.most += most
        return range(first, len(self.most))

    def row(
        self, variables: Sequence[int], coefficients: Sequence[int], most: int, least: int | None = None
    ) -> None:
        """The sum of coefficient x variable is at most `most`, and at least `least` if given."""
        self.rows.append(Row(variables, coefficients, most, least))

    def solve(self, worth: Sequence[int] | None, deadline: Deadline, ceiling: int | None = None) -> Found:
        """The greatest worth of the first variables, or any solution where no worth is given, to proof.

        ceiling: a worth that no solution exceeds, where one is known: a solution that reaches it is proved.

        Every way goes on from the best solution and the bound that the others have found. A solution
        guessed in floating point numbers counts once whole numbers have confirmed it; what such numbers
        say of bounds does not.

        Raises
        ------
        NoChoice
            When there is no solution.
        """
        if any(not row.variables and not row.holds(0) for row in self.rows):
            raise NoChoice("no choice keeps every side")
        search = _Search(self, worth, deadline, ceiling)
        search.attempt(FIRST_EFFORT, "cuts" if worth else "plain")
        effort = FIRST_EFFORT
        while not (search.proved or deadline.passed()):
            # Where worth is weighed, a guess can take half a minute and one of the ways a moment.
            if effort == (2 * FIRST_EFFORT if search.weighs else FIRST_EFFORT):
                search.take(guess(self.most, self.rows, worth, deadline))
            search.round(effort)
            effort *= 2
        return Found(search.best, search.bound, search.proved)


class _Search:
    """One programme under search: the best solution and the bound so far."""

    def __init__(
        self, programme: Programme, worth: Sequence[int] | None, deadline: Deadline, ceiling: int | None
    ) -> None:
        self.worth = None if worth is None or not len(worth) else np.array(worth, dtype=np.int64)
        self.deadline = deadline
        self.best: NDArray[np.int64] | None = None
        self.bound: int | None = None
        self.ceiling = ceiling
        self.worst = 0
        self.proved = False
        self.model = cp_model.CpModel()
        self.variables = [self.model.new_int_var(0, most, "") for most in programme.most]
        for row in programme.rows:
            if row.variables:
                of_row = [self.variables[i] for i in row.variables]
                total = cp_model.LinearExpr.weighted_sum(of_row, row.coefficients)
                least = lowest(row, programme.most) if row.least is None else row.least
                self.model.add_linear_constraint(total, least, row.most)
        if self.worth is not None:
            some = self.variables[: len(self.worth)]
            self.model.minimize(cp_model.LinearExpr.weighted_sum(some, (-self.worth).tolist()))
            self.worst = int(np.minimum(self.worth, 0) @ np.array(programme.most[: len(self.worth)]))

    def ways(self) -> tuple[Way, ...]:
        """The ways in the order in which they are tried."""
        if self.worth is None:
            return WITHOUT_WORTH
        return WEIGHED if self.weighs else COUNTED

    @property
    def weighs(self) -> bool:
        """Whether solutions are weighed, not only counted: some variable's worth is greater than one."""
        return self.worth is not None and int(np.abs(self.worth).max()) > 1

    def round(self, effort: float) -> None:
        """Search for so long in each way, twice as long where half done proves nothing."""
        for way in self.ways():
            self.attempt(2 * effort if way in TWICE else effort, way)

    def attempt(self, effort: float, way: Way) -> None:
        """Search for so long in one way, unless all is proved or time is up."""
        if self.proved or self.deadline.passed():
            return
        solver = _solver(effort, way, self.deadline)
        with stopped_with(self.deadline, solver):
            status = solver.solve(self.model)
        if status == cp_model.INFEASIBLE and self.best is not None:
            raise AssertionError("the engine denies a solution that holds")
        if status == cp_model.INFEASIBLE:
            raise NoChoice("no choice keeps every side")
        if status == cp_model.MODEL_INVALID:
            raise ValueError(f"the programme is out of range: {self.model.validate()}")
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        # A search that was cut short before any solution says 0 for a bound that it does not know.
        if self.worth is not None and found:
            known = -int(solver.response_proto.inner_objective_lower_bound)
            self.bound = known if self.bound is None else min(self.bound, known)
        if found:
            self.take(np.array(solver.response_proto.solution, dtype=np.int64))
        self.proved |= status == cp_model.OPTIMAL

    def take(self, values: NDArray[np.int64] | None) -> None:
        """Go on from a solution, if it is better than the best so far, and from the bound."""
        if values is not None and (self.best is None or self._value(values) > self._value(self.best)):
            self.best = values
            self.model.clear_hints()  # type: ignore[no-untyped-call]
            for variable, value in zip(self.variables, values.tolist(), strict=True):
                self.model.add_hint(variable, value)
        if self.worth is None:
            self.proved = self.best is not None
        elif self.best is not None and self._value(self.best) == self.ceiling:
            self.bound, self.proved = self.ceiling, True
        elif self.bound is not None:
            reached = self.worst if self.best is None else self._value(self.best)
            self.model.proto.objective.domain.clear()
            self.model.proto.objective.domain.extend([-self.bound, -reached])
            self.proved = self.best is not None and self._value(self.best) == self.bound

    def _value(self, values: NDArray[np.int64]) -> int:
        return 0 if self.worth is None else int(self.worth @ values[: len(self.worth)])


@contextmanager
def stopped_with(deadline: Deadline, solver: cp_model.CpSolver) -> Iterator[None]:
    """Let a search end when the run is told to."""
    if deadline.stop is None:
        yield
        return
    with deadline.stop.heard_by(solver.stop_search):
        yield


def lowest(row: Row, most: Sequence[int]) -> int:
    """The least that a row can sum to: a bound far below would take the engine out of its range."""
    pairs = zip(row.variables, row.coefficients, strict=True)
    return min(row.most, sum(min(coefficient, 0) * most[i] for i, coefficient in pairs))


def _solver(effort: float, way: Way, deadline: Deadline) -> cp_model.CpSolver:
    """One worker, so that the same input takes the same path on every machine; all rows in the relaxation,
    since these are all but linear programmes."""
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.linearization_level = 2
    parameters.relative_gap_limit = 0.0
    parameters.absolute_gap_limit = 0.0
    parameters.max_deterministic_time = effort
    parameters.optimize_with_core = way in ("cuts", "downward")
    parameters.optimize_with_lb_tree_search = way == "tree"
    if way == "cuts":
        parameters.max_cut_rounds_at_level_zero = CUT_ROUNDS
        parameters.root_lp_iterations = 100_000
        parameters.add_lp_constraints_lazily = False
    left = deadline.left()
    if left is not None:
        parameters.max_time_in_seconds = max(left, 0.001)
    return solver
