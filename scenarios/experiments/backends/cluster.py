"""A Dask cluster, by the address of its scheduler."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from scenarios.experiments.backends.base import Working
from scenarios.experiments.backends.parcel import opened_elsewhere, performed, wrapped
from scenarios.experiments.problems import WorkersLost
from scenarios.experiments.task import Setup, Task

WAYS = ("tcp", "tls", "ws", "wss")
SECONDS_TO_FIND = 10
SECONDS_WITHOUT_WORKERS = 30


@dataclass(frozen=True, slots=True)
class Cluster:
    """The workers of a Dask scheduler, as `tcp://10.0.0.4:8786`, with Hemvist installed on each.

    The setup is a task of its own: it is opened once on each worker, and again if the worker that held it
    is killed, as are the replications that it had not handed over.
    """

    address: str

    def run(self, setup: Setup, tasks: Sequence[Task]) -> Working:
        """All tasks to the cluster, the first ones first."""
        try:
            # Only installations for clusters have it, and it takes a second to import.
            distributed: Any = import_module("distributed")
        except ModuleNotFoundError:
            raise WorkersLost("no_distributed") from None
        if not is_address(self.address):
            # The client would fail half made, and complain once more when it is thrown away.
            raise WorkersLost("no_scheduler")
        try:
            client = distributed.Client(self.address, timeout=SECONDS_TO_FIND, set_as_default=False)
        except (OSError, ValueError) as problem:
            raise WorkersLost("no_scheduler") from problem
        with client:
            yield from _gathered(distributed, client, setup, tasks)


def is_address(text: str) -> bool:
    """Whether a text is the address of a scheduler: a way of talking, a host and a port."""
    try:
        parts = urlsplit(text)
        return parts.scheme in WAYS and bool(parts.hostname) and parts.port is not None
    except ValueError:
        return False


def _gathered(distributed: Any, client: Any, setup: Setup, tasks: Sequence[Task]) -> Working:
    content = wrapped(setup)
    name = f"hemvist-{hashlib.sha256(content).hexdigest()[:16]}"
    shared = client.submit(opened_elsewhere, content, key=f"{name}-setup")
    pending = {
        client.submit(performed, shared, task, key=f"{name}-{task.arm}-{task.replication}", priority=-order)
        for order, task in enumerate(tasks)
    }
    try:
        while pending:
            try:
                with client.as_current():
                    done = distributed.wait(pending, SECONDS_WITHOUT_WORKERS, "FIRST_COMPLETED").done
            except TimeoutError:
                if not client.scheduler_info()["workers"]:
                    raise WorkersLost("no_workers") from None
                continue
            # Letting go of a future frees its result on the worker.
            pending -= done
            while done:
                yield done.pop().result()
    except distributed.KilledWorker as problem:
        raise WorkersLost("workers_killed") from problem
    finally:
        client.cancel([*pending, shared])
