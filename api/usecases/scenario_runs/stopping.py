"""Ending simulations between two weeks, wherever they are done, when nobody wants them any more."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from models.dataset import Dataset
from optimiser.matching import Moves
from scenarios.assumptions.model import Assumptions
from scenarios.experiments.backends.base import Backend, Working
from scenarios.experiments.task import Setup, Task
from scenarios.simulation.measures import GROUPS
from scenarios.simulation.trajectory import Trajectory, Waits
from scenarios.whatif.reform import Reform

OnStop = Callable[[Callable[[], None]], None]
"""Takes what is to be called once the work is to end."""


class Halted(Exception):
    """The simulation is not wanted any more."""


@dataclass(frozen=True, slots=True)
class UntilStopped:
    """The simulation, which looks between weeks for a file whose being there means: stop.

    A file is seen by every process of the machine; a worker on another machine goes on to its end. What is
    left in the middle measures nothing, and `Stoppable` lets it go.
    """

    sign: str

    def __call__(
        self,
        city: Dataset,
        as_of: date,
        reform: Reform,
        assumptions: Assumptions,
        seed: int,
        replication: int,
        moves: Moves,
        *,
        scarcity: Mapping[str, float] | None = None,
    ) -> Trajectory:
        """One replication, or nothing of it."""
        from scenarios.simulation.run import simulate

        sign = Path(self.sign)

        def look(_: int) -> None:
            if sign.exists():
                raise Halted

        try:
            look(0)
            return simulate(
                city, as_of, reform, assumptions, seed, replication, moves, watch=look, scarcity=scarcity
            )
        except Halted:
            return _nothing(reform, replication)


@dataclass(frozen=True, slots=True)
class Stoppable:
    """A backend that ends at the first replication that was left in the middle."""

    backend: Backend

    def run(self, setup: Setup, tasks: Sequence[Task]) -> Working:
        """Start the work."""
        with closing(self.backend.run(setup, tasks)) as working:
            for task, replication in working:
                if not replication.names:
                    return
                yield task, replication


def _nothing(reform: Reform, replication: int) -> Trajectory:
    """A trajectory that measures nothing."""
    none = np.zeros(0, dtype=np.int32)
    waits = Waits(
        household=none.astype(np.int64),
        from_day=none,
        until_day=none,
        ended=none.astype(np.int8),
        form=none.astype(np.int8),
        segment=none.astype(np.int8),
        groups=np.zeros((0, len(GROUPS)), dtype=np.bool_),
    )
    return Trajectory("+".join(reform.names), replication, {}, {}, waits)
