"""The exact integer programme for what is no flow, on the few pairs that a face leaves open."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem, SideLimit
from optimiser.solve.deadline import Deadline
from optimiser.solve.face import Face
from optimiser.solve.programme import NoChoice as NoChoice
from optimiser.solve.programme import OutOfTime as OutOfTime
from optimiser.solve.programme import Programme

Index = NDArray[np.int64]


def best_with_sides(
    problem: Problem, face: Face, worth: NDArray[np.int64] | None, deadline: Deadline
) -> NDArray[np.bool_]:
    """A choice of the problem's pairs (k,) on the face that keeps all sides, with the greatest worth.

    Without worth any such choice will do.

    Raises
    ------
    NoChoice
        When there is none.
    OutOfTime
        When the time limit came first; with the best choice found and the bound.
    """
    programme = Programme()
    programme.add([1] * len(face.pairs))
    place_once(programme, problem, face.pairs, face.must)
    keep_sides(programme, problem, face.sides, face.pairs)
    _keep_capacity(programme, problem, face)
    return best_pairs(programme, problem, face.pairs, worth, deadline)


def best_pairs(
    programme: Programme,
    problem: Problem,
    pairs: Index,
    worth: NDArray[np.int64] | None,
    deadline: Deadline,
    ceiling: int | None = None,
) -> NDArray[np.bool_]:
    """The pairs taken, of all the problem's pairs, shape (k,), where the first variables are open pairs.

    ceiling: a worth that no choice exceeds, where one is known.

    Raises
    ------
    NoChoice, OutOfTime
        See `best_with_sides`.
    """
    found = programme.solve(None if worth is None else worth.tolist(), deadline, ceiling)
    chosen = None if found.values is None else chosen_pairs(problem, pairs, found.values)
    if not found.proved or chosen is None:
        raise OutOfTime("the time limit came before a proof", chosen, found.bound)
    return chosen


def chosen_pairs(problem: Problem, pairs: Index, values: Index) -> NDArray[np.bool_]:
    """The pairs whose variables, the first ones, are not zero, of all the problem's pairs, shape (k,)."""
    chosen = np.zeros(len(problem.seeker), dtype=bool)
    chosen[pairs] = values[: len(pairs)] > 0
    return chosen


def place_once(programme: Programme, problem: Problem, pairs: Index, must: NDArray[np.bool_]) -> None:
    """Every seeker at most one place, and exactly one where it has to be placed."""
    mine: dict[int, list[int]] = {seeker: [] for seeker in np.flatnonzero(must).tolist()}
    for variable, seeker in enumerate(problem.seeker[pairs].tolist()):
        mine.setdefault(seeker, []).append(variable)
    for seeker, variables in mine.items():
        programme.row(variables, [1] * len(variables), 1, 1 if must[seeker] else None)


def keep_sides(programme: Programme, problem: Problem, sides: Iterable[SideLimit], pairs: Index) -> None:
    """Every limit across pools, over the pairs that are open."""
    position = np.full(len(problem.seeker), -1)
    position[pairs] = np.arange(len(pairs))
    for side in sides:
        at = position[side.pairs]
        programme.row(at[at >= 0].tolist(), side.coefficient[at >= 0].tolist(), side.most)


def _keep_capacity(programme: Programme, problem: Problem, face: Face) -> None:
    changes: list[list[tuple[int, int]]] = [[] for _ in problem.vacant]
    homes = problem.home[problem.seeker[face.pairs]].tolist()
    for variable, (pool, home) in enumerate(zip(problem.pool[face.pairs].tolist(), homes, strict=True)):
        changes[pool].append((variable, 1))
        if home != NO_HOME:
            changes[home].append((variable, -1))
    for pool, places in enumerate(problem.vacant.tolist()):
        variables, coefficients = [v for v, _ in changes[pool]], [c for _, c in changes[pool]]
        programme.row(variables, coefficients, places, places if face.full[pool] else None)
