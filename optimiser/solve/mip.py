"""The exact integer programme for what is no flow, on the few pairs that a face leaves open."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from optimiser.problem import NO_HOME, Problem, SideLimit
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import Face

Index = NDArray[np.int64]

ENGINE = "SAT"
"""CP-SAT: it reasons in whole numbers, so its proofs need no tolerance."""

PARAMETERS = "num_workers:1,linearization_level:2,relative_gap_limit:0,absolute_gap_limit:0"
"""One worker, so that the same input takes the same path on every machine; all rows in the relaxation,
since these are all but linear programmes."""

FROM_ABOVE = f"{PARAMETERS},optimize_with_core:true"
"""Lowers the bound until a choice meets it, rather than mending a choice: now slower, now far faster."""

EFFORTS = (
    *(
        f"{way},max_deterministic_time:{effort}"
        for effort in (8, 32, 128)
        for way, effort in ((PARAMETERS, effort), (FROM_ABOVE, effort // 2))
    ),
    PARAMETERS,
)
"""Both ways by turns with growing effort, counted in steps and not by the clock, so that every machine
goes the same way; the last has no end."""


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
    place_once(solver, problem, face.pairs, face.must, variable)
    keep_sides(solver, problem, face.sides, face.pairs, variable)
    _keep_capacity(solver, problem, face, variable)
    solve_exactly(solver, variable, worth, deadline)
    return chosen_pairs(problem, face.pairs, variable)


def solve_exactly(
    solver: pywraplp.Solver,
    variable: list[pywraplp.Variable],
    worth: NDArray[np.int64] | None,
    deadline: Deadline,
) -> None:
    """Solve to proof, with the greatest worth of the variables if one is given.

    Raises
    ------
    NoChoice, OutOfTime
        See `best_with_sides`.
    """
    if worth is not None:
        objective = solver.Objective()
        for x, value in zip(variable, worth.tolist(), strict=True):
            objective.SetCoefficient(x, float(value))
        objective.SetMaximization()
    for effort in EFFORTS if worth is not None else (PARAMETERS,):
        left = deadline.left()
        if left is not None:
            solver.SetTimeLimit(max(1, int(left * 1000)))
        solver.SetSolverSpecificParametersAsString(effort)
        status = solver.Solve()
        if status == pywraplp.Solver.INFEASIBLE:
            raise NoChoice("no choice keeps every side")
        if status == pywraplp.Solver.OPTIMAL:
            return
        if deadline.passed():
            break
    raise OutOfTime("the time limit came before a proof")


def chosen_pairs(problem: Problem, pairs: Index, variable: list[pywraplp.Variable]) -> NDArray[np.bool_]:
    """The pairs taken, of all the problem's pairs, shape (k,)."""
    chosen = np.zeros(len(problem.seeker), dtype=bool)
    chosen[pairs] = [x.solution_value() > 0.5 for x in variable]
    return chosen


def place_once(
    solver: pywraplp.Solver,
    problem: Problem,
    pairs: Index,
    must: NDArray[np.bool_],
    variable: list[pywraplp.Variable],
) -> None:
    """Every seeker at most one place, and exactly one where it has to be placed."""
    rows: dict[int, pywraplp.Constraint] = {
        seeker: solver.Constraint(1.0, 1.0) for seeker in np.flatnonzero(must).tolist()
    }
    for seeker, x in zip(problem.seeker[pairs].tolist(), variable, strict=True):
        if seeker not in rows:
            rows[seeker] = solver.Constraint(0.0, 1.0)
        rows[seeker].SetCoefficient(x, 1.0)


def keep_sides(
    solver: pywraplp.Solver,
    problem: Problem,
    sides: Sequence[SideLimit],
    pairs: Index,
    variable: list[pywraplp.Variable],
) -> None:
    """Every limit across pools, over the pairs that are open."""
    position = np.full(len(problem.seeker), -1)
    position[pairs] = np.arange(len(pairs))
    for side in sides:
        row = solver.Constraint(-solver.infinity(), float(side.most))
        at = position[side.pairs]
        for i, coefficient in zip(at[at >= 0].tolist(), side.coefficient[at >= 0].tolist(), strict=True):
            row.SetCoefficient(variable[i], float(coefficient))


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
