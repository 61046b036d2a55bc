"""What a reader of published figures cannot know: counts as unknowns under the sums that tie them."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from api.usecases.counts.figures import SMALL, Figures, Shown
from api.usecases.counts.whole_numbers import FAR, Line, Ties

if TYPE_CHECKING:
    from api.usecases.counts.suppression import Published

EVERYWHERE = float("inf")
REACHES = (0, 2, 4, EVERYWHERE)
"""How far from a count others are withheld for it, in told counts passed on the way: as near as will do."""
REACH = 12
"""How far from its value a withheld count may be thought to lie while one is chosen: far more than needed."""
BEYOND, SMALLEST_FAR = 4, 1000
"""How far a count without an end is thought to go: so many times the greatest, and so much more."""
WEIGHTS = {"before": 5, "open": 80, "plain": 100, "zero": 200, "whole": 600, "headline": 4000}
"""What it costs to withhold a count: one that was withheld before, a `<5` shown as nothing at all, any count,
a zero, a sum of others, and one that everybody looks at first."""
Terms = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Unknown:
    """A count through the publications in which it has not changed.

    small: shown as `<5` somewhere, so that 1 to 4 is known; small_before: by an earlier publication already.
    told: shown as it is somewhere. hide: a small count about people, which may not come out.
    today: its key when today's publication holds it; it may then still be withheld, if it may at all.
    """

    value: int
    small: bool
    told: bool
    hide: bool
    small_before: bool = False
    today: str | None = None
    movable: bool = False
    weight: int = 0
    reached: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Hidden:
    """Counts that are hidden together: the position of each, and what ties them."""

    at: dict[int, int]
    ties: Ties


class Unknowns:
    """All counts of some publications, and the sums over them, each an equation that comes to zero."""

    def __init__(self, cells: list[Unknown], equations: list[Terms]) -> None:
        self.cells = cells
        self.equations = equations
        # Beyond all that is told, and no further: a solver walks the whole way to where a count has no end.
        self.far = BEYOND * max((cell.value for cell in cells), default=0) + SMALLEST_FAR
        self._as_it_is: dict[int, Hidden] = {}

    def small(self) -> list[int]:
        """Counts that may not be told."""
        return [i for i, cell in enumerate(self.cells) if cell.hide]

    def leave_open(self, target: int, value: int) -> bool:
        """Let a count be free to have a value, withholding the least that does it; False if nothing does."""
        cell = self.cells[target]
        if value == cell.value or value in cell.reached:
            return True
        if self._is_open(target, value):
            return True
        if not self._could_be_open(target, value):
            return False
        return any(self._solve(target, value, reach) for reach in REACHES[1:])

    def between(self, key: str) -> tuple[int, int | None]:
        """Between which values a reader can tell that one of today's counts lies; None for no end upwards."""
        target = self._index_of[key]
        hidden = self._hidden_with(target)
        least, most = (self._furthest(hidden, hidden.at[target], sign) for sign in (1, -1))
        return least or 0, most

    def _furthest(self, hidden: Hidden, at: int, sign: int) -> int | None:
        found = hidden.ties.least({at: sign})
        return None if found is None or found[at] > self.far // 2 else found[at]

    @cached_property
    def _index_of(self) -> dict[str, int]:
        return {cell.today: i for i, cell in enumerate(self.cells) if cell.today is not None}

    def _hidden_with(self, target: int) -> Hidden:
        """What is hidden together with a count, as long as no more is withheld."""
        if target not in self._as_it_is:
            inside, rows = self._near(target, REACHES[0])
            hidden = Hidden({cell: i for i, cell in enumerate(inside)}, Ties(*self._tied(inside, rows)))
            self._as_it_is |= dict.fromkeys((cell for cell in inside if not self.cells[cell].told), hidden)
            self._as_it_is[target] = hidden
        return self._as_it_is[target]

    def _tied(self, inside: list[int], rows: list[int]) -> tuple[list[int], list[int], list[Line]]:
        """Ends of some counts, and the equations that tie them."""
        at = {cell: i for i, cell in enumerate(inside)}
        lines: list[Line] = []
        for row in rows:
            terms = [(at[cell], sign) for cell, sign in self.equations[row] if cell in at]
            told = sum(sign * self.cells[cell].value for cell, sign in self.equations[row] if cell not in at)
            lines.append(Line(terms, -told, -told))
        return [self._low(self.cells[c]) for c in inside], [self._high(self.cells[c]) for c in inside], lines

    def pattern(self) -> dict[str, Shown]:
        """How today's counts are shown."""
        found: dict[str, Shown] = {}
        for cell in self.cells:
            if cell.today is not None:
                hidden = Shown.SMALL if cell.small else Shown.WITHHELD
                found[cell.today] = Shown.EXACT if cell.told else hidden
        return found

    @cached_property
    def _equations_of(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.cells]
        for row, terms in enumerate(self.equations):
            for cell, _ in terms:
                found[cell].append(row)
        return found

    def _near(self, target: int, reach: float) -> tuple[list[int], list[int]]:
        """Counts and equations that have to do with one.

        All that is hidden, and what may be withheld no further away than some told counts in between; the
        rest stays as it is told.
        """
        far = {target: 0}
        rows: set[int] = set()
        queue = deque([target])
        while queue:
            cell = queue.popleft()
            for row in self._equations_of[cell]:
                rows.add(row)
                for other, _ in self.equations[row]:
                    one = self.cells[other]
                    steps = far[cell] + one.told
                    if (
                        (not one.told or one.movable)
                        and steps <= reach
                        and steps < far.get(other, EVERYWHERE)
                    ):
                        far[other] = steps
                        (queue.append if one.told else queue.appendleft)(other)
        return sorted(far), sorted(rows)

    def _is_open(self, target: int, value: int) -> bool:
        """Whether there are values of all hidden counts under which one has a value."""
        hidden = self._hidden_with(target)
        found = hidden.ties.least({}, {hidden.at[target]: value})
        if found is None:
            return False
        self._take(list(hidden.at), found)
        return True

    def _could_be_open(self, target: int, value: int) -> bool:
        """Whether a count could have a value if everything were withheld that may be, as far as is seen soon.

        What everybody knows rules many values out, as more people than a house has places.
        """
        return not self._at_most_open.ties.cannot(target, value)

    @cached_property
    def _at_most_open(self) -> Hidden:
        low, high = [], []
        for cell in self.cells:
            fixed = cell.told and not cell.movable
            small = cell.small_before if cell.movable else cell.small
            low.append(cell.value if fixed else SMALL.start if small else 0)
            high.append(cell.value if fixed else SMALL.stop - 1 if small else self.far)
        lines = [Line(list(terms), 0, 0) for terms in self.equations]
        return Hidden({i: i for i in range(len(self.cells))}, Ties(low, high, lines))

    def _solve(self, target: int, value: int, reach: float) -> bool:
        """Look for values of all counts under which one has a value, and withhold what it takes."""
        inside, rows = self._near(target, reach)
        n = len(inside)
        low, high, lines = self._tied(inside, rows)
        # A switch for each count that may be withheld, or of which even `<5` may be left out.
        switches = [i for i, c in enumerate(inside) if self._may_change(self.cells[c])]
        for s, i in enumerate(switches, start=n):
            now = self.cells[inside[i]].value
            lowest, highest = max(0, now - REACH), now + REACH
            lines.append(Line([(i, 1), (s, high[i] - highest)], -FAR, high[i]))
            lines.append(Line([(i, 1), (s, low[i] - lowest)], low[i], FAR))
            low[i], high[i] = lowest, highest
        low[inside.index(target)] = high[inside.index(target)] = value
        weights = {s: self._weight(self.cells[inside[i]]) for s, i in enumerate(switches, start=n)}
        found = Ties(low + [0] * len(switches), high + [1] * len(switches), lines).least(weights)
        if found is None:
            return False
        self._as_it_is.clear()
        self._take(inside, found[:n])
        for s, i in enumerate(switches, start=n):
            if found[s]:
                self._withhold(self.cells[inside[i]])
        return True

    def _take(self, inside: Sequence[int], values: Sequence[int]) -> None:
        for cell, value in zip(inside, values, strict=True):
            if self.cells[cell].hide:
                self.cells[cell].reached.add(value)

    @staticmethod
    def _may_change(cell: Unknown) -> bool:
        return cell.movable and (cell.told or (cell.small and not cell.small_before))

    @staticmethod
    def _low(cell: Unknown) -> int:
        return cell.value if cell.told else SMALL.start if cell.small else 0

    def _high(self, cell: Unknown) -> int:
        return cell.value if cell.told else SMALL.stop - 1 if cell.small else self.far

    @staticmethod
    def _weight(cell: Unknown) -> int:
        return WEIGHTS["open"] if cell.small else cell.weight

    @staticmethod
    def _withhold(cell: Unknown) -> None:
        cell.told, cell.small = False, cell.small_before


def read_together(
    figures: Figures, pattern: Mapping[str, Shown], past: "Sequence[Published]" = ()
) -> Unknowns:
    """Put publications together: a count that has not changed from one to the next is one unknown."""
    cells: list[Unknown] = []
    equations: dict[Terms, None] = {}
    last: dict[str, int] = {}
    before: Mapping[str, Shown] = {}
    days = [(one.figures, one.pattern) for one in past]
    for number, (day, shown) in enumerate([*days, (figures, pattern)]):
        is_today = number == len(days)
        here: dict[str, int] = {}
        for key, value in day.values.items():
            index = last.get(key)
            if index is None or cells[index].value != value:
                index = len(cells)
                cells.append(Unknown(value, False, False, False))
            here[key] = index
            if is_today:
                _may_still_be_withheld(cells[index], key, figures, before)
            _say(cells[index], shown[key], day.is_small(key))
        for one in day.sums:
            terms = ((here[one.whole], -1), *((here[part], 1) for part in one.parts))
            equations.setdefault(tuple(sorted(terms)), None)
        last, before = here, shown
    return Unknowns(cells, list(equations))


def _say(cell: Unknown, shown: Shown, small: bool) -> None:
    cell.told = cell.told or shown == Shown.EXACT
    cell.small = (cell.small or shown == Shown.SMALL) and not cell.told
    cell.hide = cell.hide or small


def _may_still_be_withheld(cell: Unknown, key: str, figures: Figures, before: Mapping[str, Shown]) -> None:
    cell.today = key
    cell.movable = not (key in figures.known or cell.told)
    cell.small_before = cell.small
    cell.weight = WEIGHTS[_kind(key, figures, before.get(key, Shown.EXACT) != Shown.EXACT)]


def _kind(key: str, figures: Figures, withheld_before: bool) -> str:
    if key in figures.headline:
        return "headline"
    if withheld_before:
        return "before"
    if any(one.whole == key for one in figures.sums):
        return "whole"
    return "plain" if figures.values[key] else "zero"
