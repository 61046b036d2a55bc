"""The linear programme behind limited chains, over the pairs and cycles that matter so far."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.layered_face import LayeredFace
from optimiser.solve.layers import Layers

Index = NDArray[np.int64]
Cycle = tuple[int, ...]
"""Kinds, each taking the place that the one before it leaves, the first the place that the last leaves."""


@dataclass(slots=True)
class Columns:
    """What the programme may use: some of the problem's pairs (sorted indices), and cycles of kinds."""

    pairs: Index
    cycles: list[Cycle] = field(default_factory=list)

    def add(self, pairs: Index, cycles: list[Cycle]) -> None:
        """Let the programme use some more."""
        self.pairs = np.union1d(self.pairs, pairs)
        self.cycles += [cycle for cycle in cycles if cycle not in self.cycles]


@dataclass(frozen=True, slots=True)
class Duals:
    """Prices from the linear programme, in units of the goal, not yet whole: see LayeredPrices."""

    step: NDArray[np.float64]
    side: NDArray[np.float64]
    surplus: NDArray[np.float64]


def solve_master(
    problem: Problem, structure: Layers, face: LayeredFace, worth: NDArray[np.int64], columns: Columns
) -> Duals | None:
    """Best fractional choice over the columns, as prices; None when there is none or numbers fail."""
    positions = np.flatnonzero(np.isin(face.pairs, columns.pairs))
    solver = pywraplp.Solver.CreateSolver("GLOP")
    solver.SuppressOutput()
    unit = float(max(1, np.abs(worth).max(initial=1)))
    infinity = solver.infinity()
    objective = solver.Objective()
    objective.SetMaximization()

    seeker_rows: dict[int, pywraplp.Constraint] = {}
    kind_rows: dict[int, pywraplp.Constraint] = {}
    layer_rows = _layer_rows(solver, problem, structure, face)
    side_rows = [solver.Constraint(-infinity, float(side.most)) for side in face.sides]
    loads = _loads(problem, face, face.pairs[positions])
    seekers = problem.seeker[face.pairs[positions]].tolist()
    kinds = structure.kind_of[face.pairs[positions]].tolist()
    for i, (seeker, kind) in enumerate(zip(seekers, kinds, strict=True)):
        x = solver.NumVar(0.0, infinity, "")
        objective.SetCoefficient(x, float(worth[positions[i]]) / unit)
        if seeker not in seeker_rows:
            seeker_rows[seeker] = solver.Constraint(1.0 if face.must[seeker] else -infinity, 1.0)
        seeker_rows[seeker].SetCoefficient(x, 1.0)
        if kind not in kind_rows:
            kind_rows[kind] = solver.Constraint(0.0, 0.0)
            _add_steps(solver, structure, face, kind, kind_rows[kind], layer_rows)
        kind_rows[kind].SetCoefficient(x, 1.0)
        for side, coefficient in loads.get(i, ()):
            side_rows[side].SetCoefficient(x, float(coefficient))
    for cycle in columns.cycles:
        if all(kind in kind_rows and face.cyclic[kind] for kind in cycle):
            x = solver.NumVar(0.0, infinity, "")
            for kind in cycle:
                kind_rows[kind].SetCoefficient(x, -1.0)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        return None
    step = np.zeros((len(problem.vacant), structure.most))
    for (pool, at), row in layer_rows.items():
        step[pool, at] = row.dual_value() * unit
    surplus = np.zeros(len(problem.home))
    for seeker, row in seeker_rows.items():
        surplus[seeker] = row.dual_value() * unit
    return Duals(step, np.array([row.dual_value() * unit for row in side_rows]), surplus)


def _layer_rows(
    solver: pywraplp.Solver, problem: Problem, structure: Layers, face: LayeredFace
) -> dict[tuple[int, int], pywraplp.Constraint]:
    rows = {}
    for pool, first in enumerate(structure.first.tolist()):
        for at in range(first - 1, structure.most):
            places = float(problem.vacant[pool]) if at == 0 else 0.0
            rows[pool, at] = solver.Constraint(places if face.full[pool, at] else -solver.infinity(), places)
    return rows


def _add_steps(
    solver: pywraplp.Solver,
    structure: Layers,
    face: LayeredFace,
    kind: int,
    row: pywraplp.Constraint,
    layer_rows: dict[tuple[int, int], pywraplp.Constraint],
) -> None:
    taken, left = int(structure.taken[kind]), int(structure.left[kind])
    for at in np.flatnonzero(face.steps[kind]).tolist():
        w = solver.NumVar(0.0, solver.infinity(), "")
        row.SetCoefficient(w, -1.0)
        layer_rows[taken, at].SetCoefficient(w, 1.0)
        if left != NO_HOME and (left, at + 1) in layer_rows:
            layer_rows[left, at + 1].SetCoefficient(w, -1.0)


def _loads(problem: Problem, face: LayeredFace, chosen: Index) -> dict[int, list[tuple[int, int]]]:
    """Sides that each of some pairs loads: its position -> (side, coefficient)."""
    loads: dict[int, list[tuple[int, int]]] = {}
    position = np.full(len(problem.seeker), -1)
    position[chosen] = np.arange(len(chosen))
    for number, side in enumerate(face.sides):
        at = position[side.pairs]
        hit = at >= 0
        for i, coefficient in zip(at[hit].tolist(), side.coefficient[hit].tolist(), strict=True):
            loads.setdefault(i, []).append((number, coefficient))
    return loads
