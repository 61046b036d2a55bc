"""What every backend does."""

from collections.abc import Generator, Sequence
from typing import Protocol

from scenarios.experiments.replication import Replication
from scenarios.experiments.task import Setup, Task

Working = Generator[tuple[Task, Replication], None, None]
"""Finished tasks, one by one as they come in. Closing it stops the work between tasks."""


class Backend(Protocol):
    """Carries out tasks and hands over each as it is finished, in any order."""

    def run(self, setup: Setup, tasks: Sequence[Task]) -> Working:
        """Start the work.

        Raises
        ------
        WorkersLost
            If nobody is left to do it.
        """
