"""Several processes of this machine, by joblib."""

import os
import warnings
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event

from scenarios.experiments.backends.base import Working
from scenarios.experiments.backends.orphans import end_with
from scenarios.experiments.backends.parcel import opened, performed, wrapped
from scenarios.experiments.problems import WorkersLost
from scenarios.experiments.replication import Replication
from scenarios.experiments.task import Setup, Task, perform

PATIENCE = 3
"""How many times running the workers may go away without one finished task between."""

SECONDS_IDLE = 10
"""After so long without work a worker ends, for each keeps a city in memory."""


@dataclass(frozen=True, slots=True)
class Processes:
    """So many worker processes. The setup lies in a file that each worker reads once."""

    workers: int

    def run(self, setup: Setup, tasks: Sequence[Task]) -> Working:
        """The first task here while the workers start, the others there.

        A worker that is killed takes the others of its round with it; what they had not finished is done
        again by new ones.
        """
        with TemporaryDirectory(prefix="hemvist") as folder:
            parcel = Path(folder) / "setup"
            parcel.write_bytes(wrapped(setup))
            with closing(self._rounds(setup, str(parcel), list(tasks))) as working:
                yield from working

    def _rounds(self, setup: Setup, parcel: str, tasks: list[Task]) -> Working:
        from joblib.externals.loky.process_executor import TerminatedWorkerError

        left, deaths = dict.fromkeys(tasks), 0
        while left:
            try:
                with closing(self._round(setup, parcel, list(left), here=deaths == 0)) as working:
                    for task, replication in working:
                        deaths = 0
                        del left[task]
                        yield task, replication
            except TerminatedWorkerError as problem:
                deaths += 1
                if deaths >= PATIENCE:
                    raise WorkersLost("workers_killed") from problem

    def _round(self, setup: Setup, parcel: str, tasks: list[Task], *, here: bool) -> Working:
        stopped = Event()
        theirs = takewhile(lambda _: not stopped.is_set(), tasks[1:] if here else tasks)
        working = self._hand_out(parcel, theirs)
        try:
            if here:
                yield tasks[0], perform(setup, tasks[0])
            for finished in working:  # noqa: UP028 (delegating would close it before warnings are hushed)
                yield finished
        except GeneratorExit:
            # What is under way is let finish: workers stopped in the middle may bring down the thread that
            # hands them work, and it says so with a traceback.
            stopped.set()
            for _ in working:
                continue
            raise
        finally:
            with warnings.catch_warnings():
                # joblib thinks that whoever stops early has made a mistake.
                warnings.simplefilter("ignore")
                working.close()

    def _hand_out(self, parcel: str, tasks: Iterable[Task]) -> Working:
        from joblib import Parallel, delayed, parallel_config

        with parallel_config("loky", inner_max_num_threads=1, idle_worker_timeout=SECONDS_IDLE):
            started: Working = Parallel(
                n_jobs=self.workers,
                return_as="generator_unordered",
                batch_size=1,
                max_nbytes=None,
                pre_dispatch=self.workers + 1,
            )(delayed(_perform_there)(os.getpid(), parcel, task) for task in tasks)
        return started


_open: dict[str, Setup] = {}


def _perform_there(asking: int, parcel: str, task: Task) -> tuple[Task, Replication]:
    end_with(asking)
    if parcel not in _open:
        _open.clear()
        _open[parcel] = opened(Path(parcel).read_bytes())
    return performed(_open[parcel], task)
