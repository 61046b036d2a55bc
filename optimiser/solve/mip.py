"""The exact integer programme for what is no flow, on the few pairs that a face leaves open."""

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import Face

ENGINE = "SAT"
"""CP-SAT: it reasons in whole numbers, so its proofs need no tolerance."""

PARAMETERS = "num_workers:1,relative_gap_limit:0,absolute_gap_limit:0"
"""One worker: the same input takes the same path on every machine."""


class NoChoice(Exception):
    """No choice on the face keeps every side."""


class OutOfTime(Exception):
    """The time limit came before a proof."""


def best_with_sides(
    problem: Problem, face: Face, worth: NDArray[np.int64] | None, deadline: Deadline
) -> NDArray[np.bool_]:
    """A choice of the problem's pairs (k,) on the face that keeps all sides, with the greatest worth.

    Without worth any such choice will do. The answer is rounded and judged again in whole numbers.

    Raises
    ------
    NoChoice
        When there is none.
    OutOfTime
        When the time limit came first.
    """
    solver = pywraplp.Solver.CreateSolver(ENGINE)
    variable = [solver.BoolVar("") for _ in face.pairs]
    at = dict(zip(face.pairs.tolist(), variable, strict=True))
    _place_once(solver, problem, face, variable)
    _keep_capacity(solver, problem, face, variable)
    for side in face.sides:
        row = solver.Constraint(-solver.infinity(), float(side.most))
        for pair, coefficient in zip(side.pairs.tolist(), side.coefficient.tolist(), strict=True):
            if pair in at:
                row.SetCoefficient(at[pair], float(coefficient))
    if worth is not None:
        objective = solver.Objective()
        for x, value in zip(variable, worth.tolist(), strict=True):
            objective.SetCoefficient(x, float(value))
        objective.SetMaximization()
    left = deadline.left()
    if left is not None:
        solver.SetTimeLimit(max(1, int(left * 1000)))
    solver.SetSolverSpecificParametersAsString(PARAMETERS)
    status = solver.Solve()
    if status == pywraplp.Solver.INFEASIBLE:
        raise NoChoice("no choice keeps every side")
    if status != pywraplp.Solver.OPTIMAL:
        raise OutOfTime("the time limit came before a proof")
    chosen = np.zeros(len(problem.seeker), dtype=bool)
    chosen[face.pairs] = [x.solution_value() > 0.5 for x in variable]
    return chosen


def _place_once(
    solver: pywraplp.Solver, problem: Problem, face: Face, variable: list[pywraplp.Variable]
) -> None:
    rows: dict[int, pywraplp.Constraint] = {
        seeker: solver.Constraint(1.0, 1.0) for seeker in np.flatnonzero(face.must).tolist()
    }
    for seeker, x in zip(problem.seeker[face.pairs].tolist(), variable, strict=True):
        if seeker not in rows:
            rows[seeker] = solver.Constraint(0.0, 1.0)
        rows[seeker].SetCoefficient(x, 1.0)


def _keep_capacity(
    solver: pywraplp.Solver, problem: Problem, face: Face, variable: list[pywraplp.Variable]
) -> None:
    vacant = problem.vacant.tolist()
    rows = [
        solver.Constraint(float(places) if full else -solver.infinity(), float(places))
        for places, full in zip(vacant, face.full.tolist(), strict=True)
    ]
    homes = problem.home[problem.seeker[face.pairs]].tolist()
    for pool, home, x in zip(problem.pool[face.pairs].tolist(), homes, variable, strict=True):
        rows[pool].SetCoefficient(x, 1.0)
        if home != NO_HOME:
            rows[home].SetCoefficient(x, -1.0)
