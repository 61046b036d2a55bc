"""Steps of chains where a plan leaves no choice: then nothing has to be searched for."""

from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from optimiser.instance import NONE

Arc = tuple[int, int]
"""The pool left (NONE for who enters) and the pool taken."""


def only_steps(kinds: Mapping[Arc, int], vacant: NDArray[np.int64]) -> dict[tuple[Arc, int], int] | None:
    """How many proposals of each kind happen at each step, where only one way makes the fewest chains.

    With the fewest chains every place that is left and can be taken is handed on, and only what more enter a
    pool than leave it begins chains there. So the steps at which places of a pool are taken follow from the
    steps at which they are left, from the ends of chains on, unless places are left over or are to be dealt
    out among different kinds.

    Parameters
    ----------
    kinds
        Proposals of each kind.
    vacant
        Places free before the run, shape (m,).

    Returns
    -------
    dict or None
        None where there is a choice, or a round of moves, or no way at all.
    """
    into: dict[int, list[Arc]] = defaultdict(list)
    out_of: dict[int, list[Arc]] = defaultdict(list)
    for kind in kinds:
        into[kind[1]].append(kind)
        if kind[0] != NONE:
            out_of[kind[0]].append(kind)
    steps: dict[Arc, Counter[int]] = {}
    to_do = list(into)
    while to_do:
        ready = [pool for pool in to_do if all(kind in steps for kind in out_of[pool])]
        if not ready:
            return None
        for pool in ready:
            taken = sum(kinds[kind] for kind in into[pool])
            at = _taken_at(taken, [steps[kind] for kind in out_of[pool]], int(vacant[pool]))
            if at is None or len(at) > 1 < len(into[pool]):
                return None
            for kind in into[pool]:
                steps[kind] = at if len(at) > 1 else Counter(dict.fromkeys(at, kinds[kind]))
        to_do = [pool for pool in to_do if pool not in ready]
    return {(kind, step): count for kind in steps for step, count in steps[kind].items()}


def _taken_at(taken: int, left: list[Counter[int]], vacant: int) -> Counter[int] | None:
    """Steps at which places of a pool are taken, from the steps at which each kind leaves some."""
    at: Counter[int] = Counter()
    for of_kind in left:
        for step, count in of_kind.items():
            at[step + 1] += count
    first = taken - at.total()
    if first > vacant or (first < 0 and len(at) > 1):
        return None
    if first < 0:
        return Counter(dict.fromkeys(at, taken))
    if first:
        at[1] = first
    return at
