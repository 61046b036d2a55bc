"""Which counts are shown: small ones never, nor what would give them away by a sum or a difference.

The reader is taken to know everything that was ever published: all tables of the day at once, and those of
earlier days, and even which counts have not changed in between. Whatever is left possible must leave every
small count free to be 1, 2, 3 or 4. Counts are withheld, the fewest and least important that do it, until
that is so; nothing is ever rounded or blurred. (Cell suppression with protection levels; Fischetti and
Salazar, Management Science 47, 2001, solve for all cells at once. Here each is protected after the other, and
what is withheld stays so: a cell once protected remains protected.)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.usecases.counts.figures import SMALL, Figures, Shown
from api.usecases.counts.unknowns import read_together

Pattern = Mapping[str, Shown]
"""How each count is shown."""


@dataclass(frozen=True, slots=True)
class Published:
    """Figures, and how they were shown."""

    figures: Figures
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Protection:
    """How each count is shown, and between which values a reader can tell that a withheld one lies."""

    pattern: dict[str, Shown]
    between: dict[str, tuple[int, int | None]]


def protect(figures: Figures, past: Sequence[Published] = ()) -> Protection:
    """How the counts are to be shown.

    Parameters
    ----------
    figures
        Of the day.
    past
        What was published before, oldest first.
    """
    unknowns = read_together(figures, first_pattern(figures), past)
    for target in unknowns.small():
        free = [unknowns.leave_open(target, value) for value in SMALL]
        if not all(free):
            # Something that everyone knows rules a value out: then let it not be certain that it is small.
            unknowns.leave_open(target, SMALL.stop)
    pattern = unknowns.pattern()
    withheld = [k for k, shown in pattern.items() if shown == Shown.WITHHELD and k not in figures.unseen]
    # What is left is worked out again from what is published: it tells no more than a reader could find.
    read = read_together(figures, pattern, past)
    return Protection(pattern, {key: read.between(key) for key in withheld})


def first_pattern(figures: Figures) -> dict[str, Shown]:
    """Small counts hidden and remainders unseen; all else as it is."""
    return {key: _first(figures, key) for key in figures.values}


def _first(figures: Figures, key: str) -> Shown:
    if key in figures.unseen:
        return Shown.WITHHELD
    return Shown.SMALL if figures.is_small(key) else Shown.EXACT
