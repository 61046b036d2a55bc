"""An experiment: what was asked, and the replications that have been finished so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from optimiser.matching import Moves
from scenarios.experiments.replication import Replication


@dataclass(frozen=True, slots=True)
class Design:
    """What an experiment was asked: everything that its numbers depend on.

    Attributes
    ----------
    weeks
        Length of the horizon.
    replications
        How many of each scenario.
    assumptions, inputs, edition
        Hashes of the assumptions, of the city's data on the day, and of the code.
    uncertain
        Whether each replication drew its calibrated rates anew.
    """

    as_of: date
    weeks: int
    replications: int
    seed: int
    moves: Moves
    assumptions: str
    inputs: str
    edition: str
    uncertain: bool = False


@dataclass(frozen=True)
class Arm:
    """One scenario of an experiment, and its finished replications by number.

    `reform` is the hash of what the scenario does.
    """

    name: str
    reform: str
    results: Mapping[int, Replication] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Measures that the arm has week by week."""
        return next(iter(self.results.values())).names if self.results else ()

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the finished replications, in order."""
        return tuple(sorted(self.results))

    def weekly(self, name: str, numbers: tuple[int, ...] | None = None) -> NDArray[np.float64]:
        """A measure in each replication (or in those named), shape (replications, weeks)."""
        row = self.names.index(name)
        chosen = self.numbers if numbers is None else numbers
        return np.array([self.results[number].weekly[row] for number in chosen])

    def totals(self, name: str, numbers: tuple[int, ...] | None = None) -> NDArray[np.float64]:
        """A measure over the horizon in each replication (or in those named), shape (replications,)."""
        chosen = self.numbers if numbers is None else numbers
        return np.array(
            [self.results[number].totals.get(name, np.nan) for number in chosen], dtype=np.float64
        )

    @cached_property
    def total_names(self) -> tuple[str, ...]:
        """Measures that the arm has over the horizon; segments are among them."""
        return tuple(next(iter(self.results.values())).totals) if self.results else ()


@dataclass(frozen=True, slots=True)
class Experiment:
    """Scenarios beside each other under the same luck; the baseline is the first arm."""

    design: Design
    arms: tuple[Arm, ...]

    @property
    def done(self) -> int:
        """Replications finished, of all arms."""
        return sum(len(arm.results) for arm in self.arms)

    @property
    def asked(self) -> int:
        """Replications asked for, of all arms."""
        return len(self.arms) * self.design.replications

    @property
    def complete(self) -> bool:
        """Whether nothing is left to do."""
        return self.done == self.asked

    @property
    def shared(self) -> tuple[int, ...]:
        """Numbers of the replications that are finished in every arm, in order."""
        return tuple(sorted(set.intersection(*(set(arm.results) for arm in self.arms))))

    @property
    def baseline(self) -> Arm:
        """The arm that the others are compared with."""
        return self.arms[0]
