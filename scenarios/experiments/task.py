"""The unit of work: one replication of one scenario, a pure function of what it is given."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from models.dataset import Dataset
from optimiser.matching import Moves
from scenarios.assumptions.model import Assumptions
from scenarios.experiments.replication import Replication, condensed
from scenarios.simulation.trajectory import Trajectory
from scenarios.whatif.reform import Reform


class Simulate(Protocol):
    """What carries out a replication; a function of a module, so that other processes find it."""

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
        """One replication."""


class Task(NamedTuple):
    """A replication to be done: which arm of the experiment, and its number."""

    arm: int
    replication: int


@dataclass(frozen=True, slots=True)
class Setup:
    """What all tasks of an experiment share; sent to each worker once.

    Attributes
    ----------
    reforms
        One for each arm, the baseline first.
    prices
        Prices of places by pool id, for each arm; None for an arm that does not match by them.
    edition
        Hash of the code that the experiment was begun with; a worker with other code must not take part.
    uncertain
        Whether each replication draws its calibrated rates anew, within what the data allow.
    """

    city: Dataset
    as_of: date
    reforms: tuple[Reform, ...]
    prices: tuple[Mapping[str, float] | None, ...]
    assumptions: Assumptions
    seed: int
    moves: Moves
    simulate: Simulate
    edition: str
    uncertain: bool = False


def tasks_in_order(arms: int, replications: int) -> Iterator[Task]:
    """Every task, replication by replication, so that something can be said of all scenarios early."""
    for replication in range(replications):
        for arm in range(arms):
            yield Task(arm, replication)


def perform(setup: Setup, task: Task) -> Replication:
    """Carry out a task. Who does it, where and after which others makes no difference to the numbers."""
    reform = setup.reforms[task.arm]
    assumptions = setup.assumptions
    if setup.uncertain:
        # Drawing takes a statistics library along, which is only loaded when asked for.
        from scenarios.calibration.drawn import drawn

        assumptions = drawn(assumptions, setup.seed, task.replication)
    trajectory = setup.simulate(
        setup.city,
        setup.as_of,
        reform,
        assumptions,
        setup.seed,
        task.replication,
        setup.moves,
        scarcity=setup.prices[task.arm],
    )
    return condensed(trajectory, reform.weeks)
