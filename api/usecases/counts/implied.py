"""Between what a withheld count must lie, by the sums of the day and by what is told of the others."""

from collections import deque
from collections.abc import Mapping

from api.usecases.counts.figures import SMALL, Figures, Shown

ROUNDS = 40
"""How often each sum is looked at on the average before it is left at that."""
Ends = tuple[int, int | None]


def implied(
    figures: Figures, pattern: Mapping[str, Shown], told: Mapping[str, tuple[int, int]]
) -> dict[str, Ends]:
    """Least and most of each count, None for no end, as they follow from one sum after the other.

    A reader finds at least as much: a count told between these ends gives nothing away.

    Parameters
    ----------
    told
        Ends between which withheld counts are told to lie.
    """
    low, high = {}, {}
    for key, value in figures.values.items():
        if pattern[key] == Shown.EXACT:
            low[key] = high[key] = float(value)
        elif pattern[key] == Shown.SMALL:
            low[key], high[key] = float(SMALL.start), float(SMALL.stop - 1)
        else:
            least, most = told.get(key, (0, float("inf")))
            low[key], high[key] = float(least), float(most)
    sums = [[(one.whole, -1), *((part, 1) for part in one.parts)] for one in figures.sums]
    sums_of: dict[str, list[int]] = {}
    for row, terms in enumerate(sums):
        for key, _ in terms:
            sums_of.setdefault(key, []).append(row)
    queue = deque(range(len(sums)))
    left = ROUNDS * len(sums)
    while queue and left:
        left -= 1
        for key in _narrowed(sums[queue.popleft()], low, high):
            queue.extend(row for row in sums_of[key] if row not in queue)
    return {key: (int(low[key]), None if high[key] == float("inf") else int(high[key])) for key in low}


def _narrowed(terms: list[tuple[str, int]], low: dict[str, float], high: dict[str, float]) -> list[str]:
    """Narrow the counts of a sum by each other; those that were."""
    changed = []
    for key, sign in terms:
        least = most = 0.0
        for other, other_sign in terms:
            if other != key:
                # What the others come to, with the sign that this one would have on the other side.
                up = other_sign != sign
                least += low[other] if up else -high[other]
                most += high[other] if up else -low[other]
        if least > low[key] or most < high[key]:
            low[key], high[key] = max(low[key], least), min(high[key], most)
            changed.append(key)
    return changed
