"""The linear programme behind limited chains, over the pairs and cycles that matter so far."""

from dataclasses import dataclass, field
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.deadline import Deadline
from optimiser.solve.engine import Entries, Matrix, best_by
from optimiser.solve.layered_face import LayeredFace
from optimiser.solve.layers import Cycle, Layers, simple_cycles

Index = NDArray[np.int64]

FEW_PAIRS = 5000
FEW_CYCLES = 500
"""So few are all in the programme from the start: one round then instead of many."""


@dataclass(slots=True)
class Columns:
    """What the programme may use: some of the problem's pairs (sorted indices), and cycles of kinds."""

    pairs: Index
    cycles: list[Cycle] = field(default_factory=list)

    def add(self, pairs: Index, cycles: list[Cycle]) -> bool:
        """Let the programme use some more; whether any of it is new."""
        before = len(self.pairs) + len(self.cycles)
        self.pairs = np.union1d(self.pairs, pairs)
        self.cycles += [cycle for cycle in cycles if cycle not in self.cycles]
        return len(self.pairs) + len(self.cycles) > before


@dataclass(frozen=True, slots=True)
class Duals:
    """Prices from the linear programme, in units of the goal, not yet whole: see LayeredPrices."""

    step: NDArray[np.float64]
    side: NDArray[np.float64]
    surplus: NDArray[np.float64]


def first_columns(structure: Layers, face: LayeredFace, start: Index) -> Columns:
    """The pairs of a first choice and no cycles, or all of either where they are few."""
    kinds = np.unique(structure.kind_of[face.pairs[face.cyclic[structure.kind_of[face.pairs]]]])
    cycles = list(islice(simple_cycles(structure, kinds), FEW_CYCLES + 1))
    return Columns(
        pairs=face.pairs if len(face.pairs) <= FEW_PAIRS else start,
        cycles=cycles if len(cycles) <= FEW_CYCLES else [],
    )


def solve_master(
    problem: Problem,
    structure: Layers,
    face: LayeredFace,
    worth: NDArray[np.int64],
    columns: Columns,
    deadline: Deadline,
) -> Duals | None:
    """Best fractional choice over the columns, as prices; None when there is none, or numbers or time fail.

    Rows: seekers, kinds, places by step, sides. Variables: pairs, kinds by step, cycles.
    """
    positions = np.flatnonzero(np.isin(face.pairs, columns.pairs))
    pairs = face.pairs[positions]
    seekers, seeker_row = np.unique(problem.seeker[pairs], return_inverse=True)
    kinds, kind_row = np.unique(structure.kind_of[pairs], return_inverse=True)
    at_kind, at = np.nonzero(face.steps[kinds])
    cycles = _usable(face, kinds, columns.cycles)
    m, most = len(problem.vacant), structure.most
    pool_rows = len(seekers) + len(kinds)
    side_rows = pool_rows + m * most
    taken, left = structure.taken[kinds][at_kind], structure.left[kinds][at_kind]
    hands_on = (left != NO_HOME) & (at + 1 < most)
    x, w = np.arange(len(pairs)), len(pairs) + np.arange(len(at))
    y = len(pairs) + len(at) + np.repeat(np.arange(len(cycles)), [len(cycle) for cycle in cycles])
    in_cycles = np.searchsorted(kinds, np.fromiter(chain.from_iterable(cycles), dtype=np.int64))
    one, less = np.int64(1), np.int64(-1)
    entries: list[Entries] = [
        (seeker_row, x, one),
        (len(seekers) + kind_row, x, one),
        (len(seekers) + at_kind, w, less),
        (pool_rows + taken * most + at, w, one),
        ((pool_rows + left * most + at + 1)[hands_on], w[hands_on], less),
        (len(seekers) + in_cycles, y, less),
    ]
    for number, side in enumerate(face.sides):
        where, of_side = _positions(pairs, side.pairs)
        entries.append((np.full(len(where), side_rows + number), where, side.coefficient[of_side]))
    places = np.zeros((m, most))
    places[:, 0] = problem.vacant
    most_of_row = np.concatenate(
        [np.ones(len(seekers)), np.zeros(len(kinds)), places.ravel(), [side.most for side in face.sides]]
    )
    exact = np.zeros(len(most_of_row), dtype=bool)
    exact[: len(seekers)] = face.must[seekers]
    exact[len(seekers) : pool_rows] = True
    exact[pool_rows:side_rows] = face.full.ravel()
    unit = float(max(1, np.abs(worth).max(initial=1)))
    gain = np.concatenate([worth[positions] / unit, np.zeros(len(at) + len(cycles))])
    least = np.where(exact, most_of_row, -np.inf)
    matrix = Matrix(gain, np.full(len(gain), np.inf), least, most_of_row, entries)
    found = best_by("glop", matrix, seconds=deadline.left_at_once())
    if found is None:
        return None
    dual = found.prices
    surplus = np.zeros(len(problem.home))
    surplus[seekers] = dual[: len(seekers)] * unit
    return Duals(dual[pool_rows:side_rows].reshape(m, most) * unit, dual[side_rows:] * unit, surplus)


def _usable(face: LayeredFace, kinds: Index, cycles: list[Cycle]) -> list[Cycle]:
    """Cycles of which every kind is open and in the programme."""
    present = np.zeros(len(face.cyclic), dtype=bool)
    present[kinds] = face.cyclic[kinds]
    return [cycle for cycle in cycles if all(present[kind] for kind in cycle)]


def _positions(pairs: Index, sought: Index) -> tuple[Index, Index]:
    """Where some of the pairs sought are among sorted pairs, and which of those sought they are."""
    at = np.searchsorted(pairs, sought)
    found = np.flatnonzero(pairs[np.minimum(at, len(pairs) - 1)] == sought) if len(pairs) else at[:0]
    return at[found], found
