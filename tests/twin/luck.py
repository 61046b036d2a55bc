"""Seeded luck for made-up cities: weighted picks, and days and ages that lie on the limits of the policy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

from models.codes import Fact

Choice = TypeVar("Choice")
DISTRICTS = (
    "Bromma",
    "Farsta",
    "Järva",
    "Kungsholmen",
    "Skarpnäck",
    "Södermalm",
    "Skärholmen",
    "Norra innerstaden",
)
END_DAYS = (-15, -14, -13, 0, 1, 13, 14, 15, 29, 30, 31, 59, 60, 61, 89, 90, 91, 200)
ADULT_AGES = (18, 20, 21, 64, 65)
CHILD_AGES = (0, 5, 6, 9, 10, 12, 13, 15, 16, 17)


@dataclass
class Luck:
    """A generator, the as-of date, the districts, how often a fact is unknown and what stands in the way.

    `awkward` scales the chance of everything that makes pairs fail: 0 hardly ever, 1 mostly.
    """

    rng: np.random.Generator
    as_of: date
    unknown: float
    awkward: float
    districts: tuple[str, ...]

    def hits(self, chance: float) -> bool:
        return bool(self.rng.random() < chance)

    def hinders(self, chance: float) -> bool:
        """As `hits`, for what makes pairs fail."""
        return self.hits(chance * self.awkward)

    def pick(self, choices: Sequence[Choice]) -> Choice:
        return choices[int(self.rng.integers(len(choices)))]

    def weigh(self, weights: Mapping[Choice, float]) -> Choice:
        """One of the keys, each as often as its weight says."""
        total = float(self.rng.random()) * sum(weights.values())
        for choice, weight in weights.items():
            total -= weight
            if total < 0:
                return choice
        return list(weights)[-1]

    def some(self, choices: Sequence[Choice], chance: float, most: int = 2) -> tuple[Choice, ...]:
        """With this chance one or a few different ones, else none."""
        if not self.hits(chance) or not choices:
            return ()
        count = min(1 + int(self.rng.integers(most)), len(choices))
        return tuple(choices[int(index)] for index in self.rng.permutation(len(choices))[:count])

    def fact(self, yes: float) -> Fact:
        """A fact that is yes with this chance when it is known."""
        if self.hits(self.unknown):
            return Fact.UNKNOWN
        return Fact.YES if self.hits(yes) else Fact.NO

    def day(self, offset: int) -> date:
        return self.as_of + timedelta(days=offset)

    def near(self, years: Sequence[int]) -> date:
        """A birth date whose birthday of one of these ages falls on the as-of date or a day beside it."""
        age, shift = self.pick(years), self.pick((-1, 0, 0, 1))
        if age == 0:
            return self.day(min(shift, 0))
        month, day = self.as_of.month, self.as_of.day
        if (month, day) == (2, 29):
            day = 28
        return date(self.as_of.year - age, month, day) + timedelta(days=shift)
