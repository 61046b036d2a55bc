"""All work in this process, one task after the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from scenarios.experiments.backends.base import Working
from scenarios.experiments.task import Setup, Task, perform


@dataclass(frozen=True, slots=True)
class OneProcess:
    """No other than the process that asks."""

    def run(self, setup: Setup, tasks: Sequence[Task]) -> Working:
        """One task after the other, in the order given."""
        for task in tasks:
            yield task, perform(setup, task)
