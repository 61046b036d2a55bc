"""Today's counts: how they are shown for now, and what it costs to let one lie off the truth in a world."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from api.usecases.counts.figures import SMALL, Figures, Shown
from api.usecases.counts.shifting import Shifting, Step, Way

FAR = 40
"""How far from the truth a withheld count lies in a world at most: more than needed, and never far off."""
RANGED_FROM, SPANS = 100, (10, 20, 50, 100, 200, 500)
"""From which value a headline is told between two numbers before it is withheld, and how far apart these are:
a tenth of it at most."""
WEIGHTS = {"before": 5.0, "open": 80.0, "plain": 100.0, "zero": 200.0, "whole": 600.0, "headline": 9000.0}
"""What it costs to withhold a count: one that was withheld before, a `<5` shown as nothing at all, any count,
a zero, a sum of others, and one that everybody looks at first."""
RANGE = 300.0
"""What it costs to tell a headline between two numbers."""
HIDDEN = 0.01
"""What it costs to shift what is hidden anyway: just so much that nothing is shifted to no end."""
Shift = dict[str, int]
"""By key, how much more than the truth; what is not named is as it is."""


@dataclass(slots=True)
class Count:
    """A count of today, and how it is shown for now.

    settled
        The same as the time before: worlds have said already what it is.
    known
        Anyone knows it: it is never withheld.
    between
        What it is told to lie between, where it is ranged.
    """

    value: int
    shown: Shown
    settled: bool
    known: bool
    headline: bool
    weight: float
    between: tuple[int, int] | None = None

    def freedom(self) -> tuple[int, int]:
        """How far it may lie off the truth as it is shown."""
        if self.shown == Shown.EXACT or self.known:
            return 0, 0
        if self.shown == Shown.SMALL:
            return SMALL.start - self.value, SMALL.stop - 1 - self.value
        if self.between is not None:
            return self.between[0] - self.value, self.between[1] - self.value
        return -min(FAR, self.value), FAR

    def ranges(self) -> list[tuple[int, int]]:
        """Ends between which it may be told to lie: rungs of a fixed ladder, so that they tell no more."""
        if not self.headline or self.value < RANGED_FROM:
            return []
        spans = [span for span in SPANS if 10 * span <= self.value]
        begins = [
            ((self.value - half) // span * span + half, span) for span in spans for half in (0, span // 2)
        ]
        return [(begin, begin + span - 1) for begin, span in begins]

    def widen(self, by: int) -> bool:
        """Show it so that it may lie so far off; whether it must be shown otherwise for it."""
        least, most = self.freedom()
        if least <= by <= most:
            return False
        # A range that was told before is left for one that holds it: both together tell no more.
        least, most = min(least, by), max(most, by)
        self.shown, self.between = Shown.WITHHELD, self.narrowest(self.value + least, self.value + most)
        return True

    def narrowest(self, least: int, most: int) -> tuple[int, int] | None:
        """The narrowest range that holds some values, None where none does."""
        return next((one for one in self.ranges() if one[0] <= least and most <= one[1]), None)

    def way(self, may_withhold: bool) -> Way:
        """The ways off the truth, with what they cost."""
        least, most = self.freedom()
        if self.known:
            return Way()
        if self.settled:
            return Way([Step(FAR, 0.0)], [Step(FAR, 0.0)], closed=True)
        up, down = [Step(most, HIDDEN)], [Step(-least, HIDDEN)]
        if may_withhold and not (self.shown == Shown.WITHHELD and self.between is None):
            ends = [(a - self.value, b - self.value) for a, b in self.ranges()]
            low, high = max(ends, default=(0, 0), key=lambda end: end[1] - end[0])
            kind = "whole" if self.headline else "open"
            dear = WEIGHTS[kind] if self.shown == Shown.SMALL else self.weight
            up += [Step(max(0, high - most), RANGE), Step(max(0, FAR - max(high, most)), dear)]
            down += [
                Step(max(0, least - low), RANGE),
                Step(max(0, min(low, least) + min(FAR, self.value)), dear),
            ]
        return Way(up, down)


class Today:
    """The counts of a publication and the sums that tie them."""

    def __init__(self, counts: dict[str, Count], figures: Figures, *, may_withhold: bool = True) -> None:
        self.counts = counts
        self.may_withhold = may_withhold
        self._figures = figures
        self._keys = list(counts)
        self._number = {key: i for i, key in enumerate(self._keys)}
        sums = [((one.whole, -1), *((part, 1) for part in one.parts)) for one in figures.sums]
        numbered = [[(self._number[key], sign) for key, sign in terms] for terms in sums]
        self._shifting = Shifting([one.way(may_withhold) for one in counts.values()], numbered)

    def led_on(self, before: Mapping[str, int], wanted: tuple[str, int] | None = None) -> Shift | None:
        """A world of the time before as it could be today, with the least withheld; None where it cannot.

        Parameters
        ----------
        before
            How far it lay from the truth.
        wanted
            A count and the value that it must have.
        """
        fixed = {
            self._number[key]: by
            for key, by in before.items()
            if key in self.counts and self.counts[key].settled
        }
        if wanted is not None:
            key, value = wanted
            if self.counts[key].settled:
                return None
            fixed[self._number[key]] = value - self.counts[key].value
        found = self._shifting.cheapest(fixed)
        if found is None:
            return None
        shift = {self._keys[i]: by for i, by in found.items()}
        for key, by in shift.items():
            if not self.counts[key].settled and self.counts[key].widen(by):
                self._shifting.change(self._number[key], self.counts[key].way(self.may_withhold))
        return shift

    def together(self, one: Shift, other: Shift) -> Shift | None:
        """Two ways off the truth at once, each small count as in one of them; None where that cannot be.

        All sums hold, as they do in each; only how far a count may lie off the truth must be seen to.
        """
        both = dict(one)
        for key, by in other.items():
            if key in one:
                both[key] += by
                least, most = self.counts[key].freedom()
                if self._figures.is_small(key) or self.counts[key].settled or not least <= both[key] <= most:
                    return None
            else:
                both[key] = by
        return {key: by for key, by in both.items() if by}


def counts_of(
    figures: Figures, pattern: Mapping[str, Shown], same: Collection[str], withheld_before: Collection[str]
) -> dict[str, Count]:
    """The counts of a publication.

    Parameters
    ----------
    same
        Keys of those that have not changed.
    withheld_before
        Keys of those that the time before did not tell.
    """
    wholes = {one.whole for one in figures.sums}
    found = {}
    for key, value in figures.values.items():
        kind = "whole" if key in wholes else "plain" if value else "zero"
        if key in withheld_before:
            kind = "before"
        if key in figures.headline:
            kind = "headline"
        known = key in figures.known
        found[key] = Count(
            value, pattern[key], known or key in same, known, key in figures.headline, WEIGHTS[kind]
        )
    return found
