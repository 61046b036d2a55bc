"""The exact integer programme for limited chains, on what a face leaves open."""

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.layered_face import LayeredFace
from optimiser.solve.layers import Layers, simple_cycles
from optimiser.solve.mip import chosen_pairs, keep_sides, place_once, solve_exactly


def best_in_layers(
    problem: Problem,
    structure: Layers,
    face: LayeredFace,
    worth: NDArray[np.int64] | None,
    deadline: Deadline,
) -> NDArray[np.bool_]:
    """A choice of the problem's pairs (k,) on the face whose chains keep the limit, with greatest worth.

    Proposals are counted by kind; the counts of each kind are spread over the steps of chains and over
    cycles. Raises NoChoice and OutOfTime as `best_with_sides` does.
    """
    solver = pywraplp.Solver.CreateSolver("SAT")
    variable = [solver.BoolVar("") for _ in face.pairs]
    place_once(solver, problem, face.pairs, face.must, variable)
    keep_sides(solver, problem, (*face.sides, *face.held), face.pairs, variable)
    kinds = structure.kind_of[face.pairs]
    rows = {kind: solver.Constraint(0.0, 0.0) for kind in np.unique(kinds).tolist()}
    for kind, x in zip(kinds.tolist(), variable, strict=True):
        rows[kind].SetCoefficient(x, 1.0)
    number = np.bincount(kinds, minlength=len(structure.left))
    _spread_over_steps(solver, problem, structure, face, rows, number)
    cyclic = np.array([kind for kind in rows if face.cyclic[kind]], dtype=np.int64)
    for cycle in simple_cycles(structure, cyclic):
        y = solver.IntVar(0, int(number[list(cycle)].min()), "")
        for kind in cycle:
            rows[kind].SetCoefficient(y, -1.0)
    solve_exactly(solver, variable, worth, deadline)
    return chosen_pairs(problem, face.pairs, variable)


def _spread_over_steps(
    solver: pywraplp.Solver,
    problem: Problem,
    structure: Layers,
    face: LayeredFace,
    rows: dict[int, pywraplp.Constraint],
    number: NDArray[np.int64],
) -> None:
    layer = {}
    for pool, first in enumerate(structure.first.tolist()):
        for at in range(first - 1, structure.most):
            places = float(problem.vacant[pool]) if at == 0 else 0.0
            low = places if face.full[pool, at] else -solver.infinity()
            layer[pool, at] = solver.Constraint(low, places)
    for kind, row in rows.items():
        taken, left = int(structure.taken[kind]), int(structure.left[kind])
        for at in np.flatnonzero(face.steps[kind]).tolist():
            w = solver.IntVar(0, int(number[kind]), "")
            row.SetCoefficient(w, -1.0)
            layer[taken, at].SetCoefficient(w, 1.0)
            if left != NO_HOME and (left, at + 1) in layer:
                layer[left, at + 1].SetCoefficient(w, -1.0)
