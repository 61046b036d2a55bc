"""The queue: how many places, who is there at the start, how often somebody comes and a stay ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Queue:
    """A weekly queue: arrivals Poisson, stays geometric, first come first served.

    Attributes
    ----------
    places
        Places, all alike, and all taken at the start.
    waiting
        Households that wait at the start, 1 or more: newcomers are like them.
    arrivals
        Mean of those who come in a week.
    ends
        Chance that a stay ends in a week.
    """

    places: int
    waiting: int
    arrivals: float
    ends: float

    @property
    def load(self) -> float:
        """Share of the places that would be taken in the long run, were there always enough of them."""
        return self.arrivals / (self.ends * self.places)
