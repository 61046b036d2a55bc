"""Numbered chains as layers: the step at which a place is taken, and the kinds of move between pools."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from optimiser.problem import NO_HOME, Problem
from optimiser.solve.cycles import short_cycles

Index = NDArray[np.int64]
Cycle = tuple[int, ...]
"""Kinds, each taking the place that the one before it leaves, the first the place that the last leaves."""

BARRED = -(1 << 60)
"""Worth of a walk that does not exist."""


@dataclass(frozen=True, slots=True)
class Layers:
    """The structure that a limit on chains adds to a problem.

    A kind is a pair of pools: the one left (NO_HOME for who enters) and the one taken. Proposals of one
    kind are alike for chains, so chains need only count them: a place of pool p taken at step t is a
    vacant one when t is 1, else one left at step t - 1.

    Attributes
    ----------
    most
        Most proposals in a chain.
    longest_cycle
        Most proposals in a cycle; below 2 there are no cycles.
    kind_of
        Kind of each of the problem's pairs, shape (k,).
    left, taken
        The pools of each kind, shape (kinds,).
    first
        Earliest step at which a place of each pool can be taken, shape (m,); most + 1 where none can.
    """

    most: int
    longest_cycle: int
    kind_of: Index
    left: Index
    taken: Index
    first: Index


def layers(problem: Problem, most: int, longest_cycle: int | None = None) -> Layers:
    """Kinds and earliest steps of a problem whose chains hold at most `most` proposals.

    Cycles hold at most `longest_cycle`; None for the same limit as chains.
    """
    home = problem.home[problem.seeker]
    m = len(problem.vacant)
    keys, kind_of = np.unique((home + 1) * (m + 1) + problem.pool, return_inverse=True)
    left, taken = keys // (m + 1) - 1, keys % (m + 1)
    first = np.where(problem.vacant > 0, 1, most + 1)
    for step in range(2, most + 1):
        freed = np.unique(left[(left != NO_HOME) & (first[taken] == step - 1)])
        first[freed] = np.minimum(first[freed], step)
    return Layers(most, most if longest_cycle is None else longest_cycle, kind_of, left, taken, first)


def simple_cycles(layers: Layers, kinds: Index) -> Iterator[Cycle]:
    """All cycles of some kinds within the limit that visit no pool twice; longer rounds consist of these."""
    kind = {(int(layers.taken[k]), int(layers.left[k])): k for k in kinds.tolist()}
    for pools in short_cycles(kind, layers.longest_cycle):
        yield tuple(kind[p, q] for p, q in zip(pools, [*pools[1:], pools[0]], strict=True))


def open_walks(layers: Layers, m: int, worth: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Greatest worth of a walk from pool to pool along kinds, by length, each (m, m).

    The lengths are those that one more proposal closes to a cycle: 1 to longest_cycle - 1.

    Entry [p, q] for length n is over n proposals that start by taking a place in p and end by leaving q.
    A cycle closes such a walk with one more proposal, which takes q and leaves p.
    """
    resident = np.flatnonzero((layers.left != NO_HOME) & (worth > BARRED // 2))
    order = resident[np.argsort(layers.left[resident], kind="stable")]
    one = np.full((m, m), BARRED, dtype=np.int64)
    if not order.size:
        return [one]
    taken, gain = layers.taken[order], worth[order]
    left, starts = np.unique(layers.left[order], return_index=True)
    one[layers.left[order], taken] = gain
    # Rows of where walks end, so that each step reads and compares whole rows.
    walks = [one]
    for _ in range(layers.longest_cycle - 2):
        longer = np.full((m, m), BARRED, dtype=np.int64)
        best = np.maximum.reduceat(walks[-1][taken] + gain[:, None], starts, axis=0)
        longer[left] = np.maximum(best, BARRED)
        walks.append(longer)
    return [walk.T for walk in walks]
