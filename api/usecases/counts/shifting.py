"""The cheapest way off the truth: how far counts may lie from it so that all sums still hold.

A linear programme over all counts of a day, put together once and solved again and again from where it stood.
What a count costs grows with how far it lies off (by steps, each dearer than the one before), so that the
cheapest way changes few counts, and those that matter least. Its corners are whole numbers nearly always, as
the sums form something close to a network; what is not whole is turned down, and what is whole is added up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.linear_solver.pywraplp import Constraint, Variable

ROUND = 1e-6


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the way off the truth: how far it goes, and what it costs each time."""

    length: int
    cost: float


@dataclass(frozen=True, slots=True)
class Way:
    """The ways off the truth, upwards and downwards, cheapest first; closed, only where it is fixed."""

    up: Sequence[Step] = ()
    down: Sequence[Step] = ()
    closed: bool = False


class Shifting:
    """All counts by number, with the sums that tie them, each of which comes to nothing."""

    def __init__(self, ways: Sequence[Way], sums: Sequence[Sequence[tuple[int, int]]]) -> None:
        from ortools.linear_solver import pywraplp

        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._solver.SetSolverSpecificParametersAsString("use_preprocessing: false use_dual_simplex: true")
        self._rows = [self._solver.Constraint(0.0, 0.0) for _ in sums]
        self._in: list[list[tuple[Constraint, int]]] = [[] for _ in ways]
        self._sums = sums
        self._sums_of: list[list[int]] = [[] for _ in ways]
        for number, terms in enumerate(sums):
            for one, sign in terms:
                self._in[one].append((self._rows[number], sign))
                self._sums_of[one].append(number)
        self._objective = self._solver.Objective()
        self._objective.SetMinimization()
        self._steps: list[list[tuple[int, Step, Variable]]] = [[] for _ in ways]
        self._ways = list(ways)
        for one, way in enumerate(ways):
            self.change(one, way)

    def change(self, one: int, way: Way) -> None:
        """Give a count other ways off the truth."""
        self._ways[one] = way
        wanted = [(1, step) for step in way.up if step.length] + [(-1, s) for s in way.down if s.length]
        old, self._steps[one] = self._steps[one], []
        for sign, step in wanted:
            at = next((i for i, (other, _, _) in enumerate(old) if other == sign), None)
            if at is None:
                variable = self._solver.NumVar(0.0, 0.0, "")
                for row, factor in self._in[one]:
                    row.SetCoefficient(variable, sign * factor)
            else:
                variable = old.pop(at)[2]
            self._objective.SetCoefficient(variable, step.cost)
            self._steps[one].append((sign, step, variable))
        self._steps[one] += [(sign, Step(0, 0.0), variable) for sign, _, variable in old]
        self._open(one)

    def cheapest(self, fixed: Mapping[int, int]) -> dict[int, int] | None:
        """The cheapest shifts by number, those that are nothing left out; None where none were found.

        Parameters
        ----------
        fixed
            Shifts that are given, by number, whatever they cost.
        """
        fits = [self._fix(one, shift) for one, shift in fixed.items()]
        found = None
        if all(fits) and self._solver.Solve() == self._solver.OPTIMAL:
            found = self._read(fixed)
        for one in fixed:
            self._open(one)
        return found

    def _fix(self, one: int, shift: int) -> bool:
        left = abs(shift)
        for sign, step, variable in self._steps[one]:
            part = min(left, step.length) if sign * shift > 0 else 0
            left -= part
            variable.SetBounds(float(part), float(part))
        return not left

    def _open(self, one: int) -> None:
        for _, step, variable in self._steps[one]:
            variable.SetBounds(0.0, 0.0 if self._ways[one].closed else float(step.length))

    def _read(self, fixed: Mapping[int, int]) -> dict[int, int] | None:
        found = dict(fixed)
        for one, steps in enumerate(self._steps):
            if one not in fixed and not self._ways[one].closed:
                far = sum(sign * variable.solution_value() for sign, _, variable in steps)
                if abs(far - round(far)) > ROUND:
                    return None
                found[one] = round(far)
        found = {one: by for one, by in found.items() if by}
        rows = {row for one in found for row in self._sums_of[one]}
        whole = all(not sum(sign * found.get(one, 0) for one, sign in self._sums[row]) for row in rows)
        return found if whole else None
