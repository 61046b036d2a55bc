"""The exact integer programme for limited chains, on what a face leaves open."""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.guess import guess
from optimiser.solve.layered_face import LayeredFace
from optimiser.solve.layers import Layers, simple_cycles
from optimiser.solve.mip import best_pairs, chosen_pairs, keep_sides, place_once
from optimiser.solve.programme import Programme

Terms = list[tuple[int, int]]
"""Variables and their coefficients in a row."""


def best_in_layers(
    problem: Problem,
    structure: Layers,
    face: LayeredFace,
    worth: NDArray[np.int64] | None,
    deadline: Deadline,
    ceiling: int | None = None,
) -> NDArray[np.bool_]:
    """A choice of the problem's pairs (k,) on the face whose chains keep the limit, with greatest worth.

    Proposals are counted by kind; the counts of each kind are spread over the steps of chains and over
    cycles. ceiling: a worth that none of them exceeds, where it is known. Raises NoChoice and OutOfTime as
    `best_with_sides` does.
    """
    programme = _programme(problem, structure, face)
    return best_pairs(programme, problem, face.pairs, worth, deadline, ceiling)


def guess_in_layers(
    problem: Problem, structure: Layers, face: LayeredFace, worth: NDArray[np.int64], deadline: Deadline
) -> NDArray[np.bool_] | None:
    """A good choice on the face, most often a best one, with no proof of that; None when none is found."""
    programme = _programme(problem, structure, face)
    found = guess(programme.most, programme.rows, worth.tolist(), deadline)
    return None if found is None else chosen_pairs(problem, face.pairs, found)


def _programme(problem: Problem, structure: Layers, face: LayeredFace) -> Programme:
    """The first variables are the open pairs."""
    programme = Programme()
    programme.add([1] * len(face.pairs))
    place_once(programme, problem, face.pairs, face.must)
    keep_sides(programme, problem, (*face.sides, *face.held), face.pairs)
    kinds = structure.kind_of[face.pairs]
    rows: dict[int, Terms] = {kind: [] for kind in np.unique(kinds).tolist()}
    for variable, kind in enumerate(kinds.tolist()):
        rows[kind].append((variable, 1))
    number = np.bincount(kinds, minlength=len(structure.left))
    _spread_over_steps(programme, problem, structure, face, rows, number)
    cyclic = np.array([kind for kind in rows if face.cyclic[kind]], dtype=np.int64)
    cycles = list(simple_cycles(structure, cyclic))
    counts = programme.add([int(number[list(cycle)].min()) for cycle in cycles])
    for variable, cycle in zip(counts, cycles, strict=True):
        for kind in cycle:
            rows[kind].append((variable, -1))
    for terms in rows.values():
        _row(programme, terms, 0, 0)
    return programme


def _spread_over_steps(
    programme: Programme,
    problem: Problem,
    structure: Layers,
    face: LayeredFace,
    rows: dict[int, Terms],
    number: NDArray[np.int64],
) -> None:
    at_step: dict[tuple[int, int], Terms] = defaultdict(list)
    for kind, terms in rows.items():
        taken, left = int(structure.taken[kind]), int(structure.left[kind])
        for at in np.flatnonzero(face.steps[kind]).tolist():
            (variable,) = programme.add([int(number[kind])])
            terms.append((variable, -1))
            at_step[taken, at].append((variable, 1))
            if left != NO_HOME and at + 1 < structure.most:
                at_step[left, at + 1].append((variable, -1))
    for pool, first in enumerate(structure.first.tolist()):
        for at in range(first - 1, structure.most):
            places = int(problem.vacant[pool]) if at == 0 else 0
            _row(programme, at_step[pool, at], places, places if face.full[pool, at] else None)


def _row(programme: Programme, terms: Terms, most: int, least: int | None) -> None:
    programme.row([variable for variable, _ in terms], [factor for _, factor in terms], most, least)
