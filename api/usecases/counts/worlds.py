"""Worlds that a reader cannot tell from the true one: the proof that small counts stay hidden.

A world gives every count of every publication so far a value, such that all that was told is true in it. It
is kept as how far it lies from the truth on the newest day, and what it gave each small count of days before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from api.usecases.counts.figures import SMALL

REMEMBERED = 35
"""Publications for which a small count stays free after it was last told as such."""
ABOVE = SMALL.stop
"""A value that stands for all that is not small, where a count cannot have all small ones."""


@dataclass(slots=True)
class World:
    """One way in which it could be.

    Attributes
    ----------
    shift
        By key of the newest publication, how much more than the truth; what is not named is as it is.
    values
        What it gave each small count that is remembered.
    """

    shift: dict[str, int] = field(default_factory=dict)
    values: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Worlds:
    """The worlds after some publications, the true one first.

    Attributes
    ----------
    number
        How many publications there were.
    last_seen
        By small count, the number of the publication that it was last part of. A count that changes is
        another count from then on.
    current
        Small counts of the newest publication: their place among those remembered, by key.
    worlds
        Each gives a value to every small count that is remembered.
    """

    number: int = 0
    last_seen: list[int] = field(default_factory=list)
    current: dict[str, int] = field(default_factory=dict)
    worlds: list[World] = field(default_factory=lambda: [World()])

    def stored(self) -> dict[str, Any]:
        """As it is kept until the next publication; each key once, as there are many worlds."""
        keys = sorted({key for world in self.worlds for key in world.shift})
        place = {key: i for i, key in enumerate(keys)}
        return {
            "number": self.number,
            "last_seen": self.last_seen,
            "current": self.current,
            "keys": keys,
            "worlds": [
                {
                    "at": [place[key] for key in world.shift],
                    "by": list(world.shift.values()),
                    "values": "".join(map(str, world.values)),
                }
                for world in self.worlds
            ],
        }

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Worlds":
        """From what was kept."""
        keys = kept["keys"]
        worlds = [
            World(
                {keys[i]: by for i, by in zip(one["at"], one["by"], strict=True)},
                [int(value) for value in one["values"]],
            )
            for one in kept["worlds"]
        ]
        return cls(kept["number"], list(kept["last_seen"]), dict(kept["current"]), worlds)

    def publish(self, small: Mapping[str, int], new: set[str]) -> None:
        """Note the small counts of a new publication, which every world has been led on to.

        Parameters
        ----------
        small
            True values by key.
        new
            Keys of those that have changed, or were not there before.
        """
        self.number += 1
        places = {}
        for key, value in small.items():
            if key in new or key not in self.current:
                places[key] = len(self.last_seen)
                self.last_seen.append(self.number)
                for world in self.worlds:
                    world.values.append(min(ABOVE, value + world.shift.get(key, 0)))
            else:
                places[key] = self.current[key]
                self.last_seen[places[key]] = self.number
        self.current = places
        self._forget()
        self._let_go()

    def _forget(self) -> None:
        """Let go of small counts that were last told long ago."""
        kept = [i for i, last in enumerate(self.last_seen) if last > self.number - REMEMBERED]
        place = {old: new for new, old in enumerate(kept)}
        self.last_seen = [self.last_seen[i] for i in kept]
        self.current = {key: place[i] for key, i in self.current.items()}
        for world in self.worlds:
            world.values = [world.values[i] for i in kept]

    def _let_go(self) -> None:
        """Let go of worlds that show nothing which others do not, those furthest from the truth first."""
        import numpy as np

        if len(self.worlds) < 2 or not self.last_seen:
            self.worlds = self.worlds[:1]
            return
        values = np.array([world.values for world in self.worlds])
        shows = values[:, :, None] == np.arange(SMALL.start, ABOVE + 1)
        # That a count may be another than a small one is of use only where it cannot be all of these.
        shows[:, shows[:, :, :-1].any(axis=0).all(axis=1), -1] = False
        times = shows.sum(axis=0)
        kept = list(range(len(self.worlds)))
        for one in sorted(kept[1:], key=lambda i: -len(self.worlds[i].shift)):
            if (times[shows[one]] > 1).all():
                times -= shows[one]
                kept.remove(one)
        self.worlds = [self.worlds[i] for i in kept]
