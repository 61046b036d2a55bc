"""Where between two steps a figure is rounded up: elsewhere in each scenario, and known to nobody.

With a border that is known, rounding can be undone: whoever moves a house that counts a known nine beside one
that counts a hidden few sees at once on which side of the border they fall together. So the border is drawn
evenly between the steps from the rows of the city themselves, which nobody can guess who may not read them,
and anew whenever the scenario changes something. The same run is told in the same way each time.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from scenarios.whatif.reform import Reform

DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Border:
    """The borders of one side of a comparison.

    Attributes
    ----------
    salt
        Hexadecimal digest of the city's rows, never shown.
    side
        Hash of what the scenario does; for a difference, of both and the word.
    turns
        Weeks from which the scenario changes something, ascending.
    stretch
        Which stretch between such weeks a figure is of; None for one of all weeks.
    """

    salt: str
    side: str = ""
    turns: tuple[int, ...] = ()
    stretch: int | None = None

    def share(self, measure: str) -> float:
        """How far down from a step, as a share of it, a figure still belongs to that step: 0 to 1."""
        drawn = blake2b(
            f"{self.side}|{measure}|{self.stretch}".encode(), key=self.salt.encode()[:64], digest_size=8
        )
        return int.from_bytes(drawn.digest(), "big") / 2**64

    def in_week(self, week: int) -> "Border":
        """The border of a week's figures."""
        return Border(self.salt, self.side, self.turns, bisect_right(self.turns, week))


def salt_of(frozen: bytes) -> str:
    """Digest of the city's rows that cannot be had from the hash by which they are named."""
    return blake2b(frozen, digest_size=32, person=b"border").hexdigest()


def turns_of(reform: Reform) -> tuple[int, ...]:
    """Weeks from which a reform changes something, the first week left out."""
    weeks: set[int] = set()
    for epochs in (reform.stock, reform.quotas, reform.policy):
        weeks |= {epoch.from_week for epoch in epochs}
    rates: Iterable[list[object]] = (
        list(reform.matching),
        list(reform.budget),
        [tuple(row) for row in reform.arrivals.tolist()],
        *(factors.tolist() for factors in reform.stays.values()),
        reform.refusals.tolist(),
    )
    for of in rates:
        weeks |= {week for week in range(1, len(of)) if of[week] != of[week - 1]}
    return tuple(sorted(weeks - {0}))
